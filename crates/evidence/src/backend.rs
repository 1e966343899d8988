//! The port to an engine: what the store asks of SQLite and of PostgreSQL.

use std::fmt::Debug;

use evenkeel_evidence_sql::Table as Declared;
use evenkeel_record::Hash;

use crate::error::{EvidenceError, Trouble};
use crate::value::Value;

/// A version of a row: counts for the records from `seq_from` to before `seq_to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    /// Rises with `seq_from` within a table, and names the version for good.
    pub(crate) row_id: i64,
    pub(crate) seq_from: i64,
    pub(crate) seq_to: i64,
    /// Shape: one for each column of the table, in their order.
    pub(crate) values: Vec<Value>,
}

/// Up to where the journal is in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    pub(crate) seq: u64,
    pub(crate) hash: Hash,
}

/// What was projected and is to be written as one.
#[derive(Debug, Default)]
pub(crate) struct Batch<'a> {
    /// New versions, by table, in the order of their numbers.
    pub(crate) versions: Vec<(&'a Declared, &'a [Version])>,
    /// Stored versions that ended: table, number, the record that ended them.
    pub(crate) ended: Vec<(&'a Declared, i64, i64)>,
    /// Erased bodies that were passed over.
    pub(crate) erased: &'a [u64],
    pub(crate) cursor: Cursor,
}

/// Where the tables are, and how to come to them.
pub(crate) trait Engine: Debug + Send {
    /// The file or the database, for people.
    fn place(&self) -> &str;

    /// Opens the tables. The second is whether what was there could not be read and was dropped.
    fn open(&self) -> Result<(Box<dyn Backend>, bool), EvidenceError>;

    /// Takes the lock of whoever projects; `None` while another process has it.
    fn lock(&self) -> Result<Option<Box<dyn Send>>, EvidenceError>;

    /// Removes all of it, so that nothing of it is left where it was.
    fn remove(&self) -> Result<(), EvidenceError>;
}

/// The tables in an engine, opened to be written.
pub(crate) trait Backend: Debug + Send {
    /// Up to where the journal is in the tables; `None` when there are no tables of this program's shape.
    fn cursor(&mut self) -> Result<Option<Cursor>, Trouble>;

    /// Whether these are still the tables that whoever opens them now finds: another process may have removed them.
    fn is_current(&self) -> bool;

    /// Whether there are no tables at all.
    fn is_empty(&mut self) -> Result<bool, Trouble>;

    /// Drops whatever is there and makes the tables anew, empty.
    fn rebuild(&mut self) -> Result<(), Trouble>;

    /// The number of the last version of a table; 0 when there is none.
    fn last_row(&mut self, table: &Declared) -> Result<i64, Trouble>;

    /// The versions that count and have these values.
    fn current(&mut self, table: &Declared, by: &[(&'static str, Value)]) -> Result<Vec<Version>, Trouble>;

    /// Whether the body of a record was passed over as erased.
    fn knows_erased(&mut self, seq: u64) -> Result<bool, Trouble>;

    /// Writes a batch in one transaction.
    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Trouble>;

    /// Tells the engine that much was written.
    fn settle(&mut self) -> Result<(), Trouble>;
}
