//! A query that was checked: what it returns, what it reads, how it is said to an engine.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::read::{Purpose, read};
use crate::reads::reads;
use crate::render::{Dialect, Render, Rendered, render, render_since};
use crate::sees::{Sees, Value};
use crate::table::Sort;
use crate::tree::Query;

/// A value that a query is asked with: `$name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// Without the `$`.
    pub name: &'static str,
    /// What it is.
    pub sort: Sort,
}

/// What a block of a practice is asked with: the time looked at, in milliseconds, `$to` not included, and the last
/// record that is known.
pub const BLOCK_PARAMS: [Param; 3] = [
    Param { name: "from", sort: Sort::Whole },
    Param { name: "to", sort: Sort::Whole },
    Param { name: "seq", sort: Sort::Whole },
];

/// What a block returns, in the order in which it is rendered.
pub const BLOCK_COLUMNS: [(&str, Sort); 5] = [
    ("subject", Sort::Text),
    ("good", Sort::Whole),
    ("total", Sort::Whole),
    ("last_at", Sort::Whole),
    ("refs", Sort::Text),
];

/// One SELECT of the subset, with every name looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    pub(crate) query: Query,
    tables: BTreeSet<&'static str>,
    block: bool,
    sees: Sees,
}

impl Select {
    /// Reads a query.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text.
    pub fn parse(source: &str, params: &[Param]) -> Result<Self, Vec<Fault>> {
        let (query, tables) = read(source, params, Purpose::Query)?;
        let sees = Sees::of(&query);
        Ok(Self { query, tables, block: false, sees })
    }

    /// Reads a block of a practice, which returns [`BLOCK_COLUMNS`] and may ask with [`BLOCK_PARAMS`].
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text.
    pub fn block(source: &str) -> Result<Self, Vec<Fault>> {
        let (query, tables) = read(source, &BLOCK_PARAMS, Purpose::Block)?;
        let sees = Sees::of(&query);
        Ok(Self { query, tables, block: true, sees })
    }

    /// What it returns. Of a block: as written, which may be in another order than it is rendered in.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Sort)> {
        self.query.columns.iter().map(|column| (column.name.as_str(), column.sort))
    }

    /// The tables it reads, by name.
    #[must_use]
    pub const fn tables(&self) -> &BTreeSet<&'static str> {
        &self.tables
    }

    /// What it reads: the same, but of `links` the lists that it can find, each by its [`crate::list_name`].
    #[must_use]
    pub fn reads(&self) -> BTreeSet<String> {
        reads(&self.query)
    }

    /// Whether a row of a table, or a list of that row, may be among what it reads; `read` is one of [`Self::reads`].
    /// A column of which nothing is said may hold anything.
    #[must_use]
    pub fn may_see(&self, read: &str, table: &str, row: &BTreeMap<&'static str, Value>) -> bool {
        self.sees.may_see(read, table, row)
    }

    /// Whether it was read as a block.
    #[must_use]
    pub const fn is_block(&self) -> bool {
        self.block
    }

    /// Says it to an engine.
    #[must_use]
    pub fn sql(&self, dialect: Dialect, options: Render) -> Rendered {
        render(self, dialect, options)
    }

    /// Says a block to an engine for several subjects, each with a begin of its own in the place of `$from`; `None`
    /// where that cannot be said at once.
    #[must_use]
    pub fn sql_since(&self, dialect: Dialect, options: Render) -> Option<Rendered> {
        self.block.then(|| render_since(self, dialect, options)).flatten()
    }
}
