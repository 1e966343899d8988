//! The pages: looks where `evenkeel_pages` says to look, and hands in what its forms ask for.
//!
//! ```text
//! GET  ─▶ Place ─▶ evidence, records or review first, where the page asks for them ─▶ look ─▶ HTML
//! POST ─▶ fields ─▶ input ─▶ Desk::submit ─▶ 303 to where it goes on
//!                     └── wrong, or refused ─▶ the page again, with what was typed
//! ```

mod door;
mod fields;
mod form;
mod look;
mod once;
mod page;
mod refusal;

use axum::response::Response;
use evenkeel_pages::{FormRoute, PageRoute};
use http::header::{CACHE_CONTROL, HeaderValue};
use http::{StatusCode, Uri};

pub(crate) use door::{door, unsent};
pub(crate) use form::act;
pub(crate) use look::Look;
pub(crate) use once::Once;
pub(crate) use page::{render, show};

use crate::refused::Refused;
use crate::reply;

/// Style and module come from here, nothing else from anywhere, and nobody frames a page.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Named by its content: whoever has it need never ask again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Whether a path is that of a page, so that whoever asks for it reads HTML.
pub(crate) fn is_page(path: &str) -> bool {
    let fits = |pattern: &'static str| evenkeel_pages::Place::of(pattern, path, Vec::new()).is_some();
    let pages = evenkeel_pages::PAGES.iter().map(|PageRoute { path, .. }| *path);
    pages.chain(evenkeel_pages::FORMS.iter().map(|FormRoute { path, .. }| *path)).any(fits)
}

/// `GET /static/{name}`
pub(crate) fn file(uri: &Uri) -> Result<Response, Refused> {
    let name = uri.path().rsplit('/').next().unwrap_or("");
    let (file, kept) = match evenkeel_pages::file(name) {
        Some(file) => (file, FOR_EVER),
        None if name == "icon.svg" => (evenkeel_pages::ICON, FOR_A_DAY),
        None => return Err(Refused::new(StatusCode::NOT_FOUND, "unknown-file", "there is no such file")),
    };
    let mut response = reply::with_type(StatusCode::OK, file.media, file.text);
    response.headers_mut().insert(CACHE_CONTROL, kept);
    Ok(response)
}
