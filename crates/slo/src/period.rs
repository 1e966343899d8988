//! From when until when a budget counts.

use evenkeel_model::{Calendar, CalendarUnit, Objective};
use evenkeel_time::{Civil, Duration, Timestamp};

/// Where nobody says over which time.
const MONTH: Duration = Duration::hours(30 * 24);

/// From when until when a budget counts, as of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// When it began.
    pub from: Timestamp,
    /// When it ends: the instant itself where the window rolls.
    pub until: Timestamp,
    /// How much of it is over.
    pub elapsed: Duration,
}

/// The time that counts at an instant.
#[must_use]
pub fn period(objective: &Objective, at: Timestamp) -> Period {
    match &objective.calendar {
        Some(calendar) => {
            let (from, until) = around(calendar, at);
            Period { from, until, elapsed: at - from }
        }
        None => {
            let elapsed = objective.window.unwrap_or(MONTH);
            Period { from: at - elapsed, until: at, elapsed }
        }
    }
}

/// The window of a calendar that an instant is in.
fn around(calendar: &Calendar, at: Timestamp) -> (Timestamp, Timestamp) {
    let start = calendar.zone.civil(calendar.start);
    let now = calendar.zone.civil(at);
    let count = i64::from(calendar.count);
    let begins = |number: i64| calendar.zone.instant(plus(start, calendar.unit, number.saturating_mul(count)));
    // The guess may be one off: months are of different lengths, and clocks change.
    let mut number = guess(start, now, calendar.unit).div_euclid(count);
    while begins(number) > at {
        number -= 1;
    }
    while begins(number + 1) <= at {
        number += 1;
    }
    (begins(number), begins(number + 1))
}

fn guess(start: Civil, now: Civil, unit: CalendarUnit) -> i64 {
    let months = |civil: Civil| i64::from(civil.year) * 12 + i64::from(civil.month);
    let between = months(now) - months(start);
    match unit {
        CalendarUnit::Day => start.days_until(now),
        CalendarUnit::Week => start.days_until(now).div_euclid(7),
        CalendarUnit::Month => between,
        CalendarUnit::Quarter => between.div_euclid(3),
        CalendarUnit::Year => between.div_euclid(12),
    }
}

/// So many units later; a day that its month does not have is the month's last.
fn plus(start: Civil, unit: CalendarUnit, number: i64) -> Civil {
    let months = match unit {
        CalendarUnit::Day => return start.plus_days(number),
        CalendarUnit::Week => return start.plus_days(number.saturating_mul(7)),
        CalendarUnit::Month => number,
        CalendarUnit::Quarter => number.saturating_mul(3),
        CalendarUnit::Year => number.saturating_mul(12),
    };
    let all = (i64::from(start.year) * 12 + i64::from(start.month) - 1).saturating_add(months);
    let Ok(year) = i16::try_from(all.div_euclid(12)) else { return if all < 0 { Civil::MIN } else { Civil::MAX } };
    let month = u8::try_from(all.rem_euclid(12) + 1).unwrap_or(1);
    let first = Civil { year, month, day: 1, minute: start.minute };
    Civil { day: start.day.min(first.days_in_month()), ..first }
}

#[cfg(test)]
mod tests {
    use evenkeel_time::Zone;

    use super::*;

    #[test]
    fn months_begin_on_the_clock_that_is_named() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let month = Calendar {
            unit: CalendarUnit::Month,
            count: 1,
            start: at("2024-01-31T00:00:00+01:00"),
            zone: Zone::named("Europe/Berlin").expect("a zone"),
        };
        for (now, from, until) in [
            ("2026-03-15T12:00:00Z", "2026-02-28T00:00:00+01:00", "2026-03-31T00:00:00+02:00"),
            ("2026-03-30T21:59:59Z", "2026-02-28T00:00:00+01:00", "2026-03-31T00:00:00+02:00"),
            ("2026-03-30T22:00:00Z", "2026-03-31T00:00:00+02:00", "2026-04-30T00:00:00+02:00"),
            ("2023-12-30T23:00:00Z", "2023-12-31T00:00:00+01:00", "2024-01-31T00:00:00+01:00"),
        ] {
            assert_eq!(around(&month, at(now)), (at(from), at(until)), "{now}");
        }
        let fortnight = Calendar { unit: CalendarUnit::Week, count: 2, ..month };
        let (from, until) = around(&fortnight, at("2026-04-01T00:00:00Z"));
        assert_eq!((until - from).0, 14 * 24 * 3_600_000 - 3_600_000, "the clocks went forward in it");
        assert!(from <= at("2026-04-01T00:00:00Z") && at("2026-04-01T00:00:00Z") < until);
    }
}
