//! An alert as clients see it.

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;
use serde::{Serialize, Serializer};

/// Why an alert is not told now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Suppression {
    /// Silence ids, as shown.
    pub(crate) silenced_by: Vec<String>,
    /// Fingerprints.
    pub(crate) inhibited_by: Vec<String>,
}

impl Suppression {
    pub(crate) fn suppressed(&self) -> bool {
        !self.silenced_by.is_empty() || !self.inhibited_by.is_empty()
    }
}

/// Alertmanager's `gettableAlert`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownAlert<'a> {
    pub(crate) annotations: &'a LabelSet,
    #[serde(serialize_with = "text")]
    pub(crate) ends_at: Timestamp,
    pub(crate) fingerprint: String,
    pub(crate) receivers: Vec<ShownReceiver<'a>>,
    #[serde(serialize_with = "text")]
    pub(crate) starts_at: Timestamp,
    pub(crate) status: ShownStatus<'a>,
    #[serde(serialize_with = "text")]
    pub(crate) updated_at: Timestamp,
    #[serde(rename = "generatorURL", skip_serializing_if = "str::is_empty")]
    pub(crate) generator_url: &'a str,
    pub(crate) labels: &'a LabelSet,
}

/// Alertmanager's `alertStatus`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownStatus<'a> {
    pub(crate) inhibited_by: &'a [String],
    pub(crate) muted_by: &'a [String],
    pub(crate) silenced_by: &'a [String],
    pub(crate) state: &'static str,
}

/// Alertmanager's `receiver`.
#[derive(Debug, Serialize)]
pub(crate) struct ShownReceiver<'a> {
    pub(crate) name: &'a str,
}

impl<'a> ShownStatus<'a> {
    pub(crate) fn new(suppression: &'a Suppression, muted_by: &'a [String]) -> Self {
        let told = !suppression.suppressed() && muted_by.is_empty();
        Self {
            inhibited_by: &suppression.inhibited_by,
            muted_by,
            silenced_by: &suppression.silenced_by,
            state: if told { "active" } else { "suppressed" },
        }
    }
}

/// RFC 3339 with milliseconds, as Alertmanager prints times.
pub(crate) fn text<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}
