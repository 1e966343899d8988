//! Reading a mapping of a foreign format: what is of a wrong type is a finding and counts as absent, what nobody asked
//! for is blanked without a word.
//!
//! A value may be a placeholder such as `$text: ./about.md`, which Backstage fills in from elsewhere: it is there, and
//! nobody here knows what it says.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::{codes, quoted};

use crate::fields::Cx;
use crate::yaml::{Node, Value};

/// A mapping being read.
#[derive(Debug)]
pub(super) struct Lenient<'n> {
    /// What it is a part of, such as `component`.
    pub(super) what: &'static str,
    entries: &'n [(Spanned<String>, Node)],
    known: Vec<&'static str>,
}

impl<'n> Lenient<'n> {
    /// Takes a node if it is a mapping.
    pub(super) fn of(node: &'n Node, what: &'static str) -> Option<Self> {
        let Value::Map(entries) = &node.value else { return None };
        Some(Self { what, entries, known: Vec::new() })
    }

    /// Knows fields without reading them.
    pub(super) fn skip(&mut self, names: &[&'static str]) {
        self.known.extend(names);
    }

    /// Whether something is there, be it what it should or not.
    pub(super) fn has(&self, name: &str) -> bool {
        let node = self.entries.iter().find(|(key, _)| key.value == name);
        node.is_some_and(|(_, node)| node.value != Value::Null && node.as_text() != Some(""))
    }

    fn entry(&mut self, name: &'static str, cx: &mut Cx) -> Option<(Span, &'n Node)> {
        self.known.push(name);
        let (key, node) = self.entries.iter().find(|(key, _)| key.value == name)?;
        if is_placeholder(node) {
            cx.blank(node);
            return None;
        }
        (node.value != Value::Null).then_some((key.span, node))
    }

    /// Text that is not empty.
    pub(super) fn text(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        let (key, node) = self.entry(name, cx)?;
        self.text_of(&quoted(name), key, node, cx)
    }

    /// Text whose place is remembered as a secret's.
    pub(super) fn secret(&mut self, name: &'static str, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        let (key, node) = self.entry(name, cx)?;
        cx.blank(node);
        self.text_of(&quoted(name), key, node, cx)
    }

    /// The texts of a list; one text by itself is a finding and taken for a list of it.
    pub(super) fn texts(&mut self, name: &'static str, cx: &mut Cx) -> Vec<Spanned<&'n str>> {
        let Some((key, node)) = self.entry(name, cx) else { return Vec::new() };
        if let Value::Seq(items) = &node.value {
            let items = items.iter().filter(|item| !is_placeholder(item));
            let entry = format!("an entry of {}", quoted(name));
            return items.filter_map(|item| self.text_of(&entry, item.span, item, cx)).collect();
        }
        self.wrong(&quoted(name), key, node, "a list", cx);
        node.as_text().filter(|text| !text.is_empty()).map(|text| Spanned::new(text, node.span)).into_iter().collect()
    }

    /// The items of a list.
    pub(super) fn list(&mut self, name: &'static str, cx: &mut Cx) -> &'n [Node] {
        match self.entry(name, cx) {
            Some((_, Node { value: Value::Seq(items), .. })) => items,
            Some((key, node)) => {
                self.wrong(&quoted(name), key, node, "a list", cx);
                &[]
            }
            None => &[],
        }
    }

    /// The pairs of a mapping of texts.
    pub(super) fn pairs(&mut self, name: &'static str, cx: &mut Cx) -> Vec<(&'n Spanned<String>, Spanned<&'n str>)> {
        let Some((key, node)) = self.entry(name, cx) else { return Vec::new() };
        let Value::Map(entries) = &node.value else {
            self.wrong(&quoted(name), key, node, "a mapping", cx);
            return Vec::new();
        };
        let pairs = entries.iter().filter(|(_, value)| !is_placeholder(value));
        pairs.filter_map(|(key, value)| Some((key, self.text_of(&quoted(&key.value), key.span, value, cx)?))).collect()
    }

    /// A mapping below this one.
    pub(super) fn mapping(&mut self, name: &'static str, cx: &mut Cx) -> Option<Self> {
        let (key, node) = self.entry(name, cx)?;
        let inner = Self::of(node, self.what);
        if inner.is_none() {
            self.wrong(&quoted(name), key, node, "a mapping", cx);
        }
        inner
    }

    /// Accepts all other fields without a word; their values are blanked, since nothing here reads them.
    pub(super) fn leave(&self, cx: &mut Cx) {
        let others = self.entries.iter().filter(|(key, _)| !self.known.contains(&key.value.as_str()));
        others.for_each(|(_, node)| cx.blank(node));
    }

    /// Backstage takes text only; a number or a boolean is taken by its spelling here.
    /// `what` is what it is called in a message.
    fn text_of(&self, what: &str, key: Span, node: &'n Node, cx: &mut Cx) -> Option<Spanned<&'n str>> {
        if !matches!(node.value, Value::String(_)) {
            self.wrong(what, key, node, "text", cx);
        }
        node.as_text().filter(|text| !text.is_empty()).map(|text| Spanned::new(text, node.span))
    }

    fn wrong(&self, what: &str, key: Span, node: &Node, wanted: &str, cx: &mut Cx) {
        let scalar = node.as_text().is_some();
        let place = if scalar { node.span } else { key };
        let headline = format!("{what} of the {} has to be {wanted}, not {}", self.what, node.sort());
        let diag = Diagnostic::finding(codes::INVALID_ENTITY, place, headline);
        cx.push(match (wanted, scalar) {
            ("text", true) => diag.help("put it between quotes"),
            ("a list", true) => diag.help("put it between brackets"),
            _ => diag,
        });
        if !scalar {
            cx.blank(node);
        }
    }
}

/// Whether Backstage fills the value in from elsewhere.
fn is_placeholder(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    matches!(entries.as_slice(), [(key, _)] if key.value.starts_with('$'))
}
