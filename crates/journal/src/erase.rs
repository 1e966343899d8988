//! Erasing a body, for people's sake, so that its bytes are gone from the disk.

use std::io;

use evenkeel_ids::Seq;
use evenkeel_record::Header;
use evenkeel_record::chain::Sealed;
use rusqlite::{OptionalExtension, TransactionBehavior};

use crate::commit::{classify, follow, insert};
use crate::read::{from_sql, to_sql};
use crate::row::{self, Records, Stored};
use crate::sqlite::Trouble;
use crate::{CommitError, Journal, RowFault, SqliteError, layout};

/// The kind of record that stands for an erasure.
pub(crate) const BODY_ERASED: &str = "body-erased";

/// Why a body was not erased, or not wholly.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is no such record.
    #[error("there is no record {0}")]
    NoSuchRecord(Seq),
    /// It is erased already.
    #[error("the body of record {0} is erased already")]
    AlreadyErased(Seq),
    /// The row it is in is damaged.
    #[error("the row of record {row} is damaged: {fault}")]
    Damaged {
        /// The row's first record.
        row: Seq,
        /// How.
        fault: RowFault,
    },
    /// Snapshots, which may hold the same text, could not be removed; nothing was erased.
    #[error("cannot remove the snapshots")]
    Snapshots(#[source] io::Error),
    /// The erasure could not be committed.
    #[error("cannot erase the body of record {seq}")]
    Commit {
        /// Whose.
        seq: Seq,
        /// Why.
        source: CommitError,
    },
    /// The body is erased from the journal, but the write-ahead log still has its bytes: somebody reads it.
    /// [`Journal::purge`] finishes the work; so does the next start.
    #[error("the body is erased, but the write-ahead log is being read and could not be emptied yet")]
    Lingers(#[source] Option<SqliteError>),
}

impl Journal {
    /// Erases the body of record `seq`, and appends `record`, the sealed `body-erased` that says so, in one
    /// transaction. When this returns, the bytes are gone from every file in the data folder.
    ///
    /// Snapshots are removed first, since the state in them may hold what the body said.
    ///
    /// # Errors
    /// [`EraseError`]; after [`EraseError::Lingers`] the erasure is committed all the same.
    ///
    /// # Panics
    /// When `record` does not follow on the head, or does not say that the body of `seq` was erased.
    pub fn erase(&mut self, seq: Seq, record: &Sealed) -> Result<(), EraseError> {
        let said = Header::decode(&record.header).ok().and_then(|(header, _)| erased_by(&header));
        assert_eq!(said, Some(seq), "the record given says what is erased");
        let failed = |source| EraseError::Commit { seq, source };
        let head = self.known_head.ok_or(failed(CommitError::HeadUnknown))?;
        let records = std::slice::from_ref(record);
        let reached = follow(head, records).expect("there is one record");
        let (row, bodies) = self.row_without(seq)?;
        self.drop_snapshots().map_err(EraseError::Snapshots)?;
        let connection = &mut self.reader.connection;
        let written = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(classify);
        let written = written.and_then(|transaction| {
            let sql = "UPDATE journal SET bodies = $1 WHERE first_seq = $2";
            transaction.execute(sql, (bodies, to_sql(row))).map_err(classify)?;
            insert(&transaction, head, reached, records)?;
            transaction.commit().map_err(classify)
        });
        self.settle(written, reached).map_err(failed)?;
        self.purge()
    }

    /// Folds the write-ahead log into the file and empties it, so that no erased byte lingers in it.
    ///
    /// # Errors
    /// [`EraseError::Lingers`] while somebody reads.
    pub fn purge(&mut self) -> Result<(), EraseError> {
        match layout::truncate_log(&self.reader.connection) {
            Ok(true) => Ok(()),
            Ok(false) => Err(EraseError::Lingers(None)),
            Err(error) => Err(EraseError::Lingers(Some(error.into()))),
        }
    }

    /// The row that holds a record, and its bodies without that record's.
    fn row_without(&self, seq: Seq) -> Result<(Seq, Vec<u8>), EraseError> {
        let sql = "SELECT first_seq, headers, bodies FROM journal \
                   WHERE first_seq <= $1 ORDER BY first_seq DESC LIMIT 1";
        let found = self.reader.connection.prepare_cached(sql).and_then(|mut statement| {
            let read = |row: &rusqlite::Row<'_>| Ok((from_sql(row.get(0)?), row.get(1)?, row.get(2)?));
            statement.query_row([to_sql(seq)], read).optional()
        });
        let found = found.map_err(|error| EraseError::Commit { seq, source: classify(error) })?;
        let (row, headers, bodies): (Seq, Vec<u8>, Vec<u8>) = found.ok_or(EraseError::NoSuchRecord(seq))?;
        let records: Result<Vec<Stored<'_>>, RowFault> = Records::new(&headers, &bodies).collect();
        let mut records = records.map_err(|fault| EraseError::Damaged { row, fault })?;
        let record = records.iter_mut().find(|record| record.seq() == Some(seq));
        let record = record.ok_or(EraseError::NoSuchRecord(seq))?;
        if record.body.take().is_none() {
            return Err(EraseError::AlreadyErased(seq));
        }
        Ok((row, row::encode(records).1))
    }
}

impl EraseError {
    /// Whether the erasure is committed, and only the log's emptying is left to do.
    #[must_use]
    pub const fn leaves_only_the_log(&self) -> bool {
        matches!(self, Self::Lingers(_))
    }

    /// Whether trying again at once may help.
    #[must_use]
    pub fn passing(&self) -> bool {
        match self {
            Self::Lingers(source) => source.as_ref().is_none_or(|error| error.trouble() == Trouble::Busy),
            Self::Commit { source, .. } => matches!(source, CommitError::Busy(_)),
            Self::NoSuchRecord(_) | Self::AlreadyErased(_) | Self::Damaged { .. } | Self::Snapshots(_) => false,
        }
    }
}

/// Whose body a record says was erased. The header says it, so it holds even if this record's own body is erased.
pub(crate) fn erased_by(header: &Header) -> Option<Seq> {
    if &*header.kind != BODY_ERASED {
        return None;
    }
    header.subject.strip_prefix("record:")?.parse().ok().map(Seq)
}
