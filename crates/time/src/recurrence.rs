//! When things recur: rules of RFC 5545 (`RRULE`), on the wall clock of a zone.
//!
//! A rule is walked period by period, as wide as its frequency: the days of the period that match, the times of those
//! days, and of these the positions that `BYSETPOS` picks. Nothing is laid out that nobody asks for, and a budget bounds
//! the search, since rules such as the thirtieth of February never give anything: see [`Occurrences::gave_up`].
//!
//! Wall-clock times become instants as section 3.3.5 says: a time that the clocks leave out counts on from before the
//! change, one that they show twice is the first. The calendar repeats after 400 years, so a rule that is silent for
//! that long is silent for ever.
//!
//! Where the RFC leaves a choice: what is not said comes from the start, so weeks by number recur on the start's
//! weekday; the start itself is an occurrence only where the rule gives it.

mod days;
mod occurrences;
mod parse;
mod walls;

pub use occurrences::Occurrences;
pub use parse::RecurrenceFault;

use crate::{Civil, Timestamp, Zone};

/// Seconds of a day.
pub(crate) const DAY_SECONDS: i64 = 24 * 3600;

/// What a clock on a wall shows, to the second. Units: seconds since it showed 1970-01-01T00:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(pub i64);

impl WallTime {
    /// A date and time of day, and the second of its minute.
    #[must_use]
    pub fn new(civil: Civil, second: u8) -> Self {
        Self(civil.minute_number() * 60 + i64::from(second))
    }
}

/// How wide a rule's period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// `YEARLY`.
    Yearly,
    /// `MONTHLY`.
    Monthly,
    /// `WEEKLY`.
    Weekly,
    /// `DAILY`.
    Daily,
    /// `HOURLY`.
    Hourly,
    /// `MINUTELY`.
    Minutely,
    /// `SECONDLY`.
    Secondly,
}

/// After what nothing recurs any more; that itself still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// An instant, written in UTC.
    At(Timestamp),
    /// A time on the start's wall clock.
    Wall(WallTime),
    /// The end of a day on the start's wall clock. Units: days since 1970-01-01.
    Day(i64),
}

/// A rule by which something recurs. Lists are sorted, each value once; an empty list says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// `FREQ`.
    pub frequency: Frequency,
    /// `INTERVAL`: of how many periods one counts, from 1.
    pub interval: u32,
    /// `COUNT`.
    pub count: Option<u32>,
    /// `UNTIL`.
    pub until: Option<Until>,
    /// `BYMONTH`, from 1.
    pub months: Vec<i16>,
    /// `BYWEEKNO`, from 1, or from -1 counted from the year's end.
    pub weeks: Vec<i16>,
    /// `BYYEARDAY`, the same.
    pub year_days: Vec<i16>,
    /// `BYMONTHDAY`, the same.
    pub month_days: Vec<i16>,
    /// `BYDAY`: which of the period's weekdays, 0 for each of them, and the weekday; 0 is Sunday.
    pub weekdays: Vec<(i16, u8)>,
    /// `BYHOUR`.
    pub hours: Vec<i16>,
    /// `BYMINUTE`.
    pub minutes: Vec<i16>,
    /// `BYSECOND`, below 60.
    pub seconds: Vec<i16>,
    /// `BYSETPOS`, from 1, or from -1 counted from the period's end.
    pub positions: Vec<i16>,
    /// `WKST`; 0 is Sunday.
    pub week_start: u8,
}

impl Recurrence {
    /// The occurrences of what starts at that time of the zone's wall clock, in order, each instant once.
    ///
    /// `budget` is how many days and periods may be looked at in vain and in all.
    #[must_use]
    pub fn occurrences<'a>(&'a self, start: WallTime, zone: &'a Zone, budget: u32) -> Occurrences<'a> {
        Occurrences::new(self, start, zone, budget)
    }
}

#[cfg(test)]
mod tests;
