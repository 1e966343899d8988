//! The parser's events, reduced to what a tree needs, with the limits that hold while reading.

use std::borrow::Cow;

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::codes;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Tag};

use super::{DEPTH_MAX, continued};

/// A text larger than this is not parsed.
pub const BYTES_MAX: usize = 4 << 20;
/// A file with more values than this is refused.
pub const NODES_MAX: usize = 500_000;

/// One event.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Zero: none. On an alias: which one is meant.
    pub(super) anchor: u32,
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// A scalar that says by its notation that it is text.
    Text(Cow<'a, str>),
    /// A plain scalar, which may be a number, a boolean or nothing.
    Plain(Cow<'a, str>),
    Seq,
    SeqEnd,
    Map,
    MapEnd,
    Alias,
    /// A document ends.
    End,
}

/// Why a text cannot be read to its end.
pub(super) struct Stop {
    pub(super) diag: Box<Diagnostic>,
    /// Whether it is a line of quoted text that begins too far left, and where that line's text begins.
    pub(super) too_far_left: Option<usize>,
}

impl From<Diagnostic> for Stop {
    fn from(diag: Diagnostic) -> Self {
        Self { diag: Box::new(diag), too_far_left: None }
    }
}

/// Reads a whole text, or says why that cannot be done.
pub(super) fn steps(source: SourceId, text: &str) -> Result<Vec<Step<'_>>, Box<Diagnostic>> {
    if text.len() > BYTES_MAX {
        let start = Span { source, start: 0, end: 0 };
        let diag = Diagnostic::error(codes::FILE_TOO_LARGE, start, "the file is larger than 4 MiB");
        return Err(Box::new(diag.help("split it, or keep what is not about operations elsewhere")));
    }
    match strict(source, text) {
        Err(Stop { diag, too_far_left: Some(at) }) => continued::steps(source, text, at).ok_or(diag),
        read => read.map_err(|stop| stop.diag),
    }
}

/// Reads a text as strictly as the parser does.
pub(super) fn strict(source: SourceId, text: &str) -> Result<Vec<Step<'_>>, Stop> {
    let place = |start: usize, end: usize| Span { source, start: offset(start), end: offset(end) };
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH_MAX + 1;
    options.block_nesting_limit = DEPTH_MAX + 1;
    let mut steps = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_else(|| byte_of(text, error.marker().index()));
            let too_far_left = (*error.kind() == ErrorKind::InvalidQuotedScalarIndent).then_some(at);
            Stop { diag: Box::new(fault(source, text, at, &error)), too_far_left }
        })?;
        let range =
            span.byte_range().unwrap_or_else(|| byte_of(text, span.start.index())..byte_of(text, span.end.index()));
        let Some((kind, anchor)) = step(event) else { continue };
        let end = end_of_text(text, range.start, range.end);
        steps.push(Step { kind, start: offset(range.start), end: offset(end), anchor: offset(anchor) });
        if steps.len() > NODES_MAX {
            let at = place(range.start, range.start);
            let diag = Diagnostic::error(codes::FILE_TOO_LARGE, at, "the file has more than 500,000 values");
            return Err(diag.help("split it into several files").into());
        }
    }
    Ok(steps)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the parser's list is open: what is no value is skipped")]
fn step<'a>(event: Event<'a>) -> Option<(Kind<'a>, usize)> {
    Some(match event {
        Event::Scalar(text, style, anchor, tag) if is_plain(style, tag.as_deref()) => (Kind::Plain(text), anchor),
        Event::Scalar(text, _, anchor, _) => (Kind::Text(text), anchor),
        Event::SequenceStart(_, anchor, _) => (Kind::Seq, anchor),
        Event::MappingStart(_, anchor, _) => (Kind::Map, anchor),
        Event::SequenceEnd => (Kind::SeqEnd, 0),
        Event::MappingEnd => (Kind::MapEnd, 0),
        Event::Alias(anchor) => (Kind::Alias, anchor),
        Event::DocumentEnd => (Kind::End, 0),
        _ => return None,
    })
}

/// Any tag but those of numbers, booleans and nothing makes text, as `!!str 12` does.
fn is_plain(style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let typed = |tag: &Tag| matches!(tag.core_suffix(), Some("int" | "float" | "bool" | "null"));
    style == ScalarStyle::Plain && tag.is_none_or(typed)
}

/// Block scalars reach to the next value; their place ends with their last line's text.
fn end_of_text(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(end, |written| start + written.trim_end().len())
}

fn fault(source: SourceId, text: &str, at: usize, error: &ScanError) -> Diagnostic {
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        let span = Span { source, start: offset(at), end: offset(at) };
        return Diagnostic::error(codes::TOO_DEEP, span, "values are nested more than 64 deep")
            .help("nothing that is read here is nested so deep: look for a bracket too many");
    }
    syntax_error(source, text, at, &error.info())
}

fn syntax_error(source: SourceId, text: &str, at: usize, info: &str) -> Diagnostic {
    // The parser names the value that a tab broke; people need the tab.
    let tab = text.get(at..).filter(|_| info.contains("tab")).and_then(|rest| rest.find('\t'));
    let at = at + tab.unwrap_or(0);
    let span = Span { source, start: offset(at), end: offset(at) };
    let line = text.get(..at).unwrap_or("").rsplit('\n').next().unwrap_or("");
    let message = info.lines().next().unwrap_or("").trim_end_matches('.');
    let diag = Diagnostic::error(codes::YAML_SYNTAX, span, format!("not YAML: {message}"));
    let starts_with_tab = text.get(at..).is_some_and(|rest| rest.starts_with('\t'));
    if line.trim().is_empty() && (starts_with_tab || line.contains('\t')) {
        diag.help("indent with spaces, a tab is no indentation in YAML")
    } else if text.get(at..).is_some_and(|rest| rest.starts_with(':')) && has_text_before(line) {
        diag.help("put a text with a colon in it into quotes")
    } else {
        diag
    }
}

/// Whether a colon here is the second of its line, and nothing but a text can have been meant.
fn has_text_before(line: &str) -> bool {
    let value = line.split_once(": ").map(|(_, value)| value.trim_start());
    value.is_some_and(|value| value.starts_with(char::is_alphanumeric))
}

fn byte_of(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
