//! Labels and annotations of rules.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::Text;
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, Fields};

/// The label that a metric's name is.
const NAME: &str = "__name__";

/// Reads labels.
pub(super) fn labels(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<(Text, Text)> {
    let pairs = texts(fields, name, cx);
    for (label, _) in &pairs {
        check(label, "label", cx);
        if label.value.as_ref() == NAME {
            let diag = Diagnostic::error(codes::INVALID_RULE, label.span, "a rule cannot set the label `__name__`");
            cx.push(diag.help("the name is what `alert` or `record` says"));
        }
    }
    pairs
}

/// Reads annotations.
pub(super) fn annotations(fields: &mut Fields<'_>, cx: &mut Cx) -> Vec<(Text, Text)> {
    let pairs = texts(fields, "annotations", cx);
    pairs.iter().for_each(|(name, _)| check(name, "annotation", cx));
    pairs
}

/// Adds the group's labels that a rule does not set itself.
pub(super) fn inherit(own: &mut Vec<(Text, Text)>, group: &[(Text, Text)]) {
    let set = own.len();
    for (name, value) in group {
        if !own.iter().take(set).any(|(known, _)| known.value == name.value) {
            own.push((name.clone(), value.clone()));
        }
    }
}

/// Reads a mapping of texts.
pub(super) fn texts(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<(Text, Text)> {
    let owned = |text: &str, span: Span| Spanned::new(Box::from(text), span);
    let pairs = fields.pairs(name, cx);
    pairs.into_iter().map(|(key, value)| (owned(&key.value, key.span), owned(value.value, value.span))).collect()
}

fn check(name: &Text, what: &str, cx: &mut Cx) {
    if name.is_empty() {
        cx.push(Diagnostic::error(codes::INVALID_RULE, name.span, format!("a rule has a nameless {what}")));
    } else if !is_plain(name, false) {
        non_portable(name, what, cx);
    }
}

/// Reports a name that only newer versions take.
pub(super) fn non_portable(name: &Text, what: &str, cx: &mut Cx) {
    let headline = format!("the {what} name {} is refused by Prometheus before version 3", quoted(name));
    let diag = Diagnostic::finding(codes::NON_PORTABLE_NAME, name.span, headline);
    cx.push(diag.help("use letters, digits and `_` only, and no digit at the beginning"));
}

/// Whether a name is made as all versions take it.
pub(super) fn is_plain(name: &str, colons: bool) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_' || (colons && c == ':');
    name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}
