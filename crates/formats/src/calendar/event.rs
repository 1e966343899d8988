//! One event.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{CalendarEvent, Text};
use evenkeel_model::{codes, quoted};
use evenkeel_time::{Duration, Recurrence, Timestamp};

use super::finding;
use super::line::Line;
use super::times::{Clock, Moment, length};
use crate::fields::Cx;

/// What is read of an event, or is of no importance and never secret; every other value may be.
const READ: [&str; 18] = [
    "BEGIN",
    "CLASS",
    "CREATED",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "LAST-MODIFIED",
    "PRIORITY",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "UID",
];

/// Reads an event from its lines, the first being its `BEGIN`; `None` when nobody can say when it is.
pub(super) fn event(lines: &[Line], clock: &mut Clock, cx: &mut Cx) -> Option<CalendarEvent> {
    let begin = lines.first()?;
    let unread = lines.iter().filter(|line| !READ.contains(&line.name.as_str()));
    cx.secrets.extend(unread.map(|line| line.value.span));
    let line = |name: &str| lines.iter().find(|line| line.name == name);
    let Some(starts) = line("DTSTART") else {
        let diag = finding(begin.span, "an event has no `DTSTART`, so it never takes place");
        cx.push(diag.help("write when it begins, such as `DTSTART;TZID=Europe/Berlin:20261224T180000`"));
        return None;
    };
    let start = clock.moment(starts, cx)?;
    let mut each = |name: &str, cx: &mut Cx| -> Vec<Timestamp> {
        let listed = lines.iter().filter(|line| line.name == name);
        listed.flat_map(|line| clock.each(line, cx)).map(|moment| moment.instant()).collect()
    };
    let (also, except) = (each("RDATE", cx), each("EXDATE", cx));
    let replaces = each("RECURRENCE-ID", cx).pop();
    let end = end(starts, &start, line("DTEND"), line("DURATION"), clock, cx);
    Some(CalendarEvent {
        span: begin.span,
        uid: line("UID").map(text),
        summary: line("SUMMARY").map(text),
        starts: Spanned::new(start.wall, starts.value.span),
        start: start.instant(),
        end,
        zone: start.zone,
        recurrence: line("RRULE").and_then(|line| recurrence(line, cx)),
        also,
        except,
        replaces,
        cancelled: line("STATUS").is_some_and(|line| line.value.text.trim().eq_ignore_ascii_case("CANCELLED")),
    })
}

/// When it ends; a day without an end is a whole day.
fn end(
    starts: &Line,
    start: &Moment,
    ends: Option<&Line>,
    lasts: Option<&Line>,
    clock: &mut Clock,
    cx: &mut Cx,
) -> Timestamp {
    let begin = start.instant();
    let (end, place) = if let Some(line) = ends {
        let Some(end) = clock.moment(line, cx) else { return begin };
        (end.instant(), line.value.span)
    } else if let Some(line) = lasts {
        let Some(length) = length(&line.value.text) else {
            let headline = format!("`DURATION` is no length of time: {}", quoted(&line.value.text));
            cx.push(finding(line.value.span, headline).help("write it as `PT1H30M`, `P1D` or `P2W`"));
            return begin;
        };
        (begin + length, line.value.span)
    } else if start.is_day {
        (begin + Duration::hours(24), starts.value.span)
    } else {
        (begin, starts.value.span)
    };
    if end < begin {
        let diag = finding(place, "an event ends before it begins").related(starts.value.span, "begins here");
        cx.push(diag.help("swap the two, or correct the year"));
    } else if end == begin {
        let headline = "an event takes no time, so it opens and closes nothing";
        let diag = Diagnostic::finding(codes::ZERO_LENGTH_EVENT, place, headline);
        cx.push(diag.help("give it a `DTEND` after its `DTSTART`, or a `DURATION` such as `PT1H`"));
    }
    end.max(begin)
}

fn recurrence(line: &Line, cx: &mut Cx) -> Option<Spanned<Recurrence>> {
    match line.value.text.parse() {
        Ok(rule) => Some(Spanned::new(rule, line.value.span)),
        Err(fault) => {
            let place = line.value.place(fault.place);
            cx.push(finding(place, fault.message).help("until it is mended the event takes place once only"));
            None
        }
    }
}

/// A text without its escapes.
fn text(line: &Line) -> Text {
    let mut plain = String::with_capacity(line.value.text.len());
    let mut chars = line.value.text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            (c, false) => plain.push(c),
        }
    }
    Spanned::new(plain.into(), line.value.span)
}
