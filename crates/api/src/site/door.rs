//! What somebody sees who may not look: how to be let in.

use axum::response::Response;
use http::StatusCode;

use crate::page;

/// How to be let in.
pub(crate) fn door() -> Response {
    let help = "On the machine that Evenkeel runs on, `evenkeel token login` prints a link that logs this browser in.";
    page::message(StatusCode::UNAUTHORIZED, "Log in to look at this.", help)
}
