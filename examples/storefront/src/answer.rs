//! The two kinds of answer services give each other: JSON, and one line of text saying why not.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde::Serialize;

/// Answers with a value as JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => line(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// Answers with one line of text.
pub(crate) fn line(status: StatusCode, text: impl Into<String>) -> Response {
    (status, text.into()).into_response()
}
