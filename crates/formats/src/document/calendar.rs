//! Times that people write: weekly windows, wall-clock times, instants, zones.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::codes;
use evenkeel_time::{Civil, Timestamp, WeeklyWindow, Zone};

use crate::alertmanager::interval::{minute_of_day, weekday, zone_of};
use crate::fields::{Cx, Fields};

const MINUTES_OF_DAY: u16 = 24 * 60;
const EVERY_DAY: u8 = 0b111_1111;

/// Reads the name of a zone.
pub(super) fn zone(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Zone> {
    fields.text(name, cx).map(|text| zone_of(text, cx))
}

/// Reads `times` and `weekdays`, at least one of which is there.
pub(super) fn window(fields: &mut Fields<'_>, cx: &mut Cx) -> WeeklyWindow {
    let times = fields.text("times", cx).and_then(|text| times_of_day(text, cx));
    let weekdays = weekdays(fields, cx);
    if fields.node("times").is_none() && fields.node("weekdays").is_none() {
        fields.missing("times", cx);
    }
    let (start, end) = times.unwrap_or((0, MINUTES_OF_DAY));
    WeeklyWindow { weekdays, start, end }
}

fn times_of_day(text: Spanned<&str>, cx: &mut Cx) -> Option<(u16, u16)> {
    let read = || {
        let (start, end) = text.value.split_once('-')?;
        let (start, end) = (minute_of_day(start.trim())?, minute_of_day(end.trim())?);
        (start < MINUTES_OF_DAY).then_some((start, end))
    };
    let range = read();
    if range.is_none() {
        let diag = Diagnostic::error(codes::INVALID_TIME_INTERVAL, text.span, "`times` is no range of times of day");
        cx.push(diag.help("write `HH:MM-HH:MM`, such as `09:00-17:00`, or `22:00-07:00` over midnight"));
    }
    range
}

/// Days and ranges of days, which may go over the end of the week. Shape: bit 0 is Sunday.
fn weekdays(fields: &mut Fields<'_>, cx: &mut Cx) -> u8 {
    let items = fields.texts("weekdays", cx);
    if items.is_empty() {
        return EVERY_DAY;
    }
    items.into_iter().map(|item| days(item, cx)).fold(0, |all, days| all | days)
}

fn days(text: Spanned<&str>, cx: &mut Cx) -> u8 {
    let lower = text.value.to_lowercase();
    let (first, last) = lower.split_once(':').unwrap_or((&lower, &lower));
    match weekday(first.trim()).and_then(|first| Ok((first, weekday(last.trim())?))) {
        Ok((first, last)) => {
            let count = (last + 7 - first) % 7;
            (0..=count).fold(0, |bits, day| bits | 1 << ((first + day) % 7))
        }
        Err(message) => {
            cx.push(Diagnostic::error(codes::INVALID_TIME_INTERVAL, text.span, message));
            0
        }
    }
}

/// Reads a time on a wall clock.
pub(super) fn civil(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Spanned<Civil>> {
    let text = fields.text(name, cx)?;
    let read = civil_of(text.value);
    if read.is_none() {
        let headline = format!("`{name}` is no time on a wall clock");
        let diag = Diagnostic::error(codes::INVALID_TIME, text.span, headline);
        cx.push(diag.help("write date and time without a zone, such as `2026-01-05T09:00`"));
    }
    read.map(|civil| Spanned::new(civil, text.span))
}

/// Reads an instant, or a time on the wall clock of a zone.
pub(super) fn instant(fields: &mut Fields<'_>, name: &'static str, zone: &Zone, cx: &mut Cx) -> Option<Timestamp> {
    let text = fields.text(name, cx)?;
    let read = text.value.parse().ok().or_else(|| civil_of(text.value).map(|civil| zone.instant(civil)));
    if read.is_none() {
        let headline = format!("`{name}` is no instant");
        let help = "write `2026-12-24T09:00` on the schedule's clock, or `2026-12-24T09:00:00+01:00`";
        cx.push(Diagnostic::error(codes::INVALID_TIME, text.span, headline).help(help));
    }
    read
}

/// `YYYY-MM-DDTHH:MM`, with seconds only if they are zero.
fn civil_of(text: &str) -> Option<Civil> {
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
}
