//! The body that signs.

use std::sync::Arc;

use evenkeel_ledger::IncomingAttestation;
use evenkeel_time::Timestamp;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::openapi::shapes::Time;
use crate::refused::Refused;

/// The body that signs.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "AttestationSigning")]
#[serde(deny_unknown_fields)]
pub(super) struct PostedAttestation {
    practice: Box<str>,
    subject: String,
    #[serde(default)]
    person: Option<String>,
    statement: Box<str>,
    #[schemars(with = "Time")]
    expires_at: String,
    #[serde(default)]
    not_applicable: bool,
}

impl PostedAttestation {
    pub(super) fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }

    pub(super) fn of(self, person: Arc<str>) -> Result<IncomingAttestation, Refused> {
        let expires_at = self.expires_at.parse::<Timestamp>().map_err(|_| {
            let message = format!("`{}` is no time", self.expires_at);
            Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write it as 2027-01-02T03:04:05Z")
        })?;
        Ok(IncomingAttestation {
            practice: self.practice,
            subject: subject(&self.subject),
            person,
            statement: self.statement,
            expires_at,
            not_applicable: self.not_applicable,
        })
    }
}

/// The name in `shop`, `workload:shop` or `team:shop`.
pub(crate) fn subject(text: &str) -> Box<str> {
    let name = ["workload:", "team:"].iter().find_map(|kind| text.strip_prefix(kind));
    name.unwrap_or(text).into()
}
