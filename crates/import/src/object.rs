//! Reading a foreign object field by field: names count without regard to case, since the same API is printed as
//! `ContactArn` and `contactArn`; what nobody asked for is a finding.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::codes::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use evenkeel_model::quoted;

use crate::report::Report;

/// Unknown fields of one object beyond these are not reported one by one.
const UNKNOWN_REPORTED_MAX: usize = 20;

/// An object being read.
#[derive(Debug)]
pub(crate) struct Object<'n> {
    /// What it is, with its article: `a contact`.
    what: &'static str,
    pub(crate) span: Span,
    entries: &'n [(Spanned<String>, Node)],
    known: Vec<&'static str>,
}

impl<'n> Object<'n> {
    /// Takes a node that has to be an object.
    pub(crate) fn of(node: &'n Node, what: &'static str, report: &mut Report) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let headline = format!("{what} has to be an object, not {}", node.sort());
            report.push(Diagnostic::error(WRONG_TYPE, start_of(node.span), headline));
            return None;
        };
        Some(Self { what, span: start_of(node.span), entries, known: Vec::new() })
    }

    /// The field's value, if it is there and not `null`.
    pub(crate) fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        field(self.entries, name)
    }

    /// Text that is not empty.
    pub(crate) fn text(&mut self, name: &'static str, report: &mut Report) -> Option<Spanned<&'n str>> {
        let node = self.node(name)?;
        text_of(node, name, report).filter(|text| !text.value.is_empty())
    }

    /// Text that has to be there.
    pub(crate) fn required_text(&mut self, name: &'static str, report: &mut Report) -> Option<Spanned<&'n str>> {
        let text = self.text(name, report);
        if self.node(name).is_none_or(|node| node.as_text() == Some("")) {
            self.missing(name, report);
        }
        text
    }

    /// A whole number of a range; the field is there and something else: an error.
    pub(crate) fn whole(
        &mut self,
        name: &'static str,
        (min, max): (u64, u64),
        report: &mut Report,
    ) -> Option<Spanned<u64>> {
        let node = self.node(name)?;
        let Value::Int(number, _) = &node.value else {
            report.push(wrong(node, name, "a whole number"));
            return None;
        };
        let value = u64::try_from(*number).ok().filter(|value| (min..=max).contains(value));
        if value.is_none() {
            let headline = format!("`{name}` has to be between {min} and {max}");
            report.push(Diagnostic::error(INVALID_VALUE, node.span, headline));
        }
        value.map(|value| Spanned::new(value, node.span))
    }

    /// A whole number of a range that has to be there.
    pub(crate) fn required_whole(&mut self, name: &'static str, range: (u64, u64), report: &mut Report) -> Option<u64> {
        if self.node(name).is_none() {
            self.missing(name, report);
        }
        self.whole(name, range, report).map(|number| number.value)
    }

    pub(crate) fn boolean(&mut self, name: &'static str, report: &mut Report) -> Option<Spanned<bool>> {
        let node = self.node(name)?;
        if let Value::Bool(value) = node.value {
            return Some(Spanned::new(value, node.span));
        }
        report.push(wrong(node, name, "`true` or `false`"));
        None
    }

    /// The items of a list; none when it is not there.
    pub(crate) fn list(&mut self, name: &'static str, report: &mut Report) -> &'n [Node] {
        match self.node(name) {
            None => &[],
            Some(Node { value: Value::Seq(items), .. }) => items,
            Some(node) => {
                report.push(wrong(node, name, "a list"));
                &[]
            }
        }
    }

    /// The items of a list of texts.
    pub(crate) fn texts(&mut self, name: &'static str, report: &mut Report) -> Vec<Spanned<&'n str>> {
        self.list(name, report).iter().filter_map(|item| text_of(item, name, report)).collect()
    }

    pub(crate) fn object(&mut self, name: &'static str, what: &'static str, report: &mut Report) -> Option<Self> {
        let node = self.node(name)?;
        Self::of(node, what, report)
    }

    /// The entries of a mapping; none when it is not there.
    pub(crate) fn entries(&mut self, name: &'static str, report: &mut Report) -> &'n [(Spanned<String>, Node)] {
        match self.node(name) {
            None => &[],
            Some(Node { value: Value::Map(entries), .. }) => entries,
            Some(node) => {
                report.push(wrong(node, name, "an object"));
                &[]
            }
        }
    }

    /// Reports that a field is not there.
    pub(crate) fn missing(&self, name: &str, report: &mut Report) {
        report.push(Diagnostic::error(MISSING_FIELD, self.span, format!("{} needs `{name}`", self.what)));
    }

    /// Fields that say nothing here.
    pub(crate) fn ignore(&mut self, names: &[&'static str]) {
        self.known.extend(names);
    }

    /// Reports the fields that nobody asked for.
    pub(crate) fn finish(&self, report: &mut Report) {
        let known = |key: &str| self.known.iter().any(|name| name.eq_ignore_ascii_case(key));
        let unknown = self.entries.iter().filter(|(key, node)| node.value != Value::Null && !known(&key.value));
        for (key, _) in unknown.take(UNKNOWN_REPORTED_MAX) {
            let headline = format!("{} has a field {} that is not known here", self.what, quoted(&key.value));
            report.push(Diagnostic::finding(UNKNOWN_FIELD, key.span, headline).help("it is left out"));
        }
    }
}

/// The value of a field, if it is there and not `null`.
pub(crate) fn field<'n>(entries: &'n [(Spanned<String>, Node)], name: &str) -> Option<&'n Node> {
    let (_, node) = entries.iter().find(|(key, _)| key.value.eq_ignore_ascii_case(name))?;
    (node.value != Value::Null).then_some(node)
}

fn text_of<'n>(node: &'n Node, name: &str, report: &mut Report) -> Option<Spanned<&'n str>> {
    let text = match &node.value {
        Value::String(text) => Some(text.as_ref()),
        Value::Null | Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::Seq(_) | Value::Map(_) => None,
    };
    if text.is_none() {
        report.push(wrong(node, name, "text"));
    }
    text.map(|text| Spanned::new(text, node.span))
}

pub(crate) fn wrong(node: &Node, name: &str, wanted: &str) -> Diagnostic {
    let headline = format!("{} has to be {wanted}, not {}", quoted(name), node.sort());
    Diagnostic::error(WRONG_TYPE, start_of(node.span), headline)
}

/// Where something begins: a place to point at that shows none of it.
pub(crate) fn start_of(span: Span) -> Span {
    Span { end: span.start, ..span }
}
