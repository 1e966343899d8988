//! An override is set, or removed.

use std::fmt;
use std::sync::Arc;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_ids::OverrideId;
use evenkeel_model::{Plan, quoted};
use evenkeel_record::{OverrideRemoved, OverrideSet};
use evenkeel_time::{Duration, Timestamp};

use crate::State;

/// Whoever stands in for longer belongs into the ops repo.
const LENGTH_MAX: Duration = Duration::hours(366 * 24);
/// Longer reasons are no reasons.
const REASON_CHARS_MAX: usize = 1000;
/// Longer names are not compared with others.
const NAME_COMPARED_BYTES_MAX: usize = 100;
/// So many are held, those included that can still be looked at.
const OVERRIDES_MAX: usize = 10_000;

/// An override as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingOverride {
    /// Of which schedule.
    pub schedule: Arc<str>,
    /// From; now, if that has passed.
    pub from: Timestamp,
    /// Until, not included.
    pub until: Timestamp,
    /// Who is on call.
    pub person: Arc<str>,
    /// In whose place only.
    pub replaces: Option<Arc<str>>,
    /// Why.
    pub reason: Box<str>,
}

/// Why an override is not taken, or not removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverrideRefusal {
    /// The plan has no such schedule.
    UnknownSchedule {
        /// What was asked for.
        name: Arc<str>,
        /// What may have been meant.
        near: Option<Arc<str>>,
    },
    /// The plan has no such person.
    UnknownPerson {
        /// Who was asked for.
        name: Arc<str>,
        /// Who may have been meant.
        near: Option<Arc<str>>,
    },
    /// Somebody would stand in for themself.
    SamePerson(Arc<str>),
    /// Its end is not after its start.
    EndsBeforeStart,
    /// Its end has passed.
    Past,
    /// It would hold for more than 366 days.
    TooLong,
    /// The reason has more than 1000 characters.
    ReasonTooLong,
    /// As many are held as can be.
    TooMany,
    /// No such override is known.
    NotFound(OverrideId),
    /// It is over already.
    Over(OverrideId),
}

/// Decides that somebody else is on call for a while.
///
/// Who was on call stays as it was: what should begin in the past begins now.
///
/// # Errors
/// [`OverrideRefusal`].
pub fn decide_override(
    state: &State,
    plan: &Plan,
    now: Timestamp,
    incoming: &IncomingOverride,
) -> Result<OverrideSet, OverrideRefusal> {
    check_names(plan, incoming)?;
    let from = incoming.from.max(now);
    if incoming.until <= incoming.from {
        return Err(OverrideRefusal::EndsBeforeStart);
    }
    if incoming.until <= now {
        return Err(OverrideRefusal::Past);
    }
    if incoming.until - from > LENGTH_MAX {
        return Err(OverrideRefusal::TooLong);
    }
    if incoming.reason.chars().nth(REASON_CHARS_MAX).is_some() {
        return Err(OverrideRefusal::ReasonTooLong);
    }
    if state.count() >= OVERRIDES_MAX {
        return Err(OverrideRefusal::TooMany);
    }
    let IncomingOverride { schedule, until, person, replaces, reason, .. } = incoming.clone();
    Ok(OverrideSet { schedule, from, until, person, replaces, reason })
}

/// Decides that an override counts no more.
///
/// # Errors
/// [`OverrideRefusal::NotFound`], [`OverrideRefusal::Over`].
pub fn decide_remove_override(
    state: &State,
    id: OverrideId,
    now: Timestamp,
) -> Result<OverrideRemoved, OverrideRefusal> {
    let found = state.get(id).ok_or(OverrideRefusal::NotFound(id))?;
    if found.until <= now { Err(OverrideRefusal::Over(id)) } else { Ok(OverrideRemoved { id }) }
}

fn check_names(plan: &Plan, incoming: &IncomingOverride) -> Result<(), OverrideRefusal> {
    let catalogue = &plan.catalogue;
    if !catalogue.schedules.contains_key(&incoming.schedule) {
        let near = near(&incoming.schedule, catalogue.schedules.keys());
        return Err(OverrideRefusal::UnknownSchedule { name: incoming.schedule.clone(), near });
    }
    for name in [Some(&incoming.person), incoming.replaces.as_ref()].into_iter().flatten() {
        if !catalogue.people.contains_key(name) {
            let near = near(name, catalogue.people.keys());
            return Err(OverrideRefusal::UnknownPerson { name: name.clone(), near });
        }
    }
    match &incoming.replaces {
        Some(replaced) if *replaced == incoming.person => Err(OverrideRefusal::SamePerson(replaced.clone())),
        Some(_) | None => Ok(()),
    }
}

fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a Arc<str>>) -> Option<Arc<str>> {
    if wrong.len() > NAME_COMPARED_BYTES_MAX {
        return None;
    }
    did_you_mean(wrong, known.map(AsRef::as_ref)).map(Arc::from)
}

impl OverrideRefusal {
    /// Names the fault to programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownSchedule { .. } => "unknown-schedule",
            Self::UnknownPerson { .. } => "unknown-person",
            Self::SamePerson(_) => "same-person",
            Self::EndsBeforeStart => "ends-before-start",
            Self::Past => "override-past",
            Self::TooLong => "override-too-long",
            Self::ReasonTooLong => "reason-too-long",
            Self::TooMany => "too-many-overrides",
            Self::NotFound(_) => "unknown-override",
            Self::Over(_) => "override-over",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Box<str> {
        match self {
            Self::UnknownSchedule { near: Some(near), .. } | Self::UnknownPerson { near: Some(near), .. } => {
                format!("did you mean `{near}`?").into()
            }
            Self::UnknownSchedule { near: None, .. } => "name a `kind: Schedule` document of the ops repo".into(),
            Self::UnknownPerson { near: None, .. } => "name a `kind: Person` document of the ops repo".into(),
            Self::SamePerson(_) => "name somebody else, or leave `replaces` out".into(),
            Self::EndsBeforeStart => "let `until` be after `from`".into(),
            Self::Past => "let `until` be in the future".into(),
            Self::TooLong => "write who stands in for longer into the ops repo".into(),
            Self::ReasonTooLong => "say it shorter, and put the rest where all can read it".into(),
            Self::TooMany => {
                "remove some that are still to come; those that are over are forgotten after 35 days".into()
            }
            Self::NotFound(_) => "list those that there are; one that has been over for 35 days is forgotten".into(),
            Self::Over(_) => "who was on call stays as it was: set another one for the time to come".into(),
        }
    }
}

impl fmt::Display for OverrideRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSchedule { name, .. } => write!(f, "no schedule named {}", quoted(name)),
            Self::UnknownPerson { name, .. } => write!(f, "no person named {}", quoted(name)),
            Self::SamePerson(name) => write!(f, "{} cannot stand in for themself", quoted(name)),
            Self::EndsBeforeStart => f.write_str("the override ends before it starts"),
            Self::Past => f.write_str("the override would be over already"),
            Self::TooLong => f.write_str("the override would hold for more than 366 days"),
            Self::ReasonTooLong => write!(f, "the reason has more than {REASON_CHARS_MAX} characters"),
            Self::TooMany => write!(f, "{OVERRIDES_MAX} overrides are held, and no more can be"),
            Self::NotFound(id) => write!(f, "there is no {id}"),
            Self::Over(id) => write!(f, "{id} is over already"),
        }
    }
}

impl std::error::Error for OverrideRefusal {}

#[cfg(test)]
mod tests;
