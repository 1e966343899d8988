//! When a schedule has nobody on call who can be reached.

use std::collections::BTreeMap;

use evenkeel_model::Schedule;
use evenkeel_oncall::{State, gaps, shifts};
use evenkeel_time::{Duration, Timestamp};

use super::stretches::Stretch;
use crate::people::reach::Reach;

/// How far is looked.
pub(super) const LOOKED_AT: Duration = Duration::hours(365 * 24);
/// Looked at before and after as well, so that what recurs is seen whole at both ends.
const MARGIN: Duration = Duration::hours(8 * 24);
/// A schedule with more restrictions or layers in all than this is not looked at.
const PARTS_MAX: usize = 1_000;
/// Shifts are followed one by one only where there are no more layers than this.
const LAYERS_FOLLOWED_MAX: usize = 50;

/// The stretches of the next 365 days in which nobody is on call who can be reached.
#[derive(Debug, Clone, Default)]
pub(super) struct Uncovered {
    /// In order; the first and last may reach beyond what was looked at.
    pub(super) stretches: Vec<Stretch>,
    /// Whether in some of them people are on call who have no contact.
    pub(super) unheard: bool,
}

impl Uncovered {
    /// Looks at a schedule; `None` when it is too large.
    pub(super) fn of(schedule: &Schedule, reach: &Reach<'_>, from: Timestamp) -> Option<Self> {
        let parts: usize = schedule.layers.iter().map(|layer| 1 + layer.restrictions.len()).sum();
        if parts > PARTS_MAX {
            return None;
        }
        let (first, last) = known(from);
        let turns = schedule.layers.iter().flat_map(|layer| &layer.turns).flatten();
        let overrides = schedule.overrides.iter().flat_map(|one| &one.people);
        let all_heard = turns.chain(overrides).all(|person| reach.can_be_reached(person));
        let mut found = Self::default();
        if all_heard || schedule.layers.len() > LAYERS_FOLLOWED_MAX {
            found.stretches = gaps(schedule, &State::default(), first, last);
        } else {
            for span in shifts(schedule, &State::default(), first, last) {
                let people = &span.on_call.people;
                if !people.iter().any(|person| reach.can_be_reached(person)) {
                    found.add((span.from, span.until), !people.is_empty() && within((span.from, span.until), from));
                }
            }
        }
        found.stretches.retain(|stretch| within(*stretch, from));
        Some(found)
    }

    fn add(&mut self, stretch: Stretch, unheard: bool) {
        self.unheard |= unheard;
        match self.stretches.last_mut().filter(|last| last.1 == stretch.0) {
            Some(last) => last.1 = stretch.1,
            None => self.stretches.push(stretch),
        }
    }

    /// How much of the time that is looked at.
    pub(super) fn total(&self, from: Timestamp) -> Duration {
        let until = from + LOOKED_AT;
        let each = self.stretches.iter().map(|(begins, ends)| (*ends).min(until) - (*begins).max(from));
        each.fold(Duration::ZERO, |sum, one| sum + one)
    }
}

/// Between which instants the hours are known.
pub(super) fn known(from: Timestamp) -> Stretch {
    (from - MARGIN, from + LOOKED_AT + MARGIN)
}

fn within(stretch: Stretch, from: Timestamp) -> bool {
    from < stretch.1 && stretch.0 < from + LOOKED_AT
}

/// What is in both, in order.
pub(super) fn both(a: &[Stretch], b: &[Stretch]) -> Vec<Stretch> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut found = Vec::new();
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let common = (x.0.max(y.0), x.1.min(y.1));
        if common.0 < common.1 {
            found.push(common);
        }
        if x.1 <= y.1 {
            a.next();
        } else {
            b.next();
        }
    }
    found
}

/// The uncovered hours of all schedules that were looked at.
pub(super) type Covers<'a> = BTreeMap<&'a str, Uncovered>;
