//! How much on-call work each person has.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_model::{Plan, Schedule};
use evenkeel_time::{Duration, Timestamp, WeeklyWindow, Zone};

use crate::gaps::{Interval, union};
use crate::{State, shifts};

/// What being on call takes of a person. Time on several schedules at once counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// How long altogether.
    pub time: Duration,
    /// Nights, from 22:00 to 06:00 on the person's own wall clock, of which any part was on call.
    pub nights: u32,
    /// Saturdays and Sundays on the person's own wall clock of which any part was on call.
    pub weekend_days: u32,
}

impl Load {
    /// Units: hours.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "hours for people")]
    pub fn hours(&self) -> f64 {
        self.time.0 as f64 / Duration::hours(1).0 as f64
    }
}

const NIGHT: WeeklyWindow = WeeklyWindow { weekdays: 0b111_1111, start: 22 * 60, end: 6 * 60 };
const WEEKEND_DAY: WeeklyWindow = WeeklyWindow { weekdays: 0b100_0001, start: 0, end: 24 * 60 };

/// What being on call on these schedules between two instants takes of each person who is, by name. The wall clock of
/// somebody whom the plan does not know is UTC's.
#[must_use]
pub fn load<'a>(
    plan: &Plan,
    overrides: &State,
    schedules: impl IntoIterator<Item = &'a Schedule>,
    from: Timestamp,
    until: Timestamp,
) -> BTreeMap<Arc<str>, Load> {
    let mut times: BTreeMap<Arc<str>, Vec<Interval>> = BTreeMap::new();
    for span in schedules.into_iter().flat_map(|schedule| shifts(schedule, overrides, from, until)) {
        for person in span.on_call.people {
            times.entry(person).or_default().push((span.from, span.until));
        }
    }
    let zone = |person: &Arc<str>| plan.catalogue.people.get(person).map_or(Zone::UTC, |person| person.zone.clone());
    times.into_iter().map(|(person, times)| (person.clone(), of(&zone(&person), union(times)))).collect()
}

fn of(zone: &Zone, times: Vec<Interval>) -> Load {
    let time = times.iter().fold(Duration::ZERO, |sum, (from, until)| sum + (*until - *from));
    Load { time, nights: touched(NIGHT, zone, &times), weekend_days: touched(WEEKEND_DAY, zone, &times) }
}

/// How many of the windows any of the times has a part of. Times are in order and apart.
fn touched(window: WeeklyWindow, zone: &Zone, times: &[Interval]) -> u32 {
    let mut begins: Vec<Timestamp> =
        times.iter().flat_map(|(from, until)| window.instants(zone, *from, *until).map(|found| found.0)).collect();
    begins.dedup();
    u32::try_from(begins.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
