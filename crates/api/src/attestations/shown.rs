//! An attestation as our own API shows it.

use evenkeel_ids::DocumentRef;
use evenkeel_ledger::Attestation;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::Ref;

/// An attestation as our own API shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Attestation")]
pub(super) struct ShownAttestation {
    id: String,
    practice: Box<str>,
    subject: Box<str>,
    #[schemars(with = "Ref")]
    person: DocumentRef,
    statement: Box<str>,
    at: Instant,
    expires_at: Instant,
    not_applicable: bool,
}

impl ShownAttestation {
    pub(super) fn of(one: &Attestation) -> Self {
        Self {
            id: one.id.to_string(),
            practice: one.practice.clone(),
            subject: one.subject.clone(),
            person: DocumentRef::Person(one.person.clone()),
            statement: one.statement.clone(),
            at: Instant(one.at),
            expires_at: Instant(one.expires_at),
            not_applicable: one.not_applicable,
        }
    }
}
