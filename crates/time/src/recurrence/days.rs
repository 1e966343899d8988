//! Which days match a rule.

use super::{Frequency, Recurrence};
use crate::civil::{date, day_number, weekday};

/// A day with everything that rules ask about it.
struct Day {
    number: i64,
    year: i64,
    month: i64,
    /// Of the month, from 1.
    day: i64,
}

impl Day {
    fn of(number: i64) -> Self {
        let (year, month, day) = date(number);
        Self { number, year, month, day }
    }

    /// The first day of its year and how many the year has.
    fn year_span(&self) -> (i64, i64) {
        let first = day_number(self.year, 1, 1);
        (first, day_number(self.year + 1, 1, 1) - first)
    }

    /// The first day of its month and how many the month has.
    fn month_span(&self) -> (i64, i64) {
        let first = self.number - self.day + 1;
        (first, day_number(self.year, self.month + 1, 1) - first)
    }
}

impl Recurrence {
    /// Whether the rule takes the month.
    pub(super) fn takes_month(&self, month: i64) -> bool {
        self.months.is_empty() || has(&self.months, month)
    }

    /// Whether the rule takes the day. Units: days since 1970-01-01.
    pub(super) fn takes_day(&self, number: i64) -> bool {
        let day = Day::of(number);
        self.takes_month(day.month)
            && counted(&self.month_days, number, || day.month_span())
            && counted(&self.year_days, number, || day.year_span())
            && self.takes_week(number)
            && self.takes_weekday(&day)
    }

    /// Weeks belong to the year that has their fourth day.
    fn takes_week(&self, number: i64) -> bool {
        if self.weeks.is_empty() {
            return true;
        }
        let into = (i64::from(weekday(number)) - i64::from(self.week_start)).rem_euclid(7);
        let middle = Day::of(number - into + 3);
        let (first, length) = middle.year_span();
        let before = middle.number - first;
        let (week, weeks) = (before / 7 + 1, (length - 1 - before % 7) / 7 + 1);
        has(&self.weeks, week) || has(&self.weeks, week - weeks - 1)
    }

    fn takes_weekday(&self, day: &Day) -> bool {
        if self.weekdays.is_empty() {
            return true;
        }
        let today = weekday(day.number);
        let mut same = self.weekdays.iter().filter(|(_, weekday)| *weekday == today).map(|(ordinal, _)| *ordinal);
        let (first, length) = match self.frequency {
            Frequency::Yearly if self.months.is_empty() => day.year_span(),
            Frequency::Yearly | Frequency::Monthly => day.month_span(),
            Frequency::Weekly | Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                return same.next().is_some();
            }
        };
        let before = day.number - first;
        let (nth, last) = (before / 7 + 1, -((length - 1 - before) / 7 + 1));
        same.any(|ordinal| ordinal == 0 || i64::from(ordinal) == nth || i64::from(ordinal) == last)
    }
}

/// Whether a list takes the day by its number in a span, from its beginning or its end.
fn counted(list: &[i16], number: i64, span: impl FnOnce() -> (i64, i64)) -> bool {
    if list.is_empty() {
        return true;
    }
    let (first, length) = span();
    has(list, number - first + 1) || has(list, number - first - length)
}

pub(super) fn has(list: &[i16], number: i64) -> bool {
    list.iter().any(|one| i64::from(*one) == number)
}
