//! A part of an expression that remembers where it was written.

use std::ops::Range;

/// A value and its byte range in the expression. Compares by the value only.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub range: Range<usize>,
}

impl<T> Located<T> {
    /// Puts a value at its place.
    pub const fn new(value: T, range: Range<usize>) -> Self {
        Self { value, range }
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
