//! What both sorts of override have in common: others are on call for a while.

use std::sync::Arc;

use evenkeel_model::{Schedule, ScheduleOverride};
use evenkeel_time::Timestamp;

use crate::{Because, OnCall, Override, State};

/// An override, wherever it was written.
#[derive(Debug)]
pub(crate) struct Patch<'a> {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) people: &'a [Arc<str>],
    pub(crate) replaces: Option<&'a Arc<str>>,
    because: Because,
}

/// All that can change anything, the strongest last: those of the ops repo in the order of the file, then those set at
/// run time in the order in which they were set.
pub(crate) fn patches<'a>(schedule: &'a Schedule, overrides: &'a State) -> impl Iterator<Item = Patch<'a>> {
    let written = schedule.overrides.iter().map(Patch::written);
    let set = overrides.of_schedule(&schedule.name).map(Patch::set);
    written.chain(set).filter(|patch| !patch.people.is_empty())
}

impl<'a> Patch<'a> {
    fn written(document: &'a ScheduleOverride) -> Self {
        let ScheduleOverride { from, until, people, replaces } = document;
        let because = Because::DocumentOverride { from: *from, until: *until };
        Self { from: *from, until: *until, people, replaces: replaces.as_ref(), because }
    }

    fn set(set: &'a Override) -> Self {
        let people = std::slice::from_ref(&set.person);
        let because = Because::Override { id: set.id };
        Self { from: set.from, until: set.until, people, replaces: set.replaces.as_ref(), because }
    }

    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Who is on call in the place of those who would be; `None`: the same.
    pub(crate) fn over(&self, below: &OnCall) -> Option<OnCall> {
        match self.replaces {
            None => Some(OnCall::of(self.people, self.because.clone())),
            Some(replaced) if below.people.contains(replaced) => {
                Some(below.with_in_place_of(replaced, self.people, self.because.clone()))
            }
            Some(_) => None,
        }
    }
}
