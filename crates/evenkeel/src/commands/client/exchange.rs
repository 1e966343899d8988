//! One request over the network, and what its answer or its silence means.

use std::time::Duration;

use evenkeel_cli::client::{Method, Refusal, Request, refusal};
use evenkeel_notify::{HttpClient, Request as HttpRequest};
use serde_json::Value;

use super::credential::Credential;
use super::failure;
use super::place::Place;

/// No answer takes longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// No answer is longer: half a million alerts fit in.
const ANSWER_BYTES_MAX: usize = 1 << 30;

/// A list of more pages than this is none of ours.
const PAGES_MAX: usize = 1000;

/// The answer as JSON, `null` when it is empty. A list that comes in pages is asked for up to its end.
pub(crate) async fn send(request: Request, place: &Place, credential: &Credential) -> Result<Value, Refusal> {
    let (method, path) = (request.method, request.path.clone());
    let mut answer = once(request, place, credential).await?;
    if method != Method::Get {
        return Ok(answer);
    }
    for _ in 0..PAGES_MAX {
        let Some(next) = taken(&mut answer, "next") else { break };
        let and = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{and}cursor={next}");
        let request = Request { method, path, body: None, anonymous: false };
        append(&mut answer, once(request, place, credential).await?);
    }
    Ok(answer)
}

/// A text that a member of an answer was.
fn taken(answer: &mut Value, name: &str) -> Option<String> {
    let text = answer.get(name)?.as_str()?.to_owned();
    answer.as_object_mut().and_then(|members| members.remove(name)).map(|_| text)
}

/// Puts the lists of the next page behind those that are there.
fn append(answer: &mut Value, page: Value) {
    let (Some(known), Value::Object(page)) = (answer.as_object_mut(), page) else { return };
    for (name, value) in page {
        match (known.get_mut(&name), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (_, value) => drop(known.insert(name, value)),
        }
    }
}

async fn once(request: Request, place: &Place, credential: &Credential) -> Result<Value, Refusal> {
    let method = request.method;
    let url = format!("{}{}", place.base, request.path);
    let answer = HttpClient::request(HttpRequest {
        method: over_http(method),
        url: &url,
        bearer: credential.token(),
        body: request.body.map(|body| body.to_string().into_bytes()),
        headers: &[],
        timeout: ANSWER_WITHIN,
        body_limit: ANSWER_BYTES_MAX,
    })
    .await
    .map_err(|error| failure::unreachable(place, method, &error))?;
    if !(200..300).contains(&answer.status) {
        return Err(refusal(answer.status, &answer.body, &place.base));
    }
    if answer.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&answer.body).map_err(|error| failure::unreadable(place, &error))
}

const fn over_http(method: Method) -> evenkeel_notify::Method {
    match method {
        Method::Get => evenkeel_notify::Method::Get,
        Method::Post => evenkeel_notify::Method::Post,
        Method::Delete => evenkeel_notify::Method::Delete,
    }
}
