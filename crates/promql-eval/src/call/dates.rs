//! Functions that take an instant in seconds and give a part of its date, in UTC.

use evenkeel_labels::LabelSet;
use evenkeel_promql::Call;

use super::each;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::Row;
use crate::sink::{Done, Sink};
use crate::timing::in_seconds;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// 0 to 59
    Minute,
    /// 0 to 23
    Hour,
    /// 0 is Sunday.
    DayOfWeek,
    /// 1 to 31
    DayOfMonth,
    /// 1 to 366
    DayOfYear,
    /// 28 to 31
    DaysInMonth,
    /// 1 to 12
    Month,
    /// Such as 2026.
    Year,
}

impl Part {
    /// The part that a function gives.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day_of_week" => Self::DayOfWeek,
            "day_of_month" => Self::DayOfMonth,
            "day_of_year" => Self::DayOfYear,
            "days_in_month" => Self::DaysInMonth,
            "month" => Self::Month,
            "year" => Self::Year,
            _ => return None,
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
    fn of(self, seconds: f64) -> f64 {
        let (day, second) = day_and_second(seconds);
        let date = Date::of(day);
        (match self {
            Self::Minute => second / 60 % 60,
            Self::Hour => second / 3600,
            // The first day of 1970 was a Thursday.
            Self::DayOfWeek => (day + 4).rem_euclid(7),
            Self::DayOfMonth => date.day,
            Self::DayOfYear => day - Date { year: date.year, month: 1, day: 1 }.days() + 1,
            Self::DaysInMonth => {
                let (year, month) = if date.month == 12 { (date.year + 1, 1) } else { (date.year, date.month + 1) };
                Date { year, month, day: 1 }.days() - Date { day: 1, ..date }.days()
            }
            Self::Month => date.month,
            Self::Year => date.year,
        }) as f64
    }
}

/// The day since 1970 and the second in it. What no 64 bits hold is the instant that Go takes it for, 292 thousand million
/// years from now.
fn day_and_second(seconds: f64) -> (i64, i64) {
    const DAY: u64 = 86_400;
    /// Days from the year at which Go begins to count to 1970.
    const DAYS_BEFORE: i64 = 730_692_556 * ERA + 719_162;
    let fits = seconds.abs() < 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "fits, or is told apart")]
    let whole = if fits { seconds as i64 } else { i64::MIN };
    let since = whole.cast_unsigned().wrapping_add(DAYS_BEFORE.cast_unsigned() * DAY);
    let (days, second) = (since / DAY, since % DAY);
    (days.cast_signed() - DAYS_BEFORE, second.cast_signed())
}

/// A date of the Gregorian calendar, before its time too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
}

/// Days in 400 years.
const ERA: i64 = 146_097;

impl Date {
    /// The date of a day. Units: days since 1970. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    const fn of(days: i64) -> Self {
        // Years begin in March, so that the leap day comes last; eras begin in the year 0.
        let days = days.saturating_add(719_468);
        let (era, day_of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        Self { year: year_of_era + era * 400 + next, month, day }
    }

    const fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_year = (153 * month + 2) / 5 + self.day - 1;
        era * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }
}

/// Streams a part of the dates that the argument's values are; without an argument, of the instants themselves.
pub(super) fn stream(ev: &Evaluator<'_>, part: Part, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first() else {
        let values = grid.times().map(|at| part.of(in_seconds(at))).collect();
        return sink.row(&Labels::new(LabelSet::default(), ev.delayed()), &mut Row { values, histograms: Vec::new() });
    };
    each(ev, arg, grid, sink, &mut |row| {
        row.clear_histograms();
        row.map(|value| part.of(value));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_dates_are_those_of_the_calendar() {
        // 2024-02-29T23:59:30Z, a Thursday.
        let leap = 1_709_251_170.0;
        for (part, value) in [
            (Part::Minute, 59.0),
            (Part::Hour, 23.0),
            (Part::DayOfWeek, 4.0),
            (Part::DayOfMonth, 29.0),
            (Part::DayOfYear, 60.0),
            (Part::DaysInMonth, 29.0),
            (Part::Month, 2.0),
            (Part::Year, 2024.0),
        ] {
            assert_eq!(part.of(leap), value, "{part:?}");
        }
        assert_eq!(Part::Year.of(-1.0), 1969.0);
        assert_eq!(Part::Year.of(f64::NAN), 292_277_026_596.0);
        assert_eq!(Part::DayOfYear.of(-1.0), 365.0);
    }

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for days in (-200_000..200_000).step_by(37) {
            assert_eq!(Date::of(days).days(), days);
        }
    }
}
