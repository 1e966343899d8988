//! Silences as Alertmanager's API tells of them.

use serde::Deserialize;

use crate::client::Instant;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Silence {
    pub(super) id: String,
    pub(super) matchers: Vec<Matcher>,
    pub(super) starts_at: Instant,
    pub(super) ends_at: Instant,
    #[serde(default)]
    pub(super) created_by: String,
    #[serde(default)]
    pub(super) comment: String,
    pub(super) status: Status,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Matcher {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) is_regex: bool,
    #[serde(default = "yes")]
    pub(super) is_equal: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub(super) state: String,
}

/// The answer to a silence that was set.
#[derive(Debug, Deserialize)]
pub(super) struct Set {
    #[serde(rename = "silenceID")]
    pub(super) id: String,
}

const fn yes() -> bool {
    true
}
