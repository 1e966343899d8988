//! What is said about a mapping's fields: missing, without effect, exclusive, unknown.

use evenkeel_diagnostic::{Code, Diagnostic, Span};
use evenkeel_model::{codes, quoted};

use super::{Cx, Fields, nearest};
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

    /// Reports a list that is not there or empty; what is of a wrong type is reported already.
    pub(crate) fn require_items(&mut self, name: &'static str, cx: &mut Cx) {
        match self.node(name) {
            None => self.missing(name, cx),
            Some(node) if is_off(node) => {
                cx.push(Diagnostic::error(codes::MISSING_FIELD, node.span, format!("`{name}` cannot be empty")));
            }
            Some(_) => {}
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
            cx.push(diag.related(first.span, "the other one"));
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
        let unknown = self.entries.iter().filter(|(key, _)| !self.known.contains(&key.value.as_str()));
        for (key, node) in unknown.clone().take(UNKNOWN_REPORTED_MAX) {
            cx.blank(node);
            let headline = format!("{} has no field {}", self.what, quoted(&key.value));
            let diag = report(code, key.span, headline);
            cx.push(match nearest(&key.value, self.known.iter().copied()) {
                Some(name) => diag.help(format!("did you mean `{name}`?")),
                None => diag,
            });
        }
        unknown.skip(UNKNOWN_REPORTED_MAX).for_each(|(_, node)| cx.blank(node));
    }
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
