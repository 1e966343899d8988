//! Fetching from one of our own mappings by its declaration: what is not as declared was reported, and is passed over.

use evenkeel_diagnostic::Spanned;

use super::Fields;
use crate::shape::{Field, Record, Sort};
use crate::yaml::{Node, Value};

/// One of several ways to write the same.
#[derive(Debug)]
pub(crate) enum Item<'n> {
    /// By a text.
    Text(Spanned<&'n str>),
    /// By several texts.
    Texts(Vec<Spanned<&'n str>>),
    /// By a mapping.
    Fields(Fields<'n>),
}

impl<'n> Fields<'n> {
    /// Takes a mapping that was held against its declaration.
    pub(crate) fn declared(node: &'n Node, record: &'static Record) -> Option<Self> {
        let Value::Map(entries) = &node.value else { return None };
        Some(Self { what: record.what, span: node.span, entries, known: Vec::new(), record: Some(record) })
    }

    fn field(&self, name: &str) -> Option<&'static Field> {
        self.record?.fields.iter().find(|field| field.name == name)
    }

    /// A whole number within its range.
    pub(crate) fn number(&mut self, name: &'static str) -> Option<u64> {
        self.note(name, "number");
        let (node, field) = (self.node(name)?, self.field(name)?);
        let (Value::Int(number, _), Sort::Whole(min, max)) = (&node.value, field.sort) else { return None };
        u64::try_from(*number).ok().filter(|number| (min..=max).contains(number))
    }

    /// A mapping with fixed fields.
    pub(crate) fn record(&mut self, name: &'static str) -> Option<Self> {
        self.note(name, "record");
        let (node, field) = (self.node(name)?, self.field(name)?);
        let Sort::Record(record) = field.sort else { return None };
        Self::declared(node, record)
    }

    /// The mappings of a list.
    pub(crate) fn records(&mut self, name: &'static str) -> Vec<Self> {
        self.note(name, "records");
        let Some((Node { value: Value::Seq(items), .. }, field)) = self.node(name).zip(self.field(name)) else {
            return Vec::new();
        };
        let Sort::List(Sort::Record(record), _) = field.sort else { return Vec::new() };
        items.iter().filter_map(|item| Self::declared(item, record)).collect()
    }

    /// A value that can be written in several ways.
    pub(crate) fn item(&mut self, name: &'static str) -> Option<Item<'n>> {
        self.note(name, "item");
        let (node, field) = (self.node(name)?, self.field(name)?);
        item(node, field.sort)
    }

    /// The items of a list that can be written in several ways.
    pub(crate) fn items(&mut self, name: &'static str) -> Vec<Item<'n>> {
        self.note(name, "items");
        let Some((Node { value: Value::Seq(items), .. }, field)) = self.node(name).zip(self.field(name)) else {
            return Vec::new();
        };
        let Sort::List(of, _) = field.sort else { return Vec::new() };
        items.iter().filter_map(|node| item(node, *of)).collect()
    }

    /// The texts of a list, or one text by itself.
    pub(crate) fn one_or_many(&mut self, name: &'static str) -> Vec<Spanned<&'n str>> {
        self.note(name, "one or many");
        self.node(name).map(texts_of).unwrap_or_default()
    }

    /// The pairs of a mapping of such lists; a key without a value has none.
    pub(crate) fn lists(&mut self, name: &'static str) -> Vec<(&'n Spanned<String>, Vec<Spanned<&'n str>>)> {
        self.note(name, "lists");
        let Some(Node { value: Value::Map(entries), .. }) = self.node(name) else { return Vec::new() };
        entries.iter().map(|(key, node)| (key, texts_of(node))).collect()
    }

    /// The value of one of the words that a field takes.
    pub(crate) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.note(name, "text");
        let text = self.node(name)?.as_text()?;
        words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
    }

    /// Remembers what was asked for; the tests hold it against the declaration.
    #[cfg(test)]
    pub(super) fn note(&self, name: &'static str, access: &'static str) {
        if let Some(record) = self.record {
            super::asked::note(record, name, access);
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "its twin in tests uses it")]
    pub(super) const fn note(&self, _name: &'static str, _access: &'static str) {}
}

/// The texts of a list, or the one text that stands in its place; what is empty or no text was reported.
fn texts_of(node: &Node) -> Vec<Spanned<&str>> {
    let items = if let Value::Seq(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
    let texts = items.iter().filter_map(|item| Some(Spanned::new(item.as_text()?, item.span)));
    texts.filter(|text| !text.value.is_empty()).collect()
}

fn item(node: &Node, sort: Sort) -> Option<Item<'_>> {
    if let Some(text) = node.as_text() {
        return (!text.is_empty()).then(|| Item::Text(Spanned::new(text, node.span)));
    }
    match (sort, &node.value) {
        (Sort::Either(_, record), _) => Fields::declared(node, record).map(Item::Fields),
        (Sort::Group(..), Value::Seq(_)) => {
            let texts = texts_of(node);
            (!texts.is_empty()).then_some(Item::Texts(texts))
        }
        _ => None,
    }
}
