//! Who is on call now, since when and until when, and who is next.

use evenkeel_model::Schedule;
use evenkeel_time::{Duration, Timestamp};

use crate::{OnCall, State, on_call, shifts};

/// The same people for the same reason, as long as that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Since when; `None`: for more than 400 days.
    pub since: Option<Timestamp>,
    /// Until when, not included; `None`: it does not change within 400 days.
    pub until: Option<Timestamp>,
    /// Who, and why.
    pub on_call: OnCall,
}

/// How far is looked. Longer than the longest shift.
const LOOKED_AT: Duration = Duration::hours(400 * 24);
/// How far is looked at first; then twice as far each time.
const FIRST_LOOK: Duration = Duration::hours(8 * 24);

/// Who is on call, since when and until when.
#[must_use]
pub fn current(schedule: &Schedule, overrides: &State, at: Timestamp) -> Stretch {
    let on_call = on_call(schedule, overrides, at);
    let since = since(schedule, overrides, at);
    Stretch { since, until: until(schedule, overrides, at), on_call }
}

/// Who is on call after those who are on call at an instant, perhaps nobody; `None` when it does not change within 400
/// days.
#[must_use]
pub fn next_after(schedule: &Schedule, overrides: &State, at: Timestamp) -> Option<Stretch> {
    let since = until(schedule, overrides, at)?;
    let on_call = on_call(schedule, overrides, since);
    Some(Stretch { since: Some(since), until: until(schedule, overrides, since), on_call })
}

fn until(schedule: &Schedule, overrides: &State, at: Timestamp) -> Option<Timestamp> {
    let end = at + LOOKED_AT;
    looks()
        .map(|far| at + far)
        .find_map(|far| {
            let first = shifts(schedule, overrides, at, far).into_iter().next()?;
            (first.until < far).then_some(first.until)
        })
        .filter(|until| *until < end)
}

fn since(schedule: &Schedule, overrides: &State, at: Timestamp) -> Option<Timestamp> {
    // An instant is the first millisecond of what comes after it.
    let after = at + Duration::millis(1);
    looks().map(|far| at - far).find_map(|far| {
        let last = shifts(schedule, overrides, far, after).pop()?;
        (far < last.from).then_some(last.from)
    })
}

/// How far is looked, one time after the other.
fn looks() -> impl Iterator<Item = Duration> {
    let longer = |far: &Duration| (*far < LOOKED_AT).then(|| (*far * 2).min(LOOKED_AT));
    std::iter::successors(Some(FIRST_LOOK), longer)
}

#[cfg(test)]
mod tests;
