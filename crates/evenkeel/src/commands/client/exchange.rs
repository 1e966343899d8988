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

/// The answer as JSON, `null` when it is empty.
pub(crate) async fn send(request: Request, place: &Place, credential: &Credential) -> Result<Value, Refusal> {
    let method = request.method;
    let url = format!("{}{}", place.base, request.path);
    let answer = HttpClient::request(HttpRequest {
        method: over_http(method),
        url: &url,
        bearer: credential.token(),
        body: request.body.map(|body| body.to_string().into_bytes()),
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
