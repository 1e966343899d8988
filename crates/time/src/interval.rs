//! Recurring intervals of wall-clock time, as Alertmanager's `time_intervals` have them.

use crate::{Civil, Timestamp, Zone};

/// Minutes of a day, `start` inclusive, `end` exclusive and at most 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteRange {
    /// First minute of the day.
    pub start: u16,
    /// One past the last minute.
    pub end: u16,
}

/// Days of a month, both inclusive; negative counts from the month's end, `-1` is the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfMonthRange {
    /// First day.
    pub start: i8,
    /// Last day.
    pub end: i8,
}

/// Years, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    /// First year.
    pub start: i32,
    /// Last year.
    pub end: i32,
}

/// A recurring interval: an instant is inside when every list that is not empty has a range around it.
///
/// Source: Alertmanager, configuration, `time_interval`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeInterval {
    /// Times of day.
    pub times: Vec<MinuteRange>,
    /// Weekdays as inclusive ranges, 0 is Sunday.
    pub weekdays: Vec<(u8, u8)>,
    /// Days of the month.
    pub days_of_month: Vec<DayOfMonthRange>,
    /// Months as inclusive ranges, 1 is January.
    pub months: Vec<(u8, u8)>,
    /// Years.
    pub years: Vec<YearRange>,
    /// The zone whose wall clock counts.
    pub location: Zone,
}

impl TimeInterval {
    /// Whether the instant is inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        let wall = self.location.civil(at);
        let year = i32::from(wall.year);
        let within = |(start, end): &(u8, u8), value: u8| *start <= value && value <= *end;
        (self.times.is_empty() || self.times.iter().any(|range| range.start <= wall.minute && wall.minute < range.end))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|range| within(range, wall.weekday())))
            && (self.days_of_month.is_empty() || self.days_of_month.iter().any(|range| range.contains(wall)))
            && (self.months.is_empty() || self.months.iter().any(|range| within(range, wall.month)))
            && (self.years.is_empty() || self.years.iter().any(|range| range.start <= year && year <= range.end))
    }
}

impl DayOfMonthRange {
    /// Days past the month's end are clamped to it, as Alertmanager does.
    fn contains(self, wall: Civil) -> bool {
        let days = i16::from(wall.days_in_month());
        let from_start = |day: i8| {
            let day = i16::from(day);
            if day < 0 { days + day + 1 } else { day }
        };
        let (start, end) = (from_start(self.start), from_start(self.end));
        if start > days || end < 1 {
            return false;
        }
        let day = i16::from(wall.day);
        start.clamp(1, days) <= day && day <= end.clamp(1, days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn always() -> TimeInterval {
        TimeInterval {
            times: vec![],
            weekdays: vec![],
            days_of_month: vec![],
            months: vec![],
            years: vec![],
            location: Zone::UTC,
        }
    }

    #[test]
    fn the_end_minute_is_outside() {
        let office = TimeInterval { times: vec![MinuteRange { start: 9 * 60, end: 17 * 60 }], ..always() };
        assert!(office.contains(at("2026-11-20T09:00:00Z")));
        assert!(office.contains(at("2026-11-20T16:59:59.999Z")));
        assert!(!office.contains(at("2026-11-20T17:00:00Z")));
    }

    #[test]
    fn the_zones_wall_clock_counts_across_daylight_saving() {
        let location = Zone::named("Europe/Berlin").expect("bundled");
        let nine = TimeInterval { times: vec![MinuteRange { start: 540, end: 541 }], location, ..always() };
        assert!(nine.contains(at("2026-07-01T07:00:00Z")));
        assert!(nine.contains(at("2026-12-01T08:00:00Z")));
        assert!(!nine.contains(at("2026-12-01T07:00:00Z")));
        assert!(Zone::named("Mars/Olympus").is_err());
    }

    #[test]
    fn days_count_from_either_end_of_the_month() {
        let days = |start, end| TimeInterval { days_of_month: vec![DayOfMonthRange { start, end }], ..always() };
        assert!(days(-1, -1).contains(at("2026-02-28T12:00:00Z")));
        assert!(!days(-1, -1).contains(at("2026-02-27T12:00:00Z")));
        assert!(days(28, 31).contains(at("2026-02-28T12:00:00Z")));
        assert!(!days(29, 31).contains(at("2026-02-28T12:00:00Z")));
        assert!(days(-31, -1).contains(at("2026-02-01T00:00:00Z")));
    }

    #[test]
    fn weekdays_months_and_years_all_have_to_fit() {
        let interval = TimeInterval {
            weekdays: vec![(1, 5)],
            months: vec![(11, 12)],
            years: vec![YearRange { start: 2026, end: 2026 }],
            ..always()
        };
        assert!(interval.contains(at("2026-11-20T00:00:00Z")));
        assert!(!interval.contains(at("2026-11-22T00:00:00Z")), "a Sunday");
        assert!(!interval.contains(at("2027-11-19T00:00:00Z")));
    }
}
