//! The reference as a page: self-contained, without a script, with an anchor for everything.

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use evenkeel_record::Hash;
use http::HeaderValue;
use serde_json::Value;

use super::outline::Outline;

const STYLE: &str = include_str!("../../templates/reference.css");

#[derive(Debug, Template)]
#[template(path = "reference.html", whitespace = "minimize")]
struct Reference {
    style: &'static str,
    outline: Outline,
}

/// The page; nothing when it could not be written, which is a bug.
pub(super) fn page(document: &Value) -> Option<String> {
    Reference { style: STYLE, outline: Outline::of(document) }.render().ok()
}

/// Where a code of problems is explained.
pub(crate) fn problem_type(code: &str) -> String {
    format!("/api/v1/reference#problem-{code}")
}

/// Nothing is loaded and nothing runs; the page has its own style, which is known by its hash.
pub(super) fn policy() -> HeaderValue {
    let style = BASE64_STANDARD.encode(Hash::of(&[STYLE.as_bytes()]).0);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
