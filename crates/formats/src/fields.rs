//! Reading a mapping field by field: every access names a field that may be there; [`Fields::finish`] reports the rest.
//!
//! A field that is there and empty counts as absent, as in the field's own parsers. What is of a wrong type is
//! reported and counts as absent too. Messages never show a value, since any of them may be a secret.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, did_you_mean};
use evenkeel_model::codes;
use evenkeel_time::Duration;

use crate::yaml::{Node, Value};
use evenkeel_model::quoted;

/// What a reading of one file collects besides documents.
#[derive(Debug, Default)]
pub(crate) struct Cx {
    pub(crate) diags: Vec<Diagnostic>,
    /// Places of secret values.
    pub(crate) secrets: Vec<Span>,
    /// How many regular expressions were compiled.
    pub(crate) patterns: usize,
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

/// Unknown fields of one mapping beyond these are not reported one by one.
const UNKNOWN_REPORTED_MAX: usize = 20;
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
    entries: &'n [(Spanned<String>, Node)],
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Takes a node that has to be a mapping.
    pub(crate) fn of(node: &'n Node, what: &'static str, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let headline = format!("{what} has to be a mapping, not {}", node.sort());
            cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
            return None;
        };
        Some(Self { what, span: node.span, entries, known: Vec::new() })
    }

    /// The field's key and value, if it is there and not empty.
    pub(crate) fn entry(&mut self, name: &'static str) -> Option<(Span, &'n Node)> {
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
        let node = self.node(name)?;
        text_of(node, name, cx)
    }

    /// Text whose place is remembered as a secret's.
    pub(crate) fn secret(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        let node = self.node(name)?;
        cx.blank(node);
        text_of(node, name, cx).filter(|text| !text.value.is_empty())
    }

    pub(crate) fn boolean(&mut self, name: &'static str, cx: &mut Cx) -> Option<bool> {
        let node = self.node(name)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        let diag = wrong(node, name, "`true` or `false`");
        let meant = match node.as_text().map(str::to_ascii_lowercase).as_deref() {
            Some("yes" | "on" | "y") => Some("true"),
            Some("no" | "off" | "n") => Some("false"),
            _ => None,
        };
        cx.push(match meant {
            Some(meant) => diag.help(format!("write `{meant}`; in YAML 1.2 this is text")),
            None => diag,
        });
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
                cx.push(Diagnostic::error(codes::INVALID_DURATION, text.span, headline).help(help));
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
        cx.push(Diagnostic::error(codes::ZERO_INTERVAL, duration.span, format!("`{name}` cannot be zero")));
        None
    }

    /// The items of a list; none when it is not there.
    pub(crate) fn list(&mut self, name: &'static str, cx: &mut Cx) -> &'n [Node] {
        match self.node(name) {
            None => &[],
            Some(Node { value: Value::Seq(items), .. }) => items,
            Some(node) => {
                cx.push(wrong(node, name, "a list"));
                &[]
            }
        }
    }

    /// The items of a list of texts.
    pub(crate) fn texts(&mut self, name: &'static str, cx: &mut Cx) -> Vec<Spanned<&'n str>> {
        let items = self.list(name, cx);
        items.iter().filter_map(|item| text_of(item, name, cx)).collect()
    }

    /// The pairs of a mapping of texts.
    pub(crate) fn pairs(&mut self, name: &'static str, cx: &mut Cx) -> Vec<(&'n Spanned<String>, Spanned<&'n str>)> {
        match self.node(name) {
            None => Vec::new(),
            Some(Node { value: Value::Map(entries), .. }) => entries
                .iter()
                .filter(|(_, node)| node.value != Value::Null)
                .filter_map(|(key, node)| Some((key, text_of(node, &key.value, cx)?)))
                .collect(),
            Some(node) => {
                cx.push(wrong(node, name, "a mapping"));
                Vec::new()
            }
        }
    }

    pub(crate) fn mapping(&mut self, name: &'static str, what: &'static str, cx: &mut Cx) -> Option<Self> {
        let node = self.node(name)?;
        Self::of(node, what, cx)
    }

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
            cx.push(diag.related(first.span, "the other one"));
        }
    }

    /// Reports the fields that nobody asked for.
    pub(crate) fn finish(&self, cx: &mut Cx) {
        let unknown = self.entries.iter().filter(|(key, _)| !self.known.contains(&key.value.as_str()));
        for (key, node) in unknown.clone().take(UNKNOWN_REPORTED_MAX) {
            cx.blank(node);
            let headline = format!("{} has no field {}", self.what, quoted(&key.value));
            let diag = Diagnostic::error(codes::UNKNOWN_FIELD, key.span, headline);
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

fn text_of<'n>(node: &'n Node, name: &str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
    let text = node.as_text();
    if text.is_none() {
        cx.push(wrong(node, name, "text"));
    }
    text.map(|text| Spanned::new(text, node.span))
}

fn wrong(node: &Node, name: &str, wanted: &str) -> Diagnostic {
    let headline = format!("{} has to be {wanted}, not {}", quoted(name), node.sort());
    Diagnostic::error(codes::WRONG_TYPE, node.span, headline)
}
