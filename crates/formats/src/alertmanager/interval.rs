//! `time_intervals`: named lists of recurring intervals.
//!
//! Source: Alertmanager, `timeinterval/timeinterval.go`.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::TimeIntervalDocument;
use evenkeel_model::{codes, quoted};
use evenkeel_time::{DayOfMonthRange, MinuteRange, TimeInterval, YearRange, Zone};

use crate::fields::{Cx, Fields, nearest};
use crate::yaml::Node;

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads one named list.
pub(super) fn named(node: &Node, cx: &mut Cx) -> Option<TimeIntervalDocument> {
    let mut fields = Fields::of(node, "a time interval", cx)?;
    let name = fields.text("name", cx).map(|name| name.map(Arc::from));
    fields.require("name", cx);
    let intervals = fields.list("time_intervals", cx).iter().filter_map(|node| interval(node, cx)).collect();
    fields.finish(cx);
    Some(TimeIntervalDocument { name: name?, intervals })
}

fn interval(node: &Node, cx: &mut Cx) -> Option<TimeInterval> {
    let mut fields = Fields::of(node, "a time interval's entry", cx)?;
    let times = fields.list("times", cx).iter().filter_map(|node| minutes(node, cx)).collect();
    let weekdays = ranges(&mut fields, "weekdays", cx, weekday);
    let days_of_month = ranges(&mut fields, "days_of_month", cx, day_of_month);
    let months = ranges(&mut fields, "months", cx, month);
    let years = ranges(&mut fields, "years", cx, |text| {
        text.parse::<i32>().map_err(|_| "a year is a number, such as `2026`".to_owned())
    });
    let location = location(&mut fields, cx);
    fields.finish(cx);
    let mut ordered = Vec::new();
    for range in years {
        ordered.extend(in_order(range, YEARS, cx).map(|(start, end)| YearRange { start, end }));
    }
    Some(TimeInterval {
        times,
        weekdays: weekdays.into_iter().filter_map(|range| in_order(range, WEEK, cx)).collect(),
        days_of_month: days_of_month.into_iter().filter_map(|range| days(range, cx)).collect(),
        months: months.into_iter().filter_map(|range| in_order(range, YEAR, cx)).collect(),
        years: ordered,
        location,
    })
}

fn fault(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::INVALID_TIME_INTERVAL, span, headline)
}

fn location(fields: &mut Fields<'_>, cx: &mut Cx) -> Zone {
    fields.text("location", cx).map_or(Zone::UTC, |name| zone_of(name, cx))
}

/// The zone of that name, UTC in place of one that is not there.
pub(crate) fn zone_of(name: Spanned<&str>, cx: &mut Cx) -> Zone {
    Zone::named(name.value).unwrap_or_else(|_| {
        let headline = format!("no time zone is called {}", quoted(name.value));
        let help = if name.value == "Local" {
            "name the zone, such as `Europe/Berlin`, so that the plan means the same on every machine"
        } else {
            "use a name of the IANA database, such as `Europe/Berlin`"
        };
        cx.push(Diagnostic::error(codes::UNKNOWN_TIME_ZONE, name.span, headline).help(help));
        Zone::UTC
    })
}

fn minutes(node: &Node, cx: &mut Cx) -> Option<MinuteRange> {
    let mut fields = Fields::of(node, "a range of times", cx)?;
    let mut read = |name: &'static str| {
        let Some(text) = fields.text(name, cx) else {
            fields.missing(name, cx);
            return None;
        };
        let minute = minute_of_day(text.value);
        if minute.is_none() {
            cx.push(
                fault(text.span, format!("`{name}` is no time of day between 00:00 and 24:00"))
                    .help("write `HH:MM` in quotes"),
            );
        }
        minute
    };
    let (start, end) = (read("start_time"), read("end_time"));
    fields.finish(cx);
    let (start, end) = (start?, end?);
    if start >= end {
        let diag = fault(node.span, "`start_time` has to be before `end_time`");
        cx.push(diag.help("for a range over midnight write two ranges, one up to 24:00 and one from 00:00"));
        return None;
    }
    Some(MinuteRange { start, end })
}

/// `HH:MM` up to `24:00`.
pub(crate) fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let whole = hour * 60 + minute;
    (minute < 60 && whole <= 24 * 60).then_some(whole)
}

/// Reads `a` or `a:b` items.
fn ranges<T: Copy>(
    fields: &mut Fields<'_>,
    name: &'static str,
    cx: &mut Cx,
    one: impl Fn(&str) -> Result<T, String>,
) -> Vec<Spanned<(T, T)>> {
    let mut found = Vec::new();
    for text in fields.texts(name, cx) {
        let lower = text.value.to_lowercase();
        let (start, end) = lower.split_once(':').unwrap_or((&lower, &lower));
        match one(start).and_then(|start| Ok((start, one(end)?))) {
            Ok(range) => found.push(Spanned::new(range, text.span)),
            Err(message) => cx.push(fault(text.span, message)),
        }
    }
    found
}

/// What a range is made of, and what helps when its end is before its start.
type Order = (&'static str, &'static str);

const WEEK: Order =
    ("weekdays", "a week begins on Sunday here: write two ranges, such as `friday:saturday` and `sunday:monday`");
const YEAR: Order = ("months", "over new year write two ranges, such as `november:december` and `january:february`");
const YEARS: Order = ("years", "write the earlier year first");

fn in_order<T: PartialOrd>(range: Spanned<(T, T)>, (of, help): Order, cx: &mut Cx) -> Option<(T, T)> {
    if range.value.0 <= range.value.1 {
        return Some(range.value);
    }
    cx.push(fault(range.span, format!("the range of {of} ends before it starts")).help(help));
    None
}

/// The number of a weekday in lower case, 0 is Sunday.
pub(crate) fn weekday(text: &str) -> Result<u8, String> {
    member(text, &WEEKDAYS, "a weekday")
}

fn member(text: &str, names: &[&'static str], what: &str) -> Result<u8, String> {
    let found = names.iter().zip(0u8..).find(|(name, _)| **name == text);
    found.map(|(_, index)| index).ok_or_else(|| {
        let meant =
            nearest(text, names.iter().copied()).map_or(String::new(), |name| format!(", did you mean `{name}`?"));
        format!("{} is not {what}{meant}", quoted(text))
    })
}

fn month(text: &str) -> Result<u8, String> {
    match text.parse::<u8>() {
        Ok(number @ 1..=12) => Ok(number),
        Ok(_) => Err("a month is between 1 and 12".to_owned()),
        Err(_) => member(text, &MONTHS, "a month").map(|index| index + 1),
    }
}

fn day_of_month(text: &str) -> Result<i8, String> {
    match text.parse::<i8>() {
        Ok(day) if day != 0 && (-31..=31).contains(&day) => Ok(day),
        _ => Err("a day of the month is between 1 and 31, or from -31 to -1 counted from its end".to_owned()),
    }
}

/// Catches ranges that are empty in every month, as Alertmanager does; the rest is clamped month by month.
fn days(range: Spanned<(i8, i8)>, cx: &mut Cx) -> Option<DayOfMonthRange> {
    let (start, end) = range.value;
    if start < 0 && end > 0 {
        let headline = "a range that starts from the month's end has to end from there too";
        cx.push(fault(range.span, headline).help("over the month's end write two ranges, such as `-3:-1` and `1:5`"));
        return None;
    }
    let from_start = |day: i8| if day < 0 { 30 + i16::from(day) } else { i16::from(day) };
    if from_start(start) > from_start(end) {
        let headline = "the range of days ends before it starts";
        cx.push(fault(range.span, headline).help("over the month's end write two ranges, such as `25:-1` and `1:5`"));
        return None;
    }
    Some(DayOfMonthRange { start, end })
}
