//! Committing: one row, one statement, durable when it returns.

use evenkeel_record::Header;
use evenkeel_record::chain::{Head, Sealed};
use rusqlite::Connection;

use crate::read::to_sql;
use crate::sqlite::Trouble;
use crate::{Journal, SqliteError, row};

/// Why a commit did not succeed. Nothing of it is in the journal, save as [`CommitError::leaves_head_unknown`] says.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The disk is full; may be tried again when there is room.
    #[error("cannot commit to the journal: the disk is full")]
    DiskFull(#[source] SqliteError),
    /// The disk failed while writing; whether the commit is there is not known.
    #[error("cannot commit to the journal: the disk failed")]
    Io(#[source] SqliteError),
    /// Another connection held the file locked for too long; may be tried again at once.
    #[error("cannot commit to the journal: the file is locked by another connection")]
    Busy(#[source] SqliteError),
    /// The records together are larger than a row can be.
    #[error("cannot commit to the journal: {size_bytes} bytes are more than one commit holds")]
    TooLarge {
        /// Headers and bodies together.
        size_bytes: usize,
    },
    /// A commit before this one ended in doubt, and the head was not reloaded since.
    #[error("cannot commit to the journal: how the commit before ended is not known yet")]
    HeadUnknown,
    /// Anything else.
    #[error("cannot commit to the journal")]
    Other(#[source] SqliteError),
}

impl CommitError {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::DiskFull(_) => {
                "make room on the disk of the data folder; nothing is lost, and the work goes on by itself"
            }
            Self::Io(_) => {
                "look at the disk's health and the kernel's log; the journal is read again before anything is answered"
            }
            Self::Busy(_) => {
                "end the program that holds `journal.db` locked, such as a database shell or a backup tool"
            }
            Self::TooLarge { .. } => "split the batch; one commit holds less than 1 GB",
            Self::HeadUnknown => "call `reload_head`, and fold the state again from what it finds",
            Self::Other(_) => "see the cause; `evenkeel journal verify` says whether the file is sound",
        }
    }

    /// Whether the commit may or may not be there: call [`Journal::reload_head`], drop the state and fold again.
    #[must_use]
    pub const fn leaves_head_unknown(&self) -> bool {
        matches!(self, Self::Io(_) | Self::HeadUnknown | Self::Other(_))
    }
}

/// SQLite's limit on one value, less room for the rest of the row.
const LARGEST_ROW_BYTES: usize = 999_000_000;

impl Journal {
    /// Appends records as one commit: all of them or none, and durable when this returns.
    ///
    /// On an error the head stays as it was; if [`CommitError::leaves_head_unknown`], further commits are
    /// refused until [`Journal::reload_head`].
    ///
    /// # Errors
    /// [`CommitError`], by what can be done about it.
    ///
    /// # Panics
    /// When the records do not follow on the head: a gap must never reach the disk.
    pub fn commit(&mut self, records: &[Sealed]) -> Result<(), CommitError> {
        let Some(head) = self.known_head else {
            return Err(CommitError::HeadUnknown);
        };
        let Some(reached) = follow(head, records) else {
            return Ok(());
        };
        let written = insert(&self.reader.connection, head, reached, records);
        self.settle(written, reached)
    }

    /// Moves the head on after a write that succeeded, and forgets it after one that ended in doubt.
    pub(crate) fn settle(&mut self, written: Result<(), CommitError>, reached: Head) -> Result<(), CommitError> {
        match &written {
            Ok(()) => {
                self.known_head = Some(reached);
                self.last_head = reached;
            }
            Err(error) if error.leaves_head_unknown() => self.known_head = None,
            Err(_) => {}
        }
        written
    }
}

/// Where the chain stands after `records`; `None` when there are none.
pub(crate) fn follow(head: Head, records: &[Sealed]) -> Option<Head> {
    records.iter().fold(None, |reached: Option<Head>, record| {
        let before = reached.unwrap_or(head);
        let link = Header::link(&record.header);
        assert_eq!(link, Some((before.seq.next(), before.hash)), "records are committed in sequence");
        Some(Head { seq: before.seq.next(), hash: record.hash })
    })
}

pub(crate) fn insert(
    connection: &Connection,
    head: Head,
    reached: Head,
    records: &[Sealed],
) -> Result<(), CommitError> {
    let (headers, bodies) = row::encode(records.iter().map(row::borrowed));
    let size_bytes = headers.len() + bodies.len();
    if size_bytes > LARGEST_ROW_BYTES {
        return Err(CommitError::TooLarge { size_bytes });
    }
    let sql = "INSERT INTO journal (first_seq, last_seq, headers, bodies) VALUES ($1, $2, $3, $4)";
    let inserted = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute((to_sql(head.seq.next()), to_sql(reached.seq), headers, bodies)));
    inserted.map(|_| ()).map_err(classify)
}

pub(crate) fn classify(error: rusqlite::Error) -> CommitError {
    let error = SqliteError::from(error);
    match error.trouble() {
        Trouble::Full => CommitError::DiskFull(error),
        Trouble::Io => CommitError::Io(error),
        Trouble::Busy => CommitError::Busy(error),
        Trouble::TooBig => CommitError::TooLarge { size_bytes: LARGEST_ROW_BYTES },
        Trouble::Damaged | Trouble::Other => CommitError::Other(error),
    }
}
