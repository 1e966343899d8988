//! `shift`: how long a turn lasts.

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::{Shift, codes};

use super::prose::word;
use crate::fields::{Cx, Fields};
use crate::yaml::Value;

/// The words for what nearly everybody has.
const WORDS: [(&str, Shift); 2] = [("daily", Shift::Days(1)), ("weekly", Shift::Weeks(1))];
/// Longer turns are no rotation.
const YEAR_HOURS: u64 = 366 * 24;

/// Reads it; a week unless written.
pub(super) fn shift(fields: &mut Fields<'_>, cx: &mut Cx) -> Shift {
    let weekly = Shift::Weeks(1);
    match fields.node("shift").map(|node| &node.value) {
        None => weekly,
        Some(Value::String(_)) => {
            fields.text("shift", cx).and_then(|text| word(text, "shift", &WORDS, cx)).unwrap_or(weekly)
        }
        Some(_) => fields.mapping("shift", "`shift`", cx).and_then(|fields| counted(fields, cx)).unwrap_or(weekly),
    }
}

fn counted(mut fields: Fields<'_>, cx: &mut Cx) -> Option<Shift> {
    let hours = count(&mut fields, "hours", YEAR_HOURS, cx).map(Shift::Hours);
    let days = count(&mut fields, "days", YEAR_HOURS / 24, cx).map(Shift::Days);
    let weeks = count(&mut fields, "weeks", YEAR_HOURS / 24 / 7, cx).map(Shift::Weeks);
    let given = ["hours", "days", "weeks"].into_iter().filter(|name| fields.node(name).is_some()).count();
    if given != 1 {
        let start = Span { end: fields.span.start, ..fields.span };
        let diag = Diagnostic::error(codes::INVALID_VALUE, start, "`shift` is one of hours, days and weeks");
        cx.push(diag.help("write `{ hours: 12 }`, `{ days: 1 }` or `{ weeks: 1 }`"));
    }
    fields.finish(cx);
    hours.or(days).or(weeks)
}

fn count(fields: &mut Fields<'_>, name: &'static str, max: u64, cx: &mut Cx) -> Option<u32> {
    let count = fields.whole(name, u64::from(u32::MAX), cx)?;
    if !(1..=max).contains(&count) {
        let span = fields.node(name).map_or(fields.span, |node| node.span);
        let headline = format!("`{name}` has to be between 1 and {max}");
        cx.push(Diagnostic::error(codes::INVALID_VALUE, span, headline));
        return None;
    }
    u32::try_from(count).ok()
}
