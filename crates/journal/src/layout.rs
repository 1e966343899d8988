//! The tables, their version, and how a connection is set up.
//!
//! The queries of this crate read the same on SQLite and PostgreSQL; only the definitions below are
//! SQLite's own: `INTEGER PRIMARY KEY` is the one spelling that makes the number the row's own key, where
//! `BIGINT` would put a second tree beside the table. On PostgreSQL the same columns are BIGINT and BYTEA.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

/// The version of the tables this program writes, and the newest it reads.
pub const LAYOUT: u32 = 1;

/// Headers stand in front of bodies: a scan of headers then never reads the pages that bodies overflow to.
const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE journal (
  first_seq INTEGER PRIMARY KEY,
  last_seq BIGINT NOT NULL,
  headers BLOB NOT NULL,
  bodies BLOB NOT NULL
);
CREATE TABLE plan (hash BLOB PRIMARY KEY, sum BLOB NOT NULL, files BLOB NOT NULL);
CREATE TABLE checkpoint (seq INTEGER PRIMARY KEY, note TEXT NOT NULL);
INSERT INTO meta (key, value) VALUES ('layout', '1');
";

/// `EVKL`, so that `file` and people can tell what it is.
const APPLICATION_ID: i32 = 0x4556_4b4c;

/// How long to wait for a lock another connection holds: a checkpoint of a large write-ahead log.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet.
    Empty,
    /// Tables of this version.
    Layout(u32),
    /// Tables of something else.
    Foreign,
}

/// Looks at what a file holds, without changing it.
pub(crate) fn found(connection: &Connection) -> Result<Found, rusqlite::Error> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(Found::Empty);
    }
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Ok(Found::Foreign);
    }
    let layout: Option<String> =
        connection.query_row("SELECT value FROM meta WHERE key = 'layout'", [], |row| row.get(0)).optional()?;
    Ok(layout.and_then(|text| text.parse().ok()).map_or(Found::Foreign, Found::Layout))
}

/// Makes the tables, all or none.
pub(crate) fn create(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction()?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.execute_batch(TABLES)?;
    transaction.commit()
}

/// Settings of the one writer.
///
/// FULL, because NORMAL may lose acknowledged commits when the power fails. `secure_delete`, so that what is
/// erased is overwritten with zeros. The log is folded into the file every 1,000 pages (4 MiB).
pub(crate) fn set_up_writer(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", crate::planted::synchronous())?;
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    connection.query_row("PRAGMA wal_autocheckpoint = 1000", [], |_| Ok(()))?;
    connection.query_row("PRAGMA journal_size_limit = 16777216", [], |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(16);
    Ok(())
}

/// Folds the write-ahead log into the file and cuts it to nothing; whether nobody was in the way.
pub(crate) fn truncate_log(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).map(|busy| busy == 0)
}
