//! `Recurrence`: when a rotation's shifts change, and which hours they cover.

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::codes::{INVALID_VALUE, MISSING_FIELD};
use evenkeel_model::quoted;

use super::coverage::{DAY, Hours};
use crate::object::{Object, start_of, wrong};
use crate::report::Report;

/// The days of a week as Incident Manager names them.
pub(super) const DAYS: [&str; 7] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/// When shifts change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HandOvers {
    /// At these minutes of the day.
    Daily(Vec<u16>),
    /// At these minutes of the week, which begins on Monday.
    Weekly(Vec<u16>),
    /// On these days of the month at these minutes of the day.
    Monthly(Vec<(i8, u16)>),
}

/// What `Recurrence` says.
#[derive(Debug)]
pub(super) struct Recurrence {
    pub(super) span: Span,
    pub(super) hand_overs: HandOvers,
    /// So many at once.
    pub(super) on_calls: usize,
    /// A shift lasts so many days, weeks or months.
    pub(super) multiplier: u32,
    /// `None`: always.
    pub(super) coverage: Option<Hours>,
}

/// Reads it.
pub(super) fn recurrence(mut fields: Object<'_>, report: &mut Report) -> Option<Recurrence> {
    let weekly = fields.list("WeeklySettings", report);
    let daily = fields.list("DailySettings", report);
    let monthly = fields.list("MonthlySettings", report);
    let on_calls = fields.required_whole("NumberOfOnCalls", (1, 100), report);
    let multiplier = fields.required_whole("RecurrenceMultiplier", (1, 100), report);
    let coverage = coverage(&mut fields, report);
    fields.finish(report);
    let given = [weekly, daily, monthly].iter().filter(|list| !list.is_empty()).count();
    if given != 1 {
        let headline = "a recurrence needs one of `DailySettings`, `WeeklySettings` and `MonthlySettings`";
        report.push(Diagnostic::error(MISSING_FIELD, fields.span, headline));
        return None;
    }
    let hand_overs = if !weekly.is_empty() {
        HandOvers::Weekly(sorted(weekly.iter().filter_map(|node| weekly_setting(node, report)).collect()))
    } else if !daily.is_empty() {
        HandOvers::Daily(sorted(daily.iter().filter_map(|node| time(node, "a hand-off", report)).collect()))
    } else {
        HandOvers::Monthly(sorted(monthly.iter().filter_map(|node| monthly_setting(node, report)).collect()))
    };
    Some(Recurrence {
        span: fields.span,
        hand_overs,
        on_calls: usize::try_from(on_calls?).unwrap_or(1),
        multiplier: u32::try_from(multiplier?).unwrap_or(1),
        coverage,
    })
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// `HourOfDay` and `MinuteOfHour` as a minute of the day.
fn time(node: &Node, what: &'static str, report: &mut Report) -> Option<u16> {
    let mut fields = Object::of(node, what, report)?;
    let hour = fields.required_whole("HourOfDay", (0, 23), report);
    let minute = fields.required_whole("MinuteOfHour", (0, 59), report);
    fields.finish(report);
    u16::try_from(hour? * 60 + minute?).ok()
}

fn hand_off(fields: &mut Object<'_>, report: &mut Report) -> Option<u16> {
    let node = fields.node("HandOffTime");
    if node.is_none() {
        fields.missing("HandOffTime", report);
    }
    time(node?, "a hand-off", report)
}

fn weekly_setting(node: &Node, report: &mut Report) -> Option<u16> {
    let mut fields = Object::of(node, "a weekly setting", report)?;
    let day = fields.required_text("DayOfWeek", report).and_then(|day| day_of(day.value, day.span, report));
    let minute = hand_off(&mut fields, report);
    fields.finish(report);
    Some(day? * DAY + minute?)
}

fn monthly_setting(node: &Node, report: &mut Report) -> Option<(i8, u16)> {
    let mut fields = Object::of(node, "a monthly setting", report)?;
    let day = fields.required_whole("DayOfMonth", (1, 31), report);
    let minute = hand_off(&mut fields, report);
    fields.finish(report);
    Some((i8::try_from(day?).ok()?, minute?))
}

fn day_of(name: &str, place: Span, report: &mut Report) -> Option<u16> {
    let day = (0..).zip(DAYS).find(|(_, day)| *day == name).map(|(number, _)| number);
    if day.is_none() {
        let headline = format!("no day of the week is called {}", quoted(name));
        report
            .push(Diagnostic::error(INVALID_VALUE, place, headline).help(format!("it is one of {}", DAYS.join(", "))));
    }
    day
}

fn coverage(fields: &mut Object<'_>, report: &mut Report) -> Option<Hours> {
    let days = fields.entries("ShiftCoverages", report);
    let mut hours = Hours::default();
    for (day, times) in days {
        let Some(day) = day_of(&day.value, day.span, report) else { continue };
        for node in coverage_times(times, report) {
            if let Some((start, end)) = coverage_time(node, report) {
                let length = if end > start { end - start } else { end + DAY - start };
                hours.add(day * DAY + start, length);
            }
        }
    }
    (!days.is_empty()).then_some(hours)
}

fn coverage_times<'n>(times: &'n Node, report: &mut Report) -> &'n [Node] {
    if let Value::Seq(items) = &times.value {
        return items;
    }
    report.push(wrong(times, "ShiftCoverages", "lists of times"));
    &[]
}

/// An end that is not after its start is on the day after.
fn coverage_time(node: &Node, report: &mut Report) -> Option<(u16, u16)> {
    let mut fields = Object::of(node, "a coverage time", report)?;
    let (start, end) = (fields.node("Start"), fields.node("End"));
    fields.finish(report);
    let (Some(start), Some(end)) = (start, end) else {
        let headline = "a coverage time needs `Start` and `End`";
        report.push(Diagnostic::error(MISSING_FIELD, start_of(node.span), headline));
        return None;
    };
    Some((time(start, "a start", report)?, time(end, "an end", report)?))
}
