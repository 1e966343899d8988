//! Responses: JSON, and the two shapes in which Alertmanager says what is wrong.
//!
//! Alertmanager's own refusals are one JSON text; those of the framework it is built on are an object of
//! `code` and `message`. Its clients expect each where it belongs.

use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;

/// What the framework under Alertmanager says.
#[derive(Debug, Serialize)]
pub(crate) struct Fault<'a> {
    pub(crate) code: u16,
    pub(crate) message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) near: Vec<String>,
}

/// It was done, and there is nothing to show.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Nothing {}

/// A response with that body and content type.
pub(crate) fn with_type(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A response without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A value as JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("replies are structs with text keys");
    with_type(status, "application/json", body)
}

/// A reason as one JSON text.
pub(crate) fn refused(status: StatusCode, reason: &str) -> Response {
    json(status, &reason)
}

/// A reason as one JSON text, with when to come again.
pub(crate) fn later(status: StatusCode, reason: &str, retry_after_s: u64) -> Response {
    let mut response = refused(status, reason);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_s));
    response
}

/// An object of `code` and `message`; codes above 599 are finer than the status, which is 422 then.
pub(crate) fn fault(code: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(code).ok().filter(|_| code < 600).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    json(status, &Fault { code, message, near: Vec::new() })
}

/// The method is none of the route's.
pub(crate) fn method_not_allowed(message: &str, allowed: &str) -> Response {
    allowing(fault(405, message), allowed)
}

/// With the methods that the path has.
pub(crate) fn allowing(mut response: Response, allowed: &str) -> Response {
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}
