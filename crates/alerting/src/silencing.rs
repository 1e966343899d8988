//! A silence is set, changed or ended. Source: Alertmanager, package `silence`.

use std::fmt;

use evenkeel_ids::SilenceId;
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_record::{Body, SilenceExpired, SilenceSet};
use evenkeel_time::Timestamp;

use crate::decision::{Context, Decision};
use crate::{Silence, SilenceState};

/// A silence as it comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingSilence {
    /// The silence to change; `None` makes a new one.
    pub id: Option<SilenceId>,
    /// What is silenced.
    pub matchers: Matchers,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Who says they set it.
    pub created_by: Box<str>,
    /// Why.
    pub comment: Box<str>,
}

/// Why a silence is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SilenceRefusal {
    /// No such silence.
    NotFound(SilenceId),
    /// It is over already.
    AlreadyExpired(SilenceId),
    /// It would never be active.
    Invalid(&'static str),
}

impl fmt::Display for SilenceRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(_) => f.write_str("silence not found"),
            Self::AlreadyExpired(_) => f.write_str("silence already expired"),
            Self::Invalid(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SilenceRefusal {}

/// Decides what a silence that was sent means; gives its id.
///
/// What is active or pending is changed in place where that takes nothing back: same matchers, and a start
/// that has not passed. Otherwise the old one ends and a new one begins.
///
/// # Errors
/// [`SilenceRefusal`]; nothing is decided then.
pub fn decide_silence(
    cx: &Context<'_>,
    incoming: &IncomingSilence,
    decision: &mut Decision,
) -> Result<SilenceId, SilenceRefusal> {
    validate(cx, incoming)?;
    let before = incoming.id.map(|id| cx.state.silence(id).ok_or(SilenceRefusal::NotFound(id))).transpose()?;
    let mut set = SilenceSet {
        changes: None,
        matchers: incoming.matchers.clone(),
        starts_at: incoming.starts_at,
        ends_at: incoming.ends_at,
        created_by: incoming.created_by.clone(),
        comment: incoming.comment.clone(),
    };
    if let Some(before) = before {
        if changes_in_place(before, incoming, cx.now) {
            set.changes = Some(before.id);
            decision.record(Body::SilenceSet(set));
            return Ok(before.id);
        }
        if before.state(cx.now) != SilenceState::Expired {
            decision.record(Body::SilenceExpired(SilenceExpired { silence: before.id }));
        }
    }
    set.starts_at = set.starts_at.max(cx.now);
    Ok(SilenceId(decision.record(Body::SilenceSet(set))))
}

/// Decides that a silence ends now.
///
/// # Errors
/// [`SilenceRefusal`] when there is none, or it is over.
pub fn decide_expire(cx: &Context<'_>, id: SilenceId, decision: &mut Decision) -> Result<(), SilenceRefusal> {
    let silence = cx.state.silence(id).ok_or(SilenceRefusal::NotFound(id))?;
    if silence.state(cx.now) == SilenceState::Expired {
        return Err(SilenceRefusal::AlreadyExpired(id));
    }
    decision.record(Body::SilenceExpired(SilenceExpired { silence: id }));
    Ok(())
}

fn validate(cx: &Context<'_>, incoming: &IncomingSilence) -> Result<(), SilenceRefusal> {
    let invalid = |why| Err(SilenceRefusal::Invalid(why));
    if incoming.matchers.0.is_empty() {
        return invalid("at least one matcher required");
    }
    if incoming.matchers.matches(&LabelSet::default()) {
        return invalid("at least one matcher must not match the empty string");
    }
    if incoming.ends_at <= incoming.starts_at {
        return invalid("failed to create silence: start time must be before end time");
    }
    if incoming.ends_at <= cx.now {
        return invalid("failed to create silence: end time can't be in the past");
    }
    Ok(())
}

/// Source: Alertmanager, `silence.canUpdate`.
fn changes_in_place(before: &Silence, incoming: &IncomingSilence, now: Timestamp) -> bool {
    before.matchers == incoming.matchers
        && match before.state(now) {
            SilenceState::Active => second(incoming.starts_at) == second(before.starts_at) && incoming.ends_at >= now,
            SilenceState::Pending => incoming.starts_at >= now,
            SilenceState::Expired => false,
        }
}

/// Clients write whole seconds back where we said milliseconds.
fn second(at: Timestamp) -> i64 {
    at.0.div_euclid(1000)
}
