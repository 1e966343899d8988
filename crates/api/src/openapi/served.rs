//! `/api/v1/openapi.json` and `/api/v1/reference`: the description, for programs and for people.

use std::sync::OnceLock;

use axum::response::Response;
use http::StatusCode;
use http::header::CONTENT_SECURITY_POLICY;

use super::operation::Given;
use super::reference::{page, policy};
use super::shapes::AnyObject;
use super::{Operation, Tag, document};
use crate::app::App;
use crate::refused::Refused;
use crate::reply;

/// The document.
pub(crate) const DOCUMENT: Operation = Operation::get("/api/v1/openapi.json", "getOpenApi", Tag::Meta)
    .says("This description, as OpenAPI 3.1", "It holds no data, so whoever may see health may see it.")
    .answers(&[Given::json::<AnyObject>("the document")]);

/// The page.
pub(crate) const REFERENCE: Operation = Operation::get("/api/v1/reference", "getReference", Tag::Meta)
    .says("This description, as a page", "Self-contained and without a script; each problem's `type` leads to it.")
    .answers(&[Given::text("text/html; charset=utf-8", "the page")]);

/// Shows the document.
pub(crate) fn show<D>(app: &App<D>) -> Response {
    static TEXT: OnceLock<Vec<u8>> = OnceLock::new();
    let text = TEXT.get_or_init(|| {
        serde_json::to_vec(&document(&app.options.version)).expect("the document is a value with text keys")
    });
    reply::with_type(StatusCode::OK, "application/json", text.clone())
}

/// Shows the page.
pub(crate) fn reference<D>(app: &App<D>) -> Result<Response, Refused> {
    static PAGE: OnceLock<Option<String>> = OnceLock::new();
    let html = PAGE.get_or_init(|| page(&document(&app.options.version)));
    let html = html.clone().ok_or_else(|| {
        let message = "a bug in evenkeel kept this page from being shown";
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "bug", message)
    })?;
    let mut response = reply::with_type(StatusCode::OK, "text/html; charset=utf-8", html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy());
    Ok(response)
}
