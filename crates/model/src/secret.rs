//! Secrets: values that are in no record, log, table or answer.

use std::fmt;

/// A secret's text. Prints as `<secret>`; only [`Secret::expose`] gives it away, at the moment of use.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Box<str>);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// Where a secret comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// Written in the ops repo itself (a finding).
    Inline(Secret),
    /// A file on the machine that sends, read at each use, so that rotating it needs no reload.
    File(Box<str>),
}
