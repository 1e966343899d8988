//! Lines of a calendar: unfolded, and taken apart into name, parameters and value.

use evenkeel_diagnostic::{SourceId, Span, Written};

use super::finding;
use crate::fields::Cx;

/// `DTSTART;TZID=Europe/Berlin:20260601T090000`.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In upper case.
    pub(super) name: String,
    /// Names in upper case, values without quotes, each with its place.
    pub(super) parameters: Vec<(String, String, Span)>,
    pub(super) value: Written,
    pub(super) span: Span,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<(&str, Span)> {
        self.parameters.iter().find(|(known, ..)| known == name).map(|(_, value, span)| (value.as_str(), *span))
    }
}

/// Reads the lines. A line that begins with a blank goes on with the one before.
pub(super) fn lines(source: SourceId, text: &str, cx: &mut Cx) -> Vec<Line> {
    let mut found = Vec::new();
    let mut folded: Option<Folded> = None;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let start = at;
        at += raw.len();
        let line = raw.trim_end_matches(['\n', '\r']);
        if let (Some(rest), Some(folded)) = (line.strip_prefix([' ', '\t']), &mut folded) {
            folded.append(rest, start + 1);
            continue;
        }
        found.extend(folded.take().and_then(|folded| folded.line(source, cx)));
        let (line, start) = match line.strip_prefix('\u{feff}') {
            Some(line) if start == 0 => (line, start + '\u{feff}'.len_utf8()),
            Some(_) | None => (line, start),
        };
        if !line.trim().is_empty() {
            folded = Some(Folded::new(line, start));
        }
    }
    found.extend(folded.and_then(|folded| folded.line(source, cx)));
    found
}

/// A line with what was folded under it.
struct Folded {
    text: String,
    start: usize,
    end: usize,
    runs: Vec<(u32, u32)>,
}

impl Folded {
    fn new(line: &str, start: usize) -> Self {
        let mut folded = Self { text: String::new(), start, end: start, runs: Vec::new() };
        folded.append(line, start);
        folded
    }

    fn append(&mut self, rest: &str, start: usize) {
        self.runs.push((offset(self.text.len()), offset(start)));
        self.text.push_str(rest);
        self.end = start + rest.len();
    }

    fn line(self, source: SourceId, cx: &mut Cx) -> Option<Line> {
        let span = Span { source, start: offset(self.start), end: offset(self.end) };
        let whole = Written::new(self.text, span, self.runs);
        let Some(colon) = outside_quotes(&whole.text, ':') else {
            cx.secrets.push(span);
            let diag = finding(span, "a line of the calendar has no `:` and is left out");
            cx.push(diag.help("write `NAME:value`; a line that is folded goes on with a blank"));
            return None;
        };
        let head = whole.text.get(..colon).unwrap_or("");
        let mut parts = head.len();
        let name_end = head.find(';').unwrap_or(parts);
        let name = head.get(..name_end).unwrap_or("").trim().to_ascii_uppercase();
        let mut parameters = Vec::new();
        let mut at = name_end + 1;
        while let Some(rest) = head.get(at..).filter(|rest| !rest.is_empty()) {
            parts = outside_quotes(rest, ';').unwrap_or(rest.len());
            let part = rest.get(..parts).unwrap_or("");
            let (parameter, value) = part.split_once('=').unwrap_or((part, ""));
            let place = whole.place(at + part.len() - value.len()..at + part.len());
            parameters.push((parameter.trim().to_ascii_uppercase(), value.trim_matches('"').to_owned(), place));
            at += parts + 1;
        }
        Some(Line { name, parameters, value: part(&whole, colon + 1), span })
    }
}

/// The rest of a text from an offset on.
fn part(whole: &Written, from: usize) -> Written {
    let text = whole.text.get(from..).unwrap_or("");
    let span = Span { start: whole.place(from..whole.text.len()).start, ..whole.span };
    let mut runs = vec![(0, span.start)];
    let mut last = span.start;
    for (at, c) in text.char_indices() {
        let place = whole.place(from + at..from + at + c.len_utf8()).start;
        let follows = runs.last().is_some_and(|(said, there)| there + (offset(at) - said) == place);
        if !follows && place > last {
            runs.push((offset(at), place));
        }
        last = place;
    }
    Written::new(text, span, runs)
}

fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut inside = false;
    text.char_indices().find_map(|(at, c)| {
        inside ^= c == '"';
        (c == wanted && !inside).then_some(at)
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
