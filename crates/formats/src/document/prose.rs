//! Texts for people, each with a bound, and words out of a list.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::codes;
use evenkeel_severity::Severity;

use crate::fields::{Cx, Fields};

/// A page has to fit into a mail, a push notice and a glance.
const TEXT_BYTES_MAX: usize = 1024;

/// Reads a text of at most a kilobyte.
pub(super) fn prose(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Box<str>> {
    let text = fields.text(name, cx)?;
    within(text, name, TEXT_BYTES_MAX, cx);
    Some(text.value.into())
}

/// Reads a list of such texts.
pub(super) fn prose_list(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Box<str>> {
    let texts = fields.texts(name, cx);
    texts.iter().for_each(|text| within(*text, name, TEXT_BYTES_MAX, cx));
    texts.iter().filter(|text| !text.value.is_empty()).map(|text| text.value.into()).collect()
}

/// Reports a text longer than `max` bytes.
pub(super) fn within(text: Spanned<&str>, name: &str, max: usize, cx: &mut Cx) {
    if text.value.len() > max {
        let headline = format!("`{name}` is longer than {} KiB", max / 1024);
        let start = Span { end: text.span.start, ..text.span };
        cx.push(Diagnostic::error(codes::TEXT_TOO_LONG, start, headline).help("shorten it, and link to the rest"));
    }
}

/// Reads a severity.
pub(super) fn severity(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Severity> {
    fields.text(name, cx).and_then(|text| severity_of(text, name, cx))
}

/// Reads a list of severities.
pub(super) fn severities(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Severity> {
    fields.texts(name, cx).into_iter().filter_map(|text| severity_of(text, name, cx)).collect()
}

fn severity_of(text: Spanned<&str>, name: &str, cx: &mut Cx) -> Option<Severity> {
    word(text, name, &Severity::ALL.map(|severity| (severity.as_str(), severity)), cx)
}

/// The value of one of the words; any other is reported.
pub(super) fn word<T: Copy>(text: Spanned<&str>, name: &str, words: &[(&str, T)], cx: &mut Cx) -> Option<T> {
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
        return Some(*value);
    }
    let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
    let headline = format!("`{name}` is none of the words that it takes");
    let diag = Diagnostic::error(codes::INVALID_VALUE, text.span, headline);
    cx.push(diag.help(format!("write one of {}", known.join(", "))));
    None
}
