//! When shifts change → layers of equal shifts.
//!
//! A rotation with one hand-off a day or week is one layer. With several, shifts are of unequal length: each hand-off
//! becomes a layer of its own that is restricted to the hours until the next one, and takes every so-many-th turn.

use jiff::civil::{DateTime, Time, Weekday};
use jiff::{Span, Timestamp};

use super::coverage::{DAY, Hours, WEEK};
use super::recurrence::{HandOvers, Recurrence};
use super::rotation::Rotation;

/// Documents take turns of a year and no longer.
pub(super) const WEEKS_MAX: u32 = 52;

/// One layer to be.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) name: String,
    /// On the rotation's wall clock.
    pub(super) start: DateTime,
    /// Whether the first turn begins when the rotation does.
    pub(super) begins_on_time: bool,
    /// `days` or `weeks`, and how many.
    pub(super) shift: (&'static str, u32),
    /// `None`: always.
    pub(super) hours: Option<Hours>,
    /// So many people a turn.
    on_calls: usize,
    /// The first of its turns among those of the rotation, and how many lie between one and the next.
    turn: (usize, usize),
}

/// The layers of a rotation; at least one.
pub(super) fn layers(rotation: &Rotation<'_>) -> Vec<Layer> {
    let recurrence = &rotation.recurrence;
    let start = wall_clock(rotation);
    match &recurrence.hand_overs {
        HandOvers::Daily(times) => periodic(recurrence, start, DAY, "days", times),
        HandOvers::Weekly(times) => periodic(recurrence, start, WEEK, "weeks", times),
        HandOvers::Monthly(days) => vec![monthly(recurrence, start, days)],
    }
}

/// The rotation's start on its own wall clock, in whole minutes.
fn wall_clock(rotation: &Rotation<'_>) -> DateTime {
    let at = Timestamp::from_millisecond(rotation.start.value.0).unwrap_or_default();
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(rotation.zone.name()).unwrap_or(jiff::tz::TimeZone::UTC);
    let local = zone.to_datetime(at);
    local.with().second(0).subsec_nanosecond(0).build().unwrap_or(local)
}

fn periodic(recurrence: &Recurrence, start: DateTime, period: u16, unit: &'static str, times: &[u16]) -> Vec<Layer> {
    let first_only = recurrence.multiplier > 1;
    let times: &[u16] = if first_only { times.get(..1).unwrap_or(times) } else { times };
    let begin = beginning(start, period);
    let since = minutes_between(begin, start);
    let last = times.iter().rposition(|time| i64::from(*time) <= since);
    // Without a hand-off in this period yet, the last one was in the period before.
    let (first, begin) = match last {
        Some(first) => (first, begin),
        None => (times.len().saturating_sub(1), moved(begin, -i64::from(period))),
    };
    let layer = |number: usize| {
        let at = first + number;
        let (round, at) = (at / times.len(), at % times.len());
        let time = times.get(at).copied().unwrap_or(0);
        let next = times.get((at + 1) % times.len()).copied().unwrap_or(0);
        let begins = moved(begin, i64::from(time) + i64::from(period) * i64::try_from(round).unwrap_or(0));
        Layer {
            name: if times.len() == 1 { "rotation".to_owned() } else { format!("hand-off-{}", at + 1) },
            start: begins,
            begins_on_time: number > 0 || begins == start,
            shift: (unit, recurrence.multiplier.min(longest(unit))),
            hours: hours(recurrence, (times.len() > 1).then(|| between(time, next, period))),
            on_calls: recurrence.on_calls,
            turn: (number, times.len()),
        }
    };
    (0..times.len()).map(layer).collect()
}

fn longest(unit: &str) -> u32 {
    if unit == "weeks" { WEEKS_MAX } else { WEEKS_MAX * 7 }
}

/// A month is taken for four weeks, from the last hand-off on.
fn monthly(recurrence: &Recurrence, start: DateTime, days: &[(i8, u16)]) -> Layer {
    let (day, minute) = days.first().copied().unwrap_or((1, 0));
    let month = start.first_of_month().with().time(Time::midnight()).build().unwrap_or(start);
    let hand_over = |month: DateTime| {
        let day = day.min(month.days_in_month());
        moved(month, i64::from(day - 1) * i64::from(DAY) + i64::from(minute))
    };
    let this = hand_over(month);
    let before = || hand_over(month.checked_sub(Span::new().months(1)).unwrap_or(month));
    let begins = if this <= start { this } else { before() };
    Layer {
        name: "rotation".to_owned(),
        start: begins,
        begins_on_time: begins == start,
        shift: ("weeks", (recurrence.multiplier * 4).min(WEEKS_MAX)),
        hours: hours(recurrence, None),
        on_calls: recurrence.on_calls,
        turn: (0, 1),
    }
}

/// Midnight of the day, or of the Monday of the week.
fn beginning(at: DateTime, period: u16) -> DateTime {
    let midnight = at.with().time(Time::midnight()).build().unwrap_or(at);
    let days = if period == WEEK { at.weekday().since(Weekday::Monday) } else { 0 };
    moved(midnight, -i64::from(days) * i64::from(DAY))
}

fn moved(at: DateTime, minutes: i64) -> DateTime {
    Span::new().try_minutes(minutes).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(at)
}

fn minutes_between(from: DateTime, until: DateTime) -> i64 {
    until.duration_since(from).as_secs() / 60
}

/// The hours of the week between a hand-off and the next, in every period.
fn between(time: u16, next: u16, period: u16) -> Hours {
    let mut hours = Hours::default();
    let length = if next > time { next - time } else { next + period - time };
    (0..WEEK / period).for_each(|number| hours.add(number * period + time, length));
    hours
}

/// The hours that are covered; `None` when that is all of them, and when it is none.
fn hours(recurrence: &Recurrence, own: Option<Hours>) -> Option<Hours> {
    let covered = recurrence.coverage.as_ref().filter(|hours| !hours.is_empty());
    let both = match (covered, own) {
        (Some(covered), Some(own)) => Some(covered.both(&own)),
        (covered, own) => own.or(covered.cloned()),
    };
    both.filter(|hours| !hours.is_always())
}

impl Layer {
    /// Its turns, as places among so many people.
    ///
    /// Turn `s` of the rotation has the next so-many people after those of turn `s - 1`, round and round.
    pub(super) fn turns(&self, people: usize) -> Vec<Vec<usize>> {
        let on_calls = self.on_calls.min(people).max(1);
        let people = people.max(1);
        let (first, stride) = self.turn;
        // The turns of the layer come back after as many as it takes the rotation's to be where they began.
        let length = people / gcd(people, stride * on_calls);
        let turn = |number: usize| {
            let turn = first + number * stride;
            (0..on_calls).map(|place| (turn * on_calls + place) % people).collect()
        };
        (0..length).map(turn).collect()
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests;
