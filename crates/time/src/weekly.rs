//! Windows that recur every week.
//!
//! A window is what lies between two instants: those at which the wall clock shows its start and its end. A window that
//! starts or ends in an hour that is left out or shown twice is therefore neither lost nor doubled.

use crate::civil::{DAY_MINUTES, weekday};
use crate::{Timestamp, Zone};

/// A window that recurs every week: a time of day on some weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyWindow {
    /// On which weekdays it begins; bit 0 is Sunday.
    pub weekdays: u8,
    /// Minute of the day at which it begins, below 1440.
    pub start: u16,
    /// Minute of the day at which it ends, at most 1440, not included; not after `start`: on the day after.
    pub end: u16,
}

/// Changes of the clocks go over no more than a day and an hour or two: from this many days before, a window may reach
/// an instant.
const DAYS_BEFORE: i64 = 2;
/// And one of the day after may have begun, when the clocks went back by a day.
const DAYS_AFTER: i64 = 1;
const DAY: i64 = DAY_MINUTES * 60_000;

impl WeeklyWindow {
    /// Whether the instant is inside.
    #[must_use]
    pub fn contains(&self, zone: &Zone, at: Timestamp) -> bool {
        let period = zone.period(at.0);
        let near = (DAYS_BEFORE + 2) * DAY;
        let far = period.from.saturating_add(near) <= at.0 && at.0 < period.until.saturating_sub(near);
        if far { self.shown(at.0.saturating_add(period.offset)) } else { self.end_after(zone, at).is_some() }
    }

    /// When the window that the instant is inside of ends.
    #[must_use]
    pub fn end_after(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        let inside = |(from, until): &(Timestamp, Timestamp)| *from <= at && at < *until;
        let day = zone.wall(at.0).div_euclid(DAY);
        self.on_days(zone, day - DAYS_BEFORE, day + DAYS_AFTER).filter(inside).map(|(_, until)| until).max()
    }

    /// All that have anything between two instants, whole, by the day on which they begin. None is empty.
    pub fn instants<'a>(
        &'a self,
        zone: &'a Zone,
        from: Timestamp,
        until: Timestamp,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> + 'a {
        let [first, last] = [from, until].map(|at| zone.wall(at.0).div_euclid(DAY));
        let last = if from < until { last + DAYS_AFTER } else { i64::MIN };
        self.on_days(zone, first - DAYS_BEFORE, last).filter(move |window| window.0 < until && from < window.1)
    }

    /// Those that begin from the first to the last of these days, counted since 1970-01-01.
    fn on_days<'a>(
        &'a self,
        zone: &'a Zone,
        first: i64,
        last: i64,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> + 'a {
        let days = (first..=last).filter(|day| self.begins_on(*day));
        let instants = days.map(move |day| {
            let start = day * DAY_MINUTES + i64::from(self.start);
            let end = day * DAY_MINUTES + self.minutes_from_midnight_to_end();
            (zone.instant_of_minute(start), zone.instant_of_minute(end))
        });
        instants.filter(|(from, until)| from < until)
    }

    /// Whether a wall clock that nobody changes within days is inside when it shows this.
    fn shown(&self, wall: i64) -> bool {
        let day = wall.div_euclid(DAY);
        let minute = wall.rem_euclid(DAY) / 60_000;
        let end = self.minutes_from_midnight_to_end();
        let today = self.begins_on(day) && i64::from(self.start) <= minute && minute < end;
        today || (self.begins_on(day - 1) && minute + DAY_MINUTES < end)
    }

    fn begins_on(&self, day: i64) -> bool {
        self.weekdays & (1 << weekday(day)) != 0
    }

    fn minutes_from_midnight_to_end(&self) -> i64 {
        let next_day = if self.end <= self.start { DAY_MINUTES } else { 0 };
        i64::from(self.end) + next_day
    }
}

#[cfg(test)]
mod tests;
