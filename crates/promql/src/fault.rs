//! What is wrong with an expression.

use std::fmt;
use std::ops::Range;

/// Why it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not PromQL.
    Syntax,
    /// A value is of a type that its place does not take.
    Type,
    /// A function that no Prometheus we know has.
    UnknownFunction,
    /// Too long or too deeply nested to be read here; Prometheus may well take it.
    TooLarge,
}

/// One fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Why it is wrong.
    pub kind: FaultKind,
    /// Where: bytes of the expression.
    pub range: Range<usize>,
    /// One line, lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind, range, message: message.into(), help: None }
    }

    pub(crate) fn syntax(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(FaultKind::Syntax, range, message)
    }

    pub(crate) fn typed(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(FaultKind::Type, range, message)
    }

    /// Says what to do, unless that is said already.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
