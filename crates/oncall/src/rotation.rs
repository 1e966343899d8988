//! One layer: whose turn it is when.
//!
//! Hand-overs are counted on the layer's wall clock and mapped to instants one by one. Where the clocks go forward by
//! more than a shift lasts, a later hand-over may come to an earlier instant: of all that have come, the last by number
//! counts, so shifts of no length fall out by themselves.

use evenkeel_model::{Layer, Shift};
use evenkeel_time::Timestamp;

use crate::{Because, OnCall};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// A wall clock that went back shows less than it did, by no more minutes than this.
const BACK_MAX: i64 = 52 * HOUR;

/// A layer's hand-overs, by number from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rotation<'a> {
    layer: &'a Layer,
    /// Of the first hand-over, as minute of the wall clock.
    start: i64,
    /// Minutes of the wall clock from one to the next.
    every: i64,
}

impl<'a> Rotation<'a> {
    pub(crate) fn of(layer: &'a Layer) -> Self {
        let every = match layer.shift {
            Shift::Hours(count) => i64::from(count) * HOUR,
            Shift::Days(count) => i64::from(count) * DAY,
            Shift::Weeks(count) => i64::from(count) * 7 * DAY,
        };
        Self { layer, start: layer.start.minute_number(), every: every.max(HOUR) }
    }

    /// Who is on call; `None` when the layer has nobody.
    pub(crate) fn on_call(&self, at: Timestamp) -> Option<OnCall> {
        let allowed = || {
            let windows = &self.layer.restrictions;
            windows.is_empty() || windows.iter().any(|window| window.contains(&self.layer.zone, at))
        };
        let (from, until) = self.ends();
        if at < from || until <= at || !allowed() {
            return None;
        }
        self.turn(self.number_at(at))
    }

    /// From the first hand-over to where the layer ends.
    pub(crate) fn ends(&self) -> (Timestamp, Timestamp) {
        let until = self.layer.end.map_or(Timestamp::MAX, |end| self.layer.zone.instant(end));
        (self.instant(0), until)
    }

    /// Whose turn begins with that hand-over.
    pub(crate) fn turn(&self, number: i64) -> Option<OnCall> {
        let turns = self.layer.turns.len();
        let index = usize::try_from(number).ok()?.checked_rem(turns)?;
        let people = self.layer.turns.get(index).filter(|people| !people.is_empty())?;
        Some(OnCall::of(people, Because::Layer { name: self.layer.name.clone(), turn: index + 1, turns }))
    }

    /// The numbers of the hand-overs that count between two instants, each with from when; the first from the first.
    pub(crate) fn between(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, i64)> {
        let first = self.number_at(from);
        let last = self.number_at(Timestamp(until.0.saturating_sub(1)));
        let mut found = vec![(from, first)];
        for number in first + 1..=last {
            let at = self.instant(number).max(from);
            while found.pop_if(|before| at <= before.0).is_some() {}
            found.push((at, number));
        }
        found
    }

    /// The last hand-over by number that has come by then; the first one before any has.
    fn number_at(&self, at: Timestamp) -> i64 {
        let shown = self.layer.zone.minute_number(at);
        let mut number = shown.saturating_sub(self.start).div_euclid(self.every).max(0);
        while number > 0 && at < self.instant(number) {
            number -= 1;
        }
        let shown_before = shown.saturating_add(BACK_MAX);
        while self.minute(number + 1) <= shown_before && self.instant(number + 1) <= at {
            number += 1;
        }
        number
    }

    fn minute(&self, number: i64) -> i64 {
        self.start.saturating_add(self.every.saturating_mul(number))
    }

    fn instant(&self, number: i64) -> Timestamp {
        self.layer.zone.instant_of_minute(self.minute(number))
    }
}

#[cfg(test)]
mod tests;
