//! Change calendars in iCalendar.
//!
//! Source: RFC 5545. Calendars come out of many programs, so what can be read is read: a fault in one event is a finding,
//! and the other events stand. An error is only what is no calendar, or one that was cut off, since nobody knows what is
//! missing. Components are counted, not descended into, so that nesting costs nothing.

mod event;
mod line;
mod times;
mod zones;

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::document::{CalendarDocument, Documents};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, nearest};
use line::{Line, lines};
use times::Clock;

/// Reads one calendar file.
pub(crate) fn calendar(source: SourceId, path: &str, text: &str, out: &mut Documents, cx: &mut Cx) {
    let mut reader = Reader { path, open: Vec::new(), calendar: None, out };
    for line in lines(source, text, cx) {
        reader.take(line, cx);
    }
    reader.end(Span { source, start: 0, end: 0 }, cx);
}

/// What a fault in a calendar is called.
fn finding(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::finding(codes::INVALID_CALENDAR, span, headline)
}

fn error(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::INVALID_CALENDAR, span, headline)
}

struct Reader<'o> {
    path: &'o str,
    /// The components that have begun and not ended, outermost first, each with its `BEGIN`.
    open: Vec<(String, Span)>,
    calendar: Option<Raw>,
    out: &'o mut Documents,
}

/// A calendar while it is read.
struct Raw {
    span: Span,
    properties: Vec<Line>,
    /// The lines of each event, the first being its `BEGIN`.
    events: Vec<Vec<Line>>,
    /// What zones of the calendar's own are called elsewhere, by `TZID`.
    zones: Vec<(String, String)>,
    zone_id: Option<String>,
}

/// Deeper than this nothing is nested that anybody means.
const DEPTH_MAX: usize = 64;

impl Reader<'_> {
    fn take(&mut self, line: Line, cx: &mut Cx) {
        match line.name.as_str() {
            "BEGIN" => self.begin(line, cx),
            "END" => self.close(&line, cx),
            _ => self.property(line, cx),
        }
    }

    fn begin(&mut self, line: Line, cx: &mut Cx) {
        let name = line.value.text.trim().to_ascii_uppercase();
        if self.open.len() >= DEPTH_MAX {
            self.fail(error(line.span, "components are nested more than 64 deep"), cx);
            return;
        }
        let span = line.span;
        match (self.open.len(), name.as_str()) {
            (0, "VCALENDAR") => {
                let (properties, events, zones) = (Vec::new(), Vec::new(), Vec::new());
                self.calendar = Some(Raw { span, properties, events, zones, zone_id: None });
            }
            (0, _) => {
                let headline = format!("the component {} stands in no calendar", quoted(&name));
                cx.push(finding(span, headline).help("put it between `BEGIN:VCALENDAR` and `END:VCALENDAR`"));
            }
            (1, "VEVENT") => self.calendar.iter_mut().for_each(|raw| raw.events.push(vec![line.clone()])),
            (1, "VTIMEZONE") => self.calendar.iter_mut().for_each(|raw| raw.zone_id = None),
            _ => {}
        }
        self.open.push((name, span));
    }

    fn close(&mut self, line: &Line, cx: &mut Cx) {
        let name = line.value.text.trim().to_ascii_uppercase();
        match self.open.last() {
            Some((open, _)) if *open == name => {}
            Some((open, begin)) => {
                let headline = format!("{} ends inside {}", quoted(&name), quoted(open));
                let diag = error(line.span, headline).related(*begin, "begins here and does not end before");
                let diag = diag.help("export the calendar again: lines are missing, or in the wrong order");
                self.fail(diag, cx);
                return;
            }
            None => {
                let diag = error(line.span, format!("{} ends and has not begun", quoted(&name)));
                self.fail(diag.help("export the calendar again: its beginning is missing"), cx);
                return;
            }
        }
        self.open.pop();
        if self.open.is_empty()
            && let Some(raw) = self.calendar.take()
        {
            let calendar = finished(raw, self.path, cx);
            self.out.calendars.push(calendar);
        }
    }

    fn property(&mut self, line: Line, cx: &mut Cx) {
        let Some(raw) = &mut self.calendar else {
            cx.secrets.push(line.value.span);
            return;
        };
        let names: Vec<&str> = self.open.iter().map(|(name, _)| name.as_str()).collect();
        match (names.as_slice(), line.name.as_str()) {
            ([_], _) => raw.properties.push(line),
            ([_, "VEVENT"], _) => {
                raw.events.iter_mut().next_back().into_iter().for_each(|lines| lines.push(line.clone()))
            }
            ([_, "VTIMEZONE"], "TZID") => raw.zone_id = Some(line.value.text.to_string()),
            ([_, "VTIMEZONE"], "X-LIC-LOCATION") => {
                let id = raw.zone_id.clone();
                raw.zones.extend(id.map(|id| (id, line.value.text.to_string())));
            }
            ([_, "VTIMEZONE", ..], _) => {}
            _ => cx.secrets.push(line.value.span),
        }
    }

    /// What is left cannot be told apart any more: it is not read.
    fn fail(&mut self, diag: Diagnostic, cx: &mut Cx) {
        let said = cx.diags.iter().any(Diagnostic::blocks);
        if !said {
            cx.push(diag);
        }
        self.out.incomplete = true;
    }

    fn end(&mut self, start: Span, cx: &mut Cx) {
        if let Some((name, begin)) = self.open.last() {
            let headline = format!("the file ends in the middle of {}", quoted(name));
            let diag = error(*begin, headline).label("does not end");
            self.fail(diag.help("export the calendar again: its end is missing"), cx);
        } else if self.out.calendars.iter().all(|calendar| calendar.span.source != start.source) {
            let diag = error(start, "the file is no calendar: there is no `BEGIN:VCALENDAR` in it");
            self.fail(diag.help("export it as iCalendar, or give it another ending than `.ics`"), cx);
        }
    }
}

fn finished(raw: Raw, path: &str, cx: &mut Cx) -> CalendarDocument {
    let mut clock = Clock::new(raw.zones);
    let mut default_closed = false;
    for line in &raw.properties {
        match line.name.as_str() {
            "X-CALENDAR-TYPE" => default_closed = is_closed(line, cx),
            "X-WR-TIMEZONE" => clock.default_to(line, cx),
            "VERSION" | "PRODID" | "CALSCALE" | "METHOD" | "X-CALENDAR-CMEVENTS" => {}
            _ => cx.secrets.push(line.value.span),
        }
    }
    let events = raw.events.into_iter().filter_map(|lines| event::event(&lines, &mut clock, cx)).collect();
    CalendarDocument { path: path.into(), span: raw.span, default_closed, events }
}

const TYPES: [&str; 2] = ["DEFAULT_OPEN", "DEFAULT_CLOSED"];

fn is_closed(line: &Line, cx: &mut Cx) -> bool {
    let word = line.value.text.trim();
    if !TYPES.contains(&word) {
        let headline = format!("`X-CALENDAR-TYPE` is none of the words that it takes: {}", quoted(word));
        let diag = finding(line.value.span, headline);
        cx.push(match nearest(word, TYPES) {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help("write `DEFAULT_OPEN` or `DEFAULT_CLOSED`; it is read as `DEFAULT_OPEN`"),
        });
    }
    word == "DEFAULT_CLOSED"
}
