//! Who is on call at an instant, the slow way: every hand-over is counted out, every window of the days around is laid
//! down. Only the conversion of wall clocks to instants is the product's.

use std::sync::Arc;

use evenkeel_model::{Layer, Schedule, Shift};
use evenkeel_time::{Timestamp, WeeklyWindow, Zone};

use crate::cases::StandIn;

/// Whoever is on call, in no order that counts.
pub(crate) fn on_call<'a>(
    schedule: &Schedule,
    stand_ins: impl Iterator<Item = &'a StandIn>,
    at: Timestamp,
) -> Vec<Arc<str>> {
    let mut people: Vec<Arc<str>> = Vec::new();
    for layer in &schedule.layers {
        if let Some(turn) = turn(layer, at).filter(|turn| !turn.is_empty()) {
            people = turn.to_vec();
        }
    }
    for known in schedule.overrides.iter().filter(|known| known.from <= at && at < known.until) {
        replace(&mut people, known.replaces.as_ref(), &known.people);
    }
    for known in stand_ins.filter(|known| known.schedule == schedule.name && known.from <= at && at < known.until) {
        replace(&mut people, known.replaces.as_ref(), std::slice::from_ref(&known.person));
    }
    people
}

fn replace(people: &mut Vec<Arc<str>>, whom: Option<&Arc<str>>, by: &[Arc<str>]) {
    match whom {
        None => people.clear(),
        Some(whom) if people.contains(whom) => people.retain(|known| known != whom),
        Some(_) => return,
    }
    people.extend(by.iter().cloned());
}

/// The turn that began last, if the layer is there at all at that instant.
fn turn(layer: &Layer, at: Timestamp) -> Option<&[Arc<str>]> {
    let zone = &layer.zone;
    let over = layer.end.is_some_and(|end| zone.instant(end) <= at);
    let free =
        !layer.restrictions.is_empty() && !layer.restrictions.iter().any(|window| inside(window, zone, at).is_some());
    if over || free || at < zone.instant(layer.start) {
        return None;
    }
    let hours = match layer.shift {
        Shift::Hours(count) => i64::from(count),
        Shift::Days(count) => 24 * i64::from(count),
        Shift::Weeks(count) => 7 * 24 * i64::from(count),
    };
    let mut current = 0;
    for (number, turn) in (0..).map(|number| (number, layer.start.plus_minutes(number * hours * 60))) {
        if zone.instant(turn) <= at {
            current = number;
        } else if at.0 + 3 * 24 * 3_600_000 < zone.instant(turn).0 {
            break;
        }
    }
    let place = usize::try_from(current).ok()? % layer.turns.len().max(1);
    layer.turns.get(place).map(Vec::as_slice)
}

/// When the window ends that the instant is inside of: the last, if several do that began on different days.
pub(crate) fn inside(window: &WeeklyWindow, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
    let today = zone.civil(at);
    let midnight = today.plus_minutes(-i64::from(today.minute));
    let mut end = None;
    for day in (-3..=2).map(|days| midnight.plus_days(days)) {
        if window.weekdays >> day.weekday() & 1 == 0 {
            continue;
        }
        let length = if window.end <= window.start { 24 * 60 } else { 0 };
        let from = zone.instant(day.plus_minutes(i64::from(window.start)));
        let until = zone.instant(day.plus_minutes(i64::from(window.end) + length));
        if from <= at && at < until {
            end = end.max(Some(until));
        }
    }
    end
}
