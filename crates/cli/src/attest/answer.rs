//! Attestations as the server tells of them.

use serde::Deserialize;

use crate::client::Instant;

#[derive(Debug, Deserialize)]
pub(super) struct Attestations {
    pub(super) attestations: Vec<Attestation>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Attestation {
    pub(super) id: String,
    pub(super) practice: String,
    pub(super) subject: String,
    pub(super) person: String,
    pub(super) statement: String,
    pub(super) at: Instant,
    pub(super) expires_at: Instant,
    #[serde(default)]
    pub(super) not_applicable: bool,
}
