//! Adopted plans, by content hash.
//!
//! What is stored is opaque here, and free of secrets already. Its own SHA-256 stands beside it, so that
//! verifying finds a plan that was altered without knowing how the plan's name is computed.

use evenkeel_ids::PlanHash;
use evenkeel_record::Hash;
use rusqlite::OptionalExtension;

use crate::commit::classify;
use crate::{CommitError, Journal, ReadError, Reader};

impl Journal {
    /// Keeps a plan's files under its hash; a plan that is there already stays as it is.
    ///
    /// # Errors
    /// [`CommitError`]; the journal's head is not touched.
    pub fn put_plan(&mut self, hash: PlanHash, files: &[u8]) -> Result<(), CommitError> {
        let sql = "INSERT INTO plan (hash, sum, files) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
        let put =
            self.reader.connection.prepare_cached(sql).and_then(|mut statement| {
                statement.execute((hash.0.as_slice(), Hash::of(&[files]).0.as_slice(), files))
            });
        put.map(|_| ()).map_err(classify)
    }

    /// A plan's files; `None` when it was never kept.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read.
    pub fn get_plan(&self, hash: PlanHash) -> Result<Option<Vec<u8>>, ReadError> {
        self.reader.get_plan(hash)
    }
}

impl Reader {
    /// A plan's files; `None` when it was never kept.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read.
    pub fn get_plan(&self, hash: PlanHash) -> Result<Option<Vec<u8>>, ReadError> {
        let found = self
            .connection
            .prepare_cached("SELECT files FROM plan WHERE hash = $1")
            .and_then(|mut statement| statement.query_row([hash.0.as_slice()], |row| row.get(0)).optional());
        found.map_err(|error| self.failed("read a plan", error))
    }
}
