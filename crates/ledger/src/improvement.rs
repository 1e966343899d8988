//! Somebody sets out to have a practice practised; when it is, the improvement closes itself.
//!
//! ```text
//! open ◀──────── not practised any more ────────┐
//!  │ └─────────── practised ──────────────▶ closed
//!  └────────▶ dropped ◀─────────────────────────┘
//! ```
//!
//! Invariants: 1. A subject has at most one improvement a practice that is not dropped. 2. A review that looked at fewer
//! records than an earlier one, or than there were when it was opened, changes nothing.

use evenkeel_ids::{DocumentRef, ImprovementId, Seq};
use evenkeel_model::Plan;
use evenkeel_record::{Body, ImprovementClosed, ImprovementDropped, ImprovementOpened, ImprovementReopened};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::names::{is_subject, near, near_subject, plain};
use crate::refusal::{REASON_CHARS_MAX, TITLE_CHARS_MAX, too_long};
use crate::{LedgerRefusal, State};

/// So many are held, those that are closed included.
pub const IMPROVEMENTS_MAX: usize = 10_000;

/// An improvement that is not dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvement {
    /// Which.
    pub id: ImprovementId,
    /// The practice's key.
    pub practice: Box<str>,
    /// A workload, a team, or the organisation.
    pub subject: Box<str>,
    /// Who sees to it.
    pub owner: DocumentRef,
    /// What is to be done.
    pub title: Box<str>,
    /// When it was opened first.
    pub at: Timestamp,
    /// When it closed itself; `None`: it is open.
    pub closed_at: Option<Timestamp>,
    /// How often it opened itself again.
    pub reopened: u32,
    /// The last record that the last review saw which changed it; at first its own.
    pub judged: Seq,
}

/// An improvement as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingImprovement {
    /// The practice's key.
    pub practice: Box<str>,
    /// A workload, a team, or the organisation.
    pub subject: Box<str>,
    /// Who sees to it: a person or a team.
    pub owner: DocumentRef,
    /// What is to be done.
    pub title: Box<str>,
    /// The content hash of the lens it was found with.
    pub lens: Box<str>,
}

/// What a review says of an improvement's practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Which improvement.
    pub improvement: ImprovementId,
    /// Whether the practice is practised.
    pub practised: bool,
    /// The verdict in words.
    pub verdict: Box<str>,
    /// Occasions where it was done right.
    pub good: u64,
    /// Occasions.
    pub total: u64,
    /// The last record that the review saw.
    pub seq: Seq,
}

/// Decides whether an improvement is opened.
///
/// # Errors
/// [`LedgerRefusal`].
pub fn decide_improvement(
    state: &State,
    plan: &Plan,
    incoming: &IncomingImprovement,
) -> Result<ImprovementOpened, LedgerRefusal> {
    let IncomingImprovement { practice, subject, owner, title, lens } = incoming.clone();
    if !plain(&practice) {
        return Err(LedgerRefusal::Practice(practice));
    }
    if !is_subject(plan, &subject) {
        return Err(LedgerRefusal::UnknownSubject { near: near_subject(plan, &subject), name: subject });
    }
    check_owner(plan, &owner)?;
    if title.trim().is_empty() || title.chars().nth(TITLE_CHARS_MAX).is_some() || title.chars().any(char::is_control) {
        return Err(LedgerRefusal::Title { max: TITLE_CHARS_MAX });
    }
    if !plain(&lens) {
        return Err(LedgerRefusal::Lens);
    }
    let there = state.improvements().find(|known| known.practice == practice && known.subject == subject);
    if let Some(there) = there {
        return Err(LedgerRefusal::ImprovementThere { id: there.id, closed: there.closed_at.is_some() });
    }
    if state.improvements().count() >= IMPROVEMENTS_MAX {
        return Err(LedgerRefusal::TooManyImprovements { max: IMPROVEMENTS_MAX });
    }
    Ok(ImprovementOpened { practice, subject, owner, title, lens })
}

fn check_owner(plan: &Plan, owner: &DocumentRef) -> Result<(), LedgerRefusal> {
    let (people, teams) = (&plan.catalogue.people, &plan.catalogue.teams);
    let (there, near) = match owner {
        DocumentRef::Person(name) => (people.contains_key(name), near(name, people.keys())),
        DocumentRef::Team(name) => (teams.contains_key(name), near(name, teams.keys())),
        DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Receiver(_) | DocumentRef::Workload(_) => {
            return Err(LedgerRefusal::OwnerKind(owner.clone()));
        }
    };
    if there { Ok(()) } else { Err(LedgerRefusal::UnknownOwner { owner: owner.clone(), near }) }
}

/// Decides whether an improvement is dropped.
///
/// # Errors
/// [`LedgerRefusal`].
pub fn decide_drop(
    state: &State,
    improvement: ImprovementId,
    reason: &str,
) -> Result<ImprovementDropped, LedgerRefusal> {
    state.improvement(improvement).ok_or(LedgerRefusal::NoSuchImprovement(improvement))?;
    if too_long(reason) {
        return Err(LedgerRefusal::TooLong { what: "reason", max: REASON_CHARS_MAX });
    }
    Ok(ImprovementDropped { improvement, reason: reason.into() })
}

/// What follows from a review for one improvement: it closes itself, opens itself again, or stays as it is.
#[must_use]
pub fn decide_judged(state: &State, judged: &Judged) -> Option<Body> {
    let known = state.improvement(judged.improvement).filter(|known| known.judged <= judged.seq)?;
    let Judged { improvement, practised, verdict, good, total, seq } = judged.clone();
    match (known.closed_at, practised) {
        (None, true) => Some(Body::ImprovementClosed(ImprovementClosed { improvement, verdict, good, total, seq })),
        (Some(_), false) => Some(Body::ImprovementReopened(ImprovementReopened { improvement, verdict, seq })),
        (None, false) | (Some(_), true) => None,
    }
}

#[cfg(test)]
mod tests;
