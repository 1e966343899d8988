//! What a query answers, and within which limits.

use std::time::Duration;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Unknown.
    Null,
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Real(f64),
    /// A text.
    Text(String),
}

/// What a query answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Shape: by row, then by column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more rows than were wanted.
    pub cut: bool,
    /// The record as of which it was asked.
    pub seq: u64,
}

/// How much a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most rows; what is beyond is left out, and the answer says so.
    pub rows: u32,
    /// Most bytes of the answer; beyond it the query fails.
    pub bytes: usize,
    /// Longest time; beyond it the query fails.
    pub time: Duration,
}

impl Default for Limits {
    /// For people.
    fn default() -> Self {
        Self { rows: 10_000, bytes: 64 << 20, time: Duration::from_secs(10) }
    }
}

impl Limits {
    /// For the blocks of practices, over very many subjects.
    pub(crate) const BLOCK: Self = Self { rows: 1_000_000, bytes: 512 << 20, time: Duration::from_secs(30) };
}

impl Cell {
    /// About how much of the memory it takes.
    pub(crate) const fn size(&self) -> usize {
        match self {
            Self::Null | Self::Whole(_) | Self::Real(_) => size_of::<Self>(),
            Self::Text(text) => size_of::<Self>() + text.len(),
        }
    }
}
