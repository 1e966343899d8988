//! A commit that leaves no record: shows that the disk takes writes.

use evenkeel_time::Timestamp;

use crate::commit::classify;
use crate::{CommitError, Journal};

impl Journal {
    /// Commits the instant of the last pulse in the place of the one before, as durably as records.
    ///
    /// # Errors
    /// [`CommitError`] when it cannot; the journal's head is not touched.
    pub fn pulse(&mut self, now: Timestamp) -> Result<(), CommitError> {
        let sql = "INSERT INTO meta (key, value) VALUES ('pulse', $1) ON CONFLICT (key) DO UPDATE SET value = $1";
        let put = self.reader.connection.prepare_cached(sql).and_then(|mut put| put.execute([now.to_string()]));
        put.map(|_| ()).map_err(classify)
    }
}
