//! The three notations of matchers, and their order.

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_labels::{MatchOp, Matcher, Matchers, parse_matchers};
use evenkeel_model::codes;

use crate::fields::{Cx, Fields};

/// The names of the notations: equal, pattern, list.
pub(super) type Notations = [&'static str; 3];

/// Reads all notations of one set of matchers, sorted as Alertmanager sorts them for the route key, and where each is.
pub(super) fn matchers(
    fields: &mut Fields<'_>,
    [equal, pattern, list]: Notations,
    cx: &mut Cx,
) -> (Matchers, Vec<Span>) {
    let mut found = Vec::new();
    for (name, op) in [(equal, MatchOp::Equal), (pattern, MatchOp::Regex)] {
        for (label, value) in fields.pairs(name, cx) {
            if label.value.is_empty() {
                cx.push(Diagnostic::error(codes::INVALID_MATCHER, label.span, "a matcher needs a label name"));
                continue;
            }
            if op.takes_regex() && !has_room(1, value.span, cx) {
                continue;
            }
            match Matcher::new(label.value.as_str(), op, value.value) {
                Ok(matcher) => found.push((matcher, value.span)),
                Err(error) => cx.push(Diagnostic::error(codes::INVALID_MATCHER, value.span, error.to_string())),
            }
        }
    }
    for line in fields.texts(list, cx) {
        found.extend(parsed(line.value, line.span, cx).0.into_iter().map(|matcher| (matcher, line.span)));
    }
    found.sort_by(|(a, _), (b, _)| (a.name(), a.value(), a.op()).cmp(&(b.name(), b.value(), b.op())));
    let (matchers, spans) = found.into_iter().unzip();
    (Matchers(matchers), spans)
}

/// Compiling patterns takes time, so a file may have so many.
const PATTERNS_MAX: usize = 10_000;
/// A line of matchers longer than this is refused.
const LINE_BYTES_MAX: usize = 16 << 10;

/// Whether so many more patterns may be compiled; says once when not.
fn has_room(more: usize, span: Span, cx: &mut Cx) -> bool {
    let before = cx.patterns;
    cx.patterns += more;
    if before <= PATTERNS_MAX && cx.patterns > PATTERNS_MAX {
        let headline = "the file has more than 10,000 regular expressions";
        cx.push(
            Diagnostic::error(codes::TOO_MANY_PATTERNS, span, headline).help("match with `=` where that is enough"),
        );
    }
    cx.patterns <= PATTERNS_MAX
}

/// Reads one line of matchers.
pub(crate) fn parsed(text: &str, span: Span, cx: &mut Cx) -> Matchers {
    if text.len() > LINE_BYTES_MAX {
        cx.push(Diagnostic::error(codes::INVALID_MATCHER, span, "a matcher is longer than 16 KiB"));
        return Matchers::default();
    }
    if let Some(known) = cx.matchers.get(text) {
        return known.clone();
    }
    let patterns = text.matches("=~").count() + text.matches("!~").count();
    if !has_room(patterns, span, cx) {
        return Matchers::default();
    }
    match parse_matchers(text) {
        Ok(matchers) if !matchers.0.is_empty() => {
            cx.matchers.insert(text.to_owned(), matchers.clone());
            return matchers;
        }
        Ok(_) => cx.push(Diagnostic::error(codes::INVALID_MATCHER, span, "a matcher is expected, not an empty text")),
        Err(error) => {
            let diag = Diagnostic::error(codes::INVALID_MATCHER, span, error.message.clone());
            let diag = diag.label(format!("at character {} of the matcher", column(text, error.offset)));
            let joined = joined(text.get(error.offset..).unwrap_or(""));
            cx.push(diag.help(joined.unwrap_or("write such as `severity=\"critical\"` or `team=~\"web|db\"`")));
        }
    }
    Matchers::default()
}

/// What helps somebody who joins matchers as conditions are joined elsewhere.
fn joined(rest: &str) -> Option<&'static str> {
    let word = rest.split_whitespace().next()?.to_ascii_lowercase();
    match word.as_str() {
        "and" | "&&" => Some("put a comma between matchers; all of them have to match"),
        "or" | "||" => Some("all matchers have to match; for one of several values write `label=~\"one|other\"`"),
        _ => None,
    }
}

fn column(text: &str, offset: usize) -> usize {
    text.get(..offset).map_or(0, |before| before.chars().count()) + 1
}
