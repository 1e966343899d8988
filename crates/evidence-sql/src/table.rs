//! What a table of evidence is: its columns, its lists, and what its rows come from.
//!
//! Each table has two more columns than it shows, `seq_from` and `seq_to`: a row counts for the records from the one
//! to before the other. A query never sees them; which rows it sees is decided by the number it is asked as of.

/// What a column holds. Flags are whole numbers, 0 or 1; instants and durations are whole milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Text, compared byte by byte.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// A number with a fraction.
    Real,
}

impl Sort {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole number",
            Self::Real => "number",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// As written in a query.
    pub name: &'static str,
    /// What it holds.
    pub sort: Sort,
    /// One sentence, without a full stop.
    pub about: &'static str,
    /// Whether it may be unknown.
    pub nullable: bool,
    /// Whether looking rows up by it is quick.
    pub indexed: bool,
    /// The words it may hold; empty: any.
    pub words: &'static [&'static str],
}

/// A list that rows of a table have; its values are rows of `links`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// What `links.field` says.
    pub name: &'static str,
    /// One sentence, without a full stop.
    pub about: &'static str,
}

/// What the rows of a table come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Facts of this kind, as somebody or something told them.
    Fact(&'static str),
    /// Documents of these kinds in the ops repo.
    Documents(&'static [&'static str]),
    /// What Evenkeel itself did and saw.
    Observed,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// As written in a query.
    pub name: &'static str,
    /// One sentence, without a full stop.
    pub about: &'static str,
    /// What its rows come from.
    pub source: Source,
    /// In the order in which they are shown.
    pub columns: Vec<Column>,
    /// What its rows have in `links`.
    pub lists: Vec<List>,
}

impl Table {
    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether its rows may be reported or imported, so that leaving those out means something.
    #[must_use]
    pub const fn may_be_reported(&self) -> bool {
        matches!(self.source, Source::Fact(_))
    }
}

pub(crate) const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, sort: Sort::Text, about, nullable: true, indexed: false, words: &[] }
}

pub(crate) const fn whole(name: &'static str, about: &'static str) -> Column {
    Column { name, sort: Sort::Whole, about, nullable: true, indexed: false, words: &[] }
}

impl Column {
    pub(crate) const fn always(self) -> Self {
        Self { nullable: false, ..self }
    }

    pub(crate) const fn index(self) -> Self {
        Self { indexed: true, ..self }
    }

    pub(crate) const fn words(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }
}
