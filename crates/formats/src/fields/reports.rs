//! What is said about a mapping's fields: missing, without effect, exclusive, unknown.

use evenkeel_diagnostic::{Code, Diagnostic, Span};
use evenkeel_model::{codes, quoted};

use super::{Cx, Entries, Fields, nearest};
use crate::yaml::{Node, Value};

/// Unknown fields of one mapping beyond these are not reported one by one.
const UNKNOWN_REPORTED_MAX: usize = 20;
impl Fields<'_> {
    /// Reports that a field is not there.
    pub(crate) fn missing(&self, name: &str, cx: &mut Cx) {
        let start = Span { end: self.span.start, ..self.span };
        cx.push(Diagnostic::error(codes::MISSING_FIELD, start, format!("{} needs `{name}`", self.what)));
    }

    /// Reports a field that is not there or empty; one that is of a wrong type is reported already.
    pub(crate) fn require(&mut self, name: &'static str, cx: &mut Cx) {
        if self.node(name).is_none_or(|node| node.as_text() == Some("")) {
            self.missing(name, cx);
        }
    }

    /// Reports settings that are accepted and do nothing; their values are blanked, since nothing depends on them.
    pub(crate) fn not_used(&mut self, names: &[&'static str], cx: &mut Cx) {
        for name in names {
            let Some((key, node)) = self.entry(name) else { continue };
            cx.blank(node);
            if !is_off(node) {
                let headline = format!("`{name}` has no effect here");
                cx.push(
                    Diagnostic::finding(codes::SETTING_NOT_USED, key, headline)
                        .help("remove it, or leave it for Alertmanager"),
                );
            }
        }
    }

    /// Accepts settings without a word; their values are blanked, since nothing depends on them.
    pub(crate) fn ignored(&mut self, names: &[&'static str], cx: &mut Cx) {
        names.iter().for_each(|name| {
            if let Some(node) = self.node(name) {
                cx.blank(node);
            }
        });
    }

    /// Reports two fields of which only one may be there.
    pub(crate) fn at_most_one(&self, one: &str, other: &str, cx: &mut Cx) {
        let place = |name: &str| self.entries.iter().find(|(key, node)| key.value == name && node.value != Value::Null);
        if let (Some((first, _)), Some((second, _))) = (place(one), place(other)) {
            let headline = format!("`{one}` and `{other}` exclude each other");
            let diag = Diagnostic::error(codes::CONFLICTING_FIELDS, second.span, headline);
            self.say(diag.related(first.span, "the other one"), cx);
        }
    }

    /// Reports the fields that nobody asked for.
    pub(crate) fn finish(&self, cx: &mut Cx) {
        self.report_unknown(Diagnostic::error, codes::UNKNOWN_FIELD, cx);
    }

    /// Reports the fields of another tool's file that the tool does not have; its newer versions may, so none blocks.
    pub(crate) fn finish_foreign(&self, cx: &mut Cx) {
        self.report_unknown(Diagnostic::finding, codes::UNKNOWN_FOREIGN_FIELD, cx);
    }

    fn report_unknown(&self, report: fn(Code, Span, String) -> Diagnostic, code: Code, cx: &mut Cx) {
        unknown_fields(self.what, self.entries, &self.known, report, code, cx);
    }
}

/// Reports the fields of a mapping that are not known, with what was probably meant.
pub(crate) fn unknown_fields(
    what: &str,
    entries: &Entries,
    known: &[&'static str],
    report: fn(Code, Span, String) -> Diagnostic,
    code: Code,
    cx: &mut Cx,
) {
    let unknown = entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str()));
    for (key, node) in unknown.clone().take(UNKNOWN_REPORTED_MAX) {
        cx.blank(node);
        let headline = format!("{what} has no field {}", quoted(&key.value));
        let diag = report(code, key.span, headline);
        cx.push(match nearest(&key.value, known.iter().copied()) {
            Some(name) => diag.help(format!("did you mean `{name}`?")),
            None => diag,
        });
    }
    unknown.skip(UNKNOWN_REPORTED_MAX).for_each(|(_, node)| cx.blank(node));
}

/// A value that asks for nothing.
fn is_off(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) | Value::Int(0, _) => true,
        Value::String(text) => text.is_empty(),
        Value::Seq(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(true) | Value::Int(..) | Value::Float(..) => false,
    }
}
