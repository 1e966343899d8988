//! Times that people write: weekly windows, wall-clock times, days, instants.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::codes;
use evenkeel_time::{Civil, Duration, Timestamp, Zone};

use crate::alertmanager::interval::{minute_of_day, weekday};
use crate::fields::Cx;
use crate::shape::Form;

/// The minutes of a day.
pub(crate) const MINUTES_OF_DAY: u16 = 24 * 60;

/// Reports what is no moment of the form.
pub(super) fn check(text: Spanned<&str>, wanted: Form, name: &str, cx: &mut Cx) {
    let (good, what, help) = if wanted == Form::Civil {
        let help = "write date and time without a zone, such as `2026-01-05T09:00`";
        (civil_of(text.value).is_some(), "no time on a wall clock", help)
    } else if wanted == Form::CivilOrInstant {
        let help = "write `2026-12-24T09:00` on the schedule's clock, or `2026-12-24T09:00:00+01:00`";
        (instant_of(text.value, &Zone::UTC).is_some(), "no instant", help)
    } else if wanted == Form::DayOrInstant {
        let help = "write a day such as `2027-01-31`, or an instant such as `2027-01-31T18:00:00+01:00`";
        (end_of(text.value).is_some(), "no day and no instant", help)
    } else {
        let help = "write date, time and offset, such as `2026-12-24T09:00:00+01:00`";
        (text.value.parse::<Timestamp>().is_ok(), "no instant", help)
    };
    if !good {
        let headline = format!("`{name}` is {what}");
        cx.push(Diagnostic::error(codes::INVALID_TIME, text.span, headline).help(help));
    }
}

/// Reports what is no range of times of day, or of weekdays.
pub(super) fn check_recurring(text: Spanned<&str>, wanted: Form, cx: &mut Cx) {
    if wanted == Form::Weekday {
        if let Err(message) = days(text.value) {
            cx.push(Diagnostic::error(codes::INVALID_TIME_INTERVAL, text.span, message));
        }
    } else if times_of_day(text.value).is_none() {
        let diag = Diagnostic::error(codes::INVALID_TIME_INTERVAL, text.span, "`times` is no range of times of day");
        cx.push(diag.help("write `HH:MM-HH:MM`, such as `09:00-17:00`, or `22:00-07:00` over midnight"));
    }
}

/// Reads `HH:MM-HH:MM`. Units: minutes of the day.
pub(crate) fn times_of_day(text: &str) -> Option<(u16, u16)> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (minute_of_day(start.trim())?, minute_of_day(end.trim())?);
    (start < MINUTES_OF_DAY).then_some((start, end))
}

/// Reads a day, or a range of days, which may go over the end of the week. Shape: bit 0 is Sunday.
pub(crate) fn days(text: &str) -> Result<u8, String> {
    let lower = text.to_lowercase();
    let (first, last) = lower.split_once(':').unwrap_or((&lower, &lower));
    let (first, last) = (weekday(first.trim())?, weekday(last.trim())?);
    let count = (last + 7 - first) % 7;
    Ok((0..=count).fold(0, |bits, day| bits | 1 << ((first + day) % 7)))
}

/// An instant, or a time on the wall clock of a zone.
pub(crate) fn instant_of(text: &str, zone: &Zone) -> Option<Timestamp> {
    text.parse().ok().or_else(|| civil_of(text).map(|civil| zone.instant(civil)))
}

/// The end of a day in UTC, or an instant.
pub(crate) fn end_of(text: &str) -> Option<Timestamp> {
    let day = || civil_of(&format!("{text}T00:00")).map(|civil| Zone::UTC.instant(civil) + Duration::hours(24));
    text.parse().ok().or_else(day)
}

/// `YYYY-MM-DDTHH:MM`, with seconds only if they are zero.
pub(crate) fn civil_of(text: &str) -> Option<Civil> {
    let (date, time) = text.split_once('T')?;
    let time = time.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(time);
    let mut parts = date.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let good = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if good { part.parse::<i16>().ok() } else { None }
    };
    let (year, month, day) = (number(4)?, u8::try_from(number(2)?).ok()?, u8::try_from(number(2)?).ok()?);
    let minute = minute_of_day(time).filter(|minute| *minute < MINUTES_OF_DAY)?;
    let exists = (1..=12).contains(&month) && parts.next().is_none();
    let civil = Civil { year, month, day, minute };
    (exists && (1..=civil.days_in_month()).contains(&day)).then_some(civil)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wall_clock_times_are_those_that_calendars_have() {
        let civil = |year, month, day, minute| Some(Civil { year, month, day, minute });
        for (text, wanted) in [
            ("2026-01-05T09:00", civil(2026, 1, 5, 540)),
            ("2026-01-05T09:05:00", civil(2026, 1, 5, 545)),
            ("2024-02-29T00:00", civil(2024, 2, 29, 0)),
            ("2026-02-29T00:00", None),
            ("2100-02-29T00:00", None),
            ("2026-13-01T00:00", None),
            ("2026-00-01T00:00", None),
            ("2026-04-31T00:00", None),
            ("2026-01-05T24:00", None),
            ("2026-01-05T09:00:30", None),
            ("2026-01-05T09", None),
            ("2026-01-05T00", None),
            ("2026-01-05", None),
            ("2026-1-5T09:00", None),
            ("+026-01-05T09:00", None),
            ("2026-01-05-01T09:00", None),
        ] {
            assert_eq!(civil_of(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_day_counts_to_its_end() {
        assert_eq!(end_of("2027-01-31"), "2027-02-01T00:00:00Z".parse().ok());
        assert_eq!(end_of("2027-01-31T18:00:00+01:00"), "2027-01-31T17:00:00Z".parse().ok());
        assert!(["2027-02-30", "2027", "tomorrow", "2027-01-31T18:00", ""].iter().all(|text| end_of(text).is_none()));
    }
}
