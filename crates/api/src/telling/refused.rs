//! Why facts are not taken, and why something is not signed, set out for or named.

use evenkeel_ledger::{FactRefusal, FactRefused, LedgerRefusal};
use evenkeel_time::Timestamp;
use http::StatusCode;

use crate::refused::Refused;

/// So many faults are spelled out; the rest is counted.
const FAULTS_MAX: usize = 20;

/// Why facts are not taken: each with its place, from 0, and what to do about it.
pub(crate) fn not_taken(refusal: &LedgerRefusal, now: Timestamp) -> Refused {
    let LedgerRefusal::Facts(refused) = refusal else { return ledger(refusal) };
    let again = refused.iter().find_map(|one| match &one.why {
        FactRefusal::TooMany { again_at, .. } => Some(*again_at),
        FactRefusal::Invalid(_)
        | FactRefusal::Ahead { .. }
        | FactRefusal::UnknownWorkload { .. }
        | FactRefusal::UnknownTeam { .. }
        | FactRefusal::UnknownPerson { .. } => None,
    });
    let all: Vec<String> = refused.iter().flat_map(faults).collect();
    let more = all.len().saturating_sub(FAULTS_MAX);
    let mut message = all.iter().take(FAULTS_MAX).cloned().collect::<Vec<_>>().join("; ");
    if more > 0 {
        message = format!("{message}; and {more} more");
    }
    match again {
        Some(again_at) => {
            let seconds = u64::try_from((again_at - now).0).unwrap_or(0).div_ceil(1000).max(1);
            Refused::new(StatusCode::TOO_MANY_REQUESTS, refusal.code(), message).later(seconds).help(refusal.help())
        }
        None => Refused::new(StatusCode::BAD_REQUEST, refusal.code(), message)
            .help("nothing was taken; correct it, and send all of it again"),
    }
}

fn faults(one: &FactRefused) -> Vec<String> {
    let said = |what: String| format!("fact {}: {what}", one.place);
    match &one.why {
        FactRefusal::Invalid(faults) => faults.iter().map(|fault| said(fault.to_string())).collect(),
        FactRefusal::TooMany { .. } => vec![said(one.why.to_string())],
        FactRefusal::Ahead { .. }
        | FactRefusal::UnknownWorkload { .. }
        | FactRefusal::UnknownTeam { .. }
        | FactRefusal::UnknownPerson { .. } => vec![said(format!("{}; {}", one.why, one.why.help()))],
    }
}

/// Why something is not taken, and what to do.
pub(crate) fn ledger(refusal: &LedgerRefusal) -> Refused {
    Refused::new(status(refusal), refusal.code(), refusal.to_string()).help(refusal.help())
}

const fn status(refusal: &LedgerRefusal) -> StatusCode {
    match refusal {
        LedgerRefusal::NoSuchAttestation(_) | LedgerRefusal::NoSuchImprovement(_) => StatusCode::NOT_FOUND,
        LedgerRefusal::TooManyFacts { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        LedgerRefusal::TooManyAttestations { .. }
        | LedgerRefusal::TooManyImprovements { .. }
        | LedgerRefusal::TooManyMilestones { .. }
        | LedgerRefusal::ImprovementThere { .. }
        | LedgerRefusal::MilestoneThere { .. }
        | LedgerRefusal::AheadOfRecords { .. } => StatusCode::CONFLICT,
        LedgerRefusal::Facts(_)
        | LedgerRefusal::Practice(_)
        | LedgerRefusal::UnknownSubject { .. }
        | LedgerRefusal::UnknownPerson { .. }
        | LedgerRefusal::NoStatement
        | LedgerRefusal::TooLong { .. }
        | LedgerRefusal::ExpiresBeforeNow
        | LedgerRefusal::ExpiresTooLate { .. }
        | LedgerRefusal::OwnerKind(_)
        | LedgerRefusal::UnknownOwner { .. }
        | LedgerRefusal::Title { .. }
        | LedgerRefusal::Lens
        | LedgerRefusal::MilestoneName(_)
        | LedgerRefusal::Counts { .. } => StatusCode::BAD_REQUEST,
    }
}
