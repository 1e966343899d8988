//! Questions to the evidence that a page asks first, and their answers.

use evenkeel_time::Timestamp;

/// One SELECT over the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its text, without anything of the reader's in it but what [`quoted`] wrote.
    pub sql: String,
    /// So many rows at most.
    pub rows: u32,
}

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number; times are milliseconds since 1970.
    Whole(i64),
    /// Another number.
    Real(f64),
    /// A text.
    Text(String),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

/// A text as it stands in SQL.
#[must_use]
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

impl Cell {
    /// As text; numbers as they are written.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// As a whole number.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Null | Self::Real(_) | Self::Text(_) => None,
        }
    }

    /// As an instant.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        self.whole().map(Timestamp)
    }
}
