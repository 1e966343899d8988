//! When nobody is on call: by intervals, without asking who it would be.

use evenkeel_model::{Layer, Schedule};
use evenkeel_time::Timestamp;

use crate::State;
use crate::patch::patches;
use crate::rotation::Rotation;

/// From and until, not included.
pub(crate) type Interval = (Timestamp, Timestamp);

/// When nobody is on call between two instants, in order.
#[must_use]
pub fn gaps(schedule: &Schedule, overrides: &State, from: Timestamp, until: Timestamp) -> Vec<Interval> {
    let mut somebody: Vec<Interval> = schedule.layers.iter().flat_map(|layer| covered(layer, from, until)).collect();
    // Who takes somebody's place makes no time covered that was not.
    let full = patches(schedule, overrides).filter(|patch| patch.replaces.is_none());
    somebody.extend(full.map(|patch| (patch.from.max(from), patch.until.min(until))));
    let somebody = union(somebody);
    let ends = somebody.iter().map(|interval| interval.0).chain([until]);
    let begins = [from].into_iter().chain(somebody.iter().map(|interval| interval.1));
    begins.zip(ends).filter(|(from, until)| from < until).collect()
}

/// When a layer has anybody between two instants, in order and apart.
pub(crate) fn covered(layer: &Layer, from: Timestamp, until: Timestamp) -> Vec<Interval> {
    if layer.turns.is_empty() {
        return Vec::new();
    }
    let (first, last) = Rotation::of(layer).ends();
    let (from, until) = (from.max(first), until.min(last));
    if layer.restrictions.is_empty() {
        return union(vec![(from, until)]);
    }
    let windows = layer.restrictions.iter().flat_map(|window| window.instants(&layer.zone, from, until));
    union(windows.map(|window| (window.0.max(from), window.1.min(until))).collect())
}

/// The same instants in order, in intervals that neither meet nor overlap.
pub(crate) fn union(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.retain(|(from, until)| from < until);
    intervals.sort_unstable();
    intervals.dedup_by(|next, kept| {
        let meets = next.0 <= kept.1;
        if meets {
            kept.1 = kept.1.max(next.1);
        }
        meets
    });
    intervals
}

#[cfg(test)]
mod tests;
