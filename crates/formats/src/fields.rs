//! Reading a mapping field by field: every access names a field that may be there; [`Fields::finish`] reports the rest.
//!
//! A field that is there and empty counts as absent, as in the field's own parsers. What is of a wrong type is
//! reported and counts as absent too. Messages never show a value, since any of them may be a secret.
//!
//! Our own documents are read by a table ([`Record`]): what is wrong with them was said when they were held against it,
//! so nothing is reported here a second time.

#[cfg(test)]
pub(crate) mod asked;
mod declared;
mod reports;

pub(crate) use declared::Item;
pub(crate) use reports::unknown_fields;

use std::collections::HashMap;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, did_you_mean};
use evenkeel_labels::Matchers;
use evenkeel_model::{codes, quoted};
use evenkeel_time::Duration;

use crate::shape::Record;
use crate::yaml::{Node, Value};

/// The entries of a mapping, in the order of the file.
pub(crate) type Entries = [(Spanned<String>, Node)];

/// What a reading of one file collects besides documents.
#[derive(Debug, Default)]
pub(crate) struct Cx {
    pub(crate) diags: Vec<Diagnostic>,
    /// Values that others may read otherwise.
    pub(crate) traps: Vec<Diagnostic>,
    /// Places of secret values.
    pub(crate) secrets: Vec<Span>,
    /// How many regular expressions were compiled.
    pub(crate) patterns: usize,
    /// How many templates were filled in.
    pub(crate) templates: usize,
    /// Lines of matchers read before: the same few patterns come back all over a routing tree.
    pub(crate) matchers: HashMap<String, Matchers>,
}

impl Cx {
    pub(crate) fn push(&mut self, diag: Diagnostic) {
        self.diags.push(diag);
    }

    /// Every value at and below the node is secret.
    pub(crate) fn blank(&mut self, node: &Node) {
        let mut scalars = Vec::new();
        node.scalars(&mut scalars);
        self.secrets.extend(scalars.iter().map(|scalar| scalar.span));
    }
}

/// Longer names are not compared with known ones.
const NAME_COMPARED_BYTES_MAX: usize = 64;

/// The known name that a wrong one was probably meant to be.
pub(crate) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > NAME_COMPARED_BYTES_MAX { None } else { did_you_mean(wrong, known) }
}

/// A mapping being read.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    /// What it is, with its article: `a route`.
    what: &'static str,
    pub(crate) span: Span,
    entries: &'n Entries,
    known: Vec<&'static str>,
    /// Our own declaration of it, which it was held against before.
    record: Option<&'static Record>,
}

impl<'n> Fields<'n> {
    /// Takes a node that has to be a mapping.
    pub(crate) fn of(node: &'n Node, what: &'static str, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let headline = format!("{what} has to be a mapping, not {}", node.sort());
            cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
            return None;
        };
        Some(Self { what, span: node.span, entries, known: Vec::new(), record: None })
    }

    /// The field's key and value, if it is there and not empty.
    pub(crate) fn entry(&mut self, name: &'static str) -> Option<(Span, &'n Node)> {
        self.note(name, "entry");
        self.known.push(name);
        let (key, node) = self.entries.iter().find(|(key, _)| key.value == name)?;
        (node.value != Value::Null).then_some((key.span, node))
    }

    pub(crate) fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// Text that is not empty.
    pub(crate) fn text(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        self.any_text(name, cx).filter(|text| !text.value.is_empty())
    }

    /// Text, empty or not.
    pub(crate) fn any_text(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        self.note(name, "text");
        let node = self.node(name)?;
        self.text_of(node, name, cx)
    }

    /// Text whose place is remembered as a secret's.
    pub(crate) fn secret(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        self.note(name, "text");
        let node = self.node(name)?;
        cx.blank(node);
        self.text_of(node, name, cx).filter(|text| !text.value.is_empty())
    }

    pub(crate) fn boolean(&mut self, name: &'static str, cx: &mut Cx) -> Option<bool> {
        self.note(name, "boolean");
        let node = self.node(name)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.say(not_boolean(node, name), cx);
        None
    }

    pub(crate) fn whole(&mut self, name: &'static str, max: u64, cx: &mut Cx) -> Option<u64> {
        let node = self.node(name)?;
        let value = match node.value {
            Value::Int(value, _) => u64::try_from(value).ok().filter(|value| *value <= max),
            Value::Null | Value::Bool(_) | Value::Float(..) | Value::String(_) | Value::Seq(_) | Value::Map(_) => {
                cx.push(wrong(node, name, "a whole number"));
                return None;
            }
        };
        if value.is_none() {
            let headline = format!("`{name}` has to be between 0 and {max}");
            cx.push(Diagnostic::error(codes::INVALID_VALUE, node.span, headline));
        }
        value
    }

    pub(crate) fn duration(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<Duration>> {
        let text = self.any_text(name, cx)?;
        match text.value.parse() {
            Ok(duration) => Some(Spanned::new(duration, text.span)),
            Err(_) => {
                let headline = format!("`{name}` is not a duration");
                let help = "write numbers with units from large to small, such as `30s`, `5m` or `1h30m`";
                self.say(Diagnostic::error(codes::INVALID_DURATION, text.span, headline).help(help), cx);
                None
            }
        }
    }

    /// A duration above zero.
    pub(crate) fn period(&mut self, name: &'static str, cx: &mut Cx) -> Option<Duration> {
        let duration = self.duration(name, cx)?;
        if duration.value > Duration::ZERO {
            return Some(duration.value);
        }
        self.say(Diagnostic::error(codes::ZERO_INTERVAL, duration.span, format!("`{name}` cannot be zero")), cx);
        None
    }

    /// The items of a list; none when it is not there.
    pub(crate) fn list(&mut self, name: &'static str, cx: &mut Cx) -> &'n [Node] {
        self.note(name, "list");
        match self.node(name) {
            None => &[],
            Some(Node { value: Value::Seq(items), .. }) => items,
            Some(node) => {
                self.say(wrong(node, name, "a list"), cx);
                &[]
            }
        }
    }

    /// The items of a list of texts.
    pub(crate) fn texts(&mut self, name: &'static str, cx: &mut Cx) -> Vec<Spanned<&'n str>> {
        let items = self.list(name, cx);
        items.iter().filter_map(|item| self.text_of(item, name, cx)).collect()
    }

    /// The pairs of a mapping of texts.
    pub(crate) fn pairs(&mut self, name: &'static str, cx: &mut Cx) -> Vec<(&'n Spanned<String>, Spanned<&'n str>)> {
        self.note(name, "pairs");
        match self.node(name) {
            None => Vec::new(),
            Some(Node { value: Value::Map(entries), .. }) => entries
                .iter()
                .filter(|(_, node)| node.value != Value::Null)
                .filter_map(|(key, node)| Some((key, self.text_of(node, &key.value, cx)?)))
                .collect(),
            Some(node) => {
                self.say(wrong(node, name, "a mapping"), cx);
                Vec::new()
            }
        }
    }

    pub(crate) fn mapping(&mut self, name: &'static str, what: &'static str, cx: &mut Cx) -> Option<Self> {
        let node = self.node(name)?;
        Self::of(node, what, cx)
    }

    fn text_of<'a>(&self, node: &'a Node, name: &str, cx: &mut Cx) -> Option<Spanned<&'a str>> {
        let text = node.as_text();
        if text.is_none() {
            self.say(wrong(node, name, "text"), cx);
        }
        text.map(|text| Spanned::new(text, node.span))
    }

    /// Reports it, unless it was reported when the mapping was held against its declaration.
    fn say(&self, diag: Diagnostic, cx: &mut Cx) {
        if self.record.is_none() {
            cx.push(diag);
        }
    }
}

/// What is said of a value of a wrong type.
pub(crate) fn wrong(node: &Node, name: &str, wanted: &str) -> Diagnostic {
    let headline = format!("{} has to be {wanted}, not {}", quoted(name), node.sort());
    Diagnostic::error(codes::WRONG_TYPE, node.span, headline)
}

/// What is said of a value that is neither `true` nor `false`.
pub(crate) fn not_boolean(node: &Node, name: &str) -> Diagnostic {
    let diag = wrong(node, name, "`true` or `false`");
    let meant = match node.as_text().map(str::to_ascii_lowercase).as_deref() {
        Some("yes" | "on" | "y") => Some("true"),
        Some("no" | "off" | "n") => Some("false"),
        _ => None,
    };
    match meant {
        Some(meant) => diag.help(format!("write `{meant}`; in YAML 1.2 this is text")),
        None => diag,
    }
}
