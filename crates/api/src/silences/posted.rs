//! The bodies that ask for silences.

use evenkeel_labels::Matchers;
use evenkeel_time::Timestamp;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::alerts::matchers;
use crate::openapi::shapes::Time;
use crate::refused::Refused;

/// The body that asks what a silence would catch.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SilencePreviewing {
    /// Such as `severity="page"`; all have to fit.
    pub(super) matchers: Vec<String>,
}

/// The body that sets a silence.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SilenceSetting {
    /// Such as `severity="page"`; all have to fit.
    pub(super) matchers: Vec<String>,
    /// Now unless said.
    #[schemars(with = "Option<Time>")]
    pub(super) starts_at: Option<String>,
    #[schemars(with = "Time")]
    pub(super) ends_at: String,
    /// Why.
    pub(super) comment: Box<str>,
    /// Who says they set it; who calls unless said.
    pub(super) created_by: Option<Box<str>>,
    /// The silence to change, as `silence:4`.
    pub(super) id: Option<String>,
}

/// Matchers that fit something in particular.
pub(super) fn read(texts: &[String]) -> Result<Matchers, Refused> {
    let read = matchers(texts.iter().map(String::as_str))?;
    if read.0.is_empty() || read.0.iter().all(|matcher| matcher.matches_value("")) {
        let message = "the matchers fit everything";
        let help = "name at least one label's value, such as `severity=\"page\"`";
        return Err(Refused::new(StatusCode::BAD_REQUEST, "bad-matcher", message).help(help));
    }
    Ok(read)
}

pub(super) fn instant(name: &str, text: &str) -> Result<Timestamp, Refused> {
    text.parse().map_err(|_| {
        let message = format!("`{name}` is `{text}`, which is no time");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write it as 2026-01-02T03:04:05Z")
    })
}
