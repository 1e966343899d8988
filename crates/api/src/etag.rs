//! Tags of answers: whoever has the present one is not sent it again, and changes nothing on top of what they did not see.

use axum::body::Body;
use axum::response::Response;
use evenkeel_record::Hash;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::BodyExt;

use crate::reply;

/// So much of a hash tells answers apart. Units: hexadecimal digits.
const DIGITS: usize = 32;

/// Tags an answer of JSON; one that the caller has already becomes 304.
pub(crate) async fn tagged(response: Response, asked: &HeaderMap) -> Response {
    let json = response.headers().get(CONTENT_TYPE).is_some_and(|media| media == "application/json");
    if response.status() != StatusCode::OK || !json {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let tag = of(&bytes);
    let Ok(value) = HeaderValue::from_str(&tag) else { return Response::from_parts(head, Body::from(bytes)) };
    let same = listed(asked, IF_NONE_MATCH.as_str(), &tag) == Some(true);
    head.headers.insert(ETAG, value.clone());
    // Kept, but asked for anew each time: what it shows may be for nobody else, and may have changed.
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if !same {
        return Response::from_parts(head, Body::from(bytes));
    }
    let mut unchanged = reply::empty(StatusCode::NOT_MODIFIED);
    *unchanged.headers_mut() = head.headers;
    unchanged.headers_mut().remove(CONTENT_TYPE);
    unchanged
}

/// Whether a change is asked for on top of something else than this answer; nothing is asked for where no header is.
pub(crate) fn outdated(asked: &HeaderMap, present: &[u8]) -> bool {
    listed(asked, IF_MATCH.as_str(), &of(present)) == Some(false)
}

fn of(bytes: &[u8]) -> String {
    let hash: String = Hash::of(&[bytes]).to_string().chars().take(DIGITS).collect();
    format!("\"{hash}\"")
}

/// Whether a header lists a tag; nothing when it is not there. Weak tags are compared as strong ones.
fn listed(headers: &HeaderMap, name: &str, tag: &str) -> Option<bool> {
    let mut values = headers.get_all(name).iter().peekable();
    values.peek()?;
    let mut tags = values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    Some(tags.any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
    }))
}
