//! Alerts as Alertmanager's API tells of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::client::Instant;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alert {
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) annotations: BTreeMap<String, String>,
    pub(super) fingerprint: String,
    pub(super) starts_at: Instant,
    pub(super) ends_at: Instant,
    pub(super) updated_at: Instant,
    #[serde(default)]
    pub(super) receivers: Vec<Receiver>,
    pub(super) status: Status,
    #[serde(default, rename = "generatorURL")]
    pub(super) generator_url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Receiver {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    pub(super) state: String,
    #[serde(default)]
    pub(super) silenced_by: Vec<String>,
    #[serde(default)]
    pub(super) inhibited_by: Vec<String>,
    #[serde(default)]
    pub(super) muted_by: Vec<String>,
}
