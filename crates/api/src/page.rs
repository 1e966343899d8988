//! Small pages that say one thing: what is refused and what to do, and the button that logs in.
//!
//! They are written out by the envelope, where it is known at which address they are shown: the stylesheet is named
//! relative to that.

use axum::body::Body;
use axum::response::Response;
use evenkeel_pages::{Offer, Small};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

use crate::reply;

/// Only the style is loaded, and nothing may frame the page.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The same for a page with a form of its own.
const FORM_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                           form-action 'self'; frame-ancestors 'none'";

/// A page that is still to be written out.
#[derive(Debug, Clone)]
struct Unwritten(Small);

/// One sentence, and what to do.
pub(crate) fn message(status: StatusCode, message: &str, help: &str) -> Response {
    small(status, Small::new(message, help))
}

/// The button that takes a link to log in.
pub(crate) fn log_in() -> Response {
    let text = "This logs this browser in, for twelve hours. The link counts once.";
    small(StatusCode::OK, Small { offer: Offer::LogIn, ..Small::new("Log in to Evenkeel", text) })
}

/// Any small page.
pub(crate) fn small(status: StatusCode, small: Small) -> Response {
    let policy = match small.offer {
        Offer::LogIn | Offer::Again(_) => FORM_POLICY,
        Offer::Overview | Offer::Nothing => POLICY,
    };
    let mut response = reply::empty(status);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response.extensions_mut().insert(Unwritten(small));
    response
}

/// Writes a small page out, as it is shown at this path; leaves every other response as it is.
pub(crate) fn written(mut response: Response, path: &str) -> Response {
    let Some(Unwritten(small)) = response.extensions_mut().remove() else { return response };
    let text = small.write(path).unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be written because of a bug in evenkeel");
        String::new()
    });
    *response.body_mut() = Body::from(text);
    response
}
