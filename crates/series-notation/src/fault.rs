//! What is wrong with a notation, and where.

use std::ops::Range;

/// One fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Where: bytes of the text.
    pub range: Range<usize>,
    /// One line, lower case, no full stop.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into() }
    }
}
