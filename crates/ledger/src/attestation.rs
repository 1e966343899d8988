//! A person signs that a practice is lived, or that it does not apply, until a day.

use std::sync::Arc;

use evenkeel_ids::AttestationId;
use evenkeel_model::Plan;
use evenkeel_record::{AttestationWithdrawn, Attested};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::names::{is_subject, near, near_subject, plain};
use crate::refusal::{REASON_CHARS_MAX, too_long};
use crate::{LedgerRefusal, State};

/// So many may count at once.
pub const ATTESTATIONS_MAX: usize = 10_000;
/// Whoever stands for something says so again after a year.
pub const ATTESTED_FOR_MAX: Duration = Duration::hours(366 * 24);

/// What a person signed, while it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Which.
    pub id: AttestationId,
    /// The practice's key.
    pub practice: Box<str>,
    /// A workload, a team, or the organisation.
    pub subject: Box<str>,
    /// Who signed.
    pub person: Arc<str>,
    /// What they stand for.
    pub statement: Box<str>,
    /// When they signed.
    pub at: Timestamp,
    /// Until when it counts.
    pub expires_at: Timestamp,
    /// Whether it says that the practice does not apply.
    pub not_applicable: bool,
}

/// An attestation as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingAttestation {
    /// The practice's key.
    pub practice: Box<str>,
    /// A workload, a team, or the organisation.
    pub subject: Box<str>,
    /// Who signs.
    pub person: Arc<str>,
    /// What they stand for.
    pub statement: Box<str>,
    /// Until when it shall count.
    pub expires_at: Timestamp,
    /// Whether it says that the practice does not apply.
    pub not_applicable: bool,
}

/// Decides whether an attestation counts from now on.
///
/// # Errors
/// [`LedgerRefusal`].
pub fn decide_attest(
    state: &State,
    plan: &Plan,
    now: Timestamp,
    incoming: &IncomingAttestation,
) -> Result<Attested, LedgerRefusal> {
    let IncomingAttestation { practice, subject, person, statement, expires_at, not_applicable } = incoming.clone();
    if !plain(&practice) {
        return Err(LedgerRefusal::Practice(practice));
    }
    if !is_subject(plan, &subject) {
        return Err(LedgerRefusal::UnknownSubject { near: near_subject(plan, &subject), name: subject });
    }
    if !plan.catalogue.people.contains_key(&person) {
        return Err(LedgerRefusal::UnknownPerson { near: near(&person, plan.catalogue.people.keys()), name: person });
    }
    if statement.trim().is_empty() {
        return Err(LedgerRefusal::NoStatement);
    }
    if too_long(&statement) {
        return Err(LedgerRefusal::TooLong { what: "statement", max: REASON_CHARS_MAX });
    }
    if expires_at <= now {
        return Err(LedgerRefusal::ExpiresBeforeNow);
    }
    if expires_at - now > ATTESTED_FOR_MAX {
        return Err(LedgerRefusal::ExpiresTooLate { at_most: now + ATTESTED_FOR_MAX });
    }
    let live = state.attestations().filter(|known| known.expires_at > now).count();
    if live >= ATTESTATIONS_MAX {
        return Err(LedgerRefusal::TooManyAttestations { max: ATTESTATIONS_MAX });
    }
    Ok(Attested { practice, subject, person, statement, expires_at, not_applicable })
}

/// Decides whether an attestation counts no more.
///
/// # Errors
/// [`LedgerRefusal`].
pub fn decide_withdraw(
    state: &State,
    now: Timestamp,
    attestation: AttestationId,
    reason: &str,
) -> Result<AttestationWithdrawn, LedgerRefusal> {
    let known = state.attestation(attestation).filter(|known| known.expires_at > now);
    known.ok_or(LedgerRefusal::NoSuchAttestation(attestation))?;
    if too_long(reason) {
        return Err(LedgerRefusal::TooLong { what: "reason", max: REASON_CHARS_MAX });
    }
    Ok(AttestationWithdrawn { attestation, reason: reason.into() })
}

#[cfg(test)]
mod tests;
