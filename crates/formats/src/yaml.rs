//! YAML text as a tree of values that know their places.
//!
//! All documents of a file come from one event stream. Hard limits hold before memory is spent: the size of a text,
//! the number of values, the depth of nesting, and what aliases expand to. Plain `yes`, `no`, `on` and `off` are
//! text, and so is `012`; a value that was given as a number keeps its spelling beside it.
//!
//! A syntax error ends the file. Everything else is collected: a duplicate key keeps its first value.

mod build;
mod continued;
mod place;
mod scalar;
mod steps;

pub(crate) use place::written;
pub use steps::{BYTES_MAX, NODES_MAX};

use evenkeel_diagnostic::{Diagnostic, SourceId, Span, Spanned};

/// Nesting deeper than this is refused.
pub const DEPTH_MAX: usize = 64;
/// Aliases of one file may expand to this many values.
pub const EXPANDED_MAX: usize = 100_000;

/// A value and its place. What an alias or a merge brings in has the place where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, and its spelling.
    Int(i64, Box<str>),
    /// Another number, and its spelling.
    Float(f64, Box<str>),
    /// Text.
    String(Box<str>),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping in the order of the file, each key once.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// What people call this sort of value.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Int(..) | Value::Float(..) => "a number",
            Value::String(_) => "text",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// Text, or the spelling of a number or boolean.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Int(_, text) | Value::Float(_, text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Seq(_) | Value::Map(_) => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(known, _)| known.value == key).map(|(_, node)| node)
    }

    /// The scalars at and below this node.
    pub(crate) fn scalars<'a>(&'a self, found: &mut Vec<&'a Self>) {
        match &self.value {
            Value::Null => {}
            Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) => found.push(self),
            Value::Seq(items) => items.iter().for_each(|item| item.scalars(found)),
            Value::Map(entries) => entries.iter().for_each(|(_, value)| value.scalars(found)),
        }
    }
}

/// Reads the documents of a text; empty ones are left out. `None` when the text cannot be read to its end.
pub fn parse(source: SourceId, text: &str, diags: &mut Vec<Diagnostic>) -> Option<Vec<Node>> {
    let steps = match steps::steps(source, text) {
        Ok(steps) => steps,
        Err(diag) => {
            diags.push(*diag);
            return None;
        }
    };
    match build::documents(source, &steps, diags) {
        Ok(documents) => Some(documents),
        Err(diag) => {
            diags.push(*diag);
            None
        }
    }
}

#[cfg(test)]
mod tests;
