//! Who is on call when: what moves in the next four weeks.

use std::sync::Arc;

use evenkeel_model::{Catalogue, Schedule};
use evenkeel_oncall::{State, shifts};
use evenkeel_time::{Duration, Timestamp};

/// So far ahead schedules are compared.
const AHEAD: Duration = Duration::hours(28 * 24);

/// A schedule on which other people are on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftChange {
    /// The schedule.
    pub schedule: Arc<str>,
    /// When, in order; adjoining ones with the same people are one.
    pub stretches: Vec<Stretch>,
}

/// A time in which other people are on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// From.
    pub from: Timestamp,
    /// Until, not included.
    pub until: Timestamp,
    /// Who was to be on call; empty: nobody.
    pub before: Vec<Arc<str>>,
    /// Who is to be now.
    pub after: Vec<Arc<str>>,
}

impl ShiftChange {
    /// How long other people are on call, in all.
    #[must_use]
    pub fn lasts(&self) -> Duration {
        Duration(self.stretches.iter().map(|one| one.until.0 - one.from.0).sum())
    }
}

/// Compares the schedules that both have.
pub(crate) fn shift_changes(before: &Catalogue, after: &Catalogue, at: Timestamp) -> Vec<ShiftChange> {
    let both = before.schedules.iter().filter_map(|(name, was)| Some((name, was, after.schedules.get(name)?)));
    let different = both.filter(|(_, was, is)| was != is).filter_map(|(name, was, is)| {
        let stretches = stretches(was, is, at);
        (!stretches.is_empty()).then(|| ShiftChange { schedule: Arc::clone(name), stretches })
    });
    different.collect()
}

fn stretches(before: &Schedule, after: &Schedule, at: Timestamp) -> Vec<Stretch> {
    let (none, until) = (State::default(), at + AHEAD);
    let (was, is) = (shifts(before, &none, at, until), shifts(after, &none, at, until));
    let (mut was, mut is) = (was.iter().peekable(), is.iter().peekable());
    let mut found: Vec<Stretch> = Vec::new();
    let mut from = at;
    while let (Some(old), Some(new)) = (was.peek(), is.peek()) {
        let until = old.until.min(new.until);
        let (before, after) = (&old.on_call.people, &new.on_call.people);
        if before != after {
            let stretch = Stretch { from, until, before: before.clone(), after: after.clone() };
            match found.last_mut() {
                Some(last) if last.until == from && last.before == *before && last.after == *after => {
                    last.until = until
                }
                Some(_) | None => found.push(stretch),
            }
        }
        let (old_ends, new_ends) = (old.until == until, new.until == until);
        if old_ends {
            was.next();
        }
        if new_ends {
            is.next();
        }
        from = until;
    }
    found
}
