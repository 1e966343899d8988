//! What can go wrong with the store.

use std::path::PathBuf;
use std::time::Duration;

use evenkeel_journal::{OpenError, ReadError, UnreadableRecord};

/// Why the evidence could not be used.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The engine failed.
    #[error("cannot {doing} in {place}")]
    Store {
        /// What was being done.
        doing: &'static str,
        /// The file or the database.
        place: String,
        /// What the engine said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file could not be made, locked or removed.
    #[error("cannot {doing} `{}`", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is a database of another program.
    #[error("`{}` is a database, but none of evidence", path.display())]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// The journal could not be opened.
    #[error("cannot open the journal")]
    Journal(#[source] OpenError),
    /// The journal could not be read.
    #[error("cannot read the journal")]
    Read(#[source] ReadError),
    /// A record could not be read.
    #[error("cannot read a record of the journal")]
    Record(#[source] UnreadableRecord),
    /// Another process brings the evidence up to date, and did not come far enough in time.
    #[error("the evidence is at record {at}, and did not come to record {wanted} within {} s", waited.as_secs())]
    Behind {
        /// Where it is.
        at: u64,
        /// Where it should be.
        wanted: u64,
        /// How long it was waited for.
        waited: Duration,
    },
    /// A query took too long.
    #[error("the query took longer than {} s and was ended", limit.as_secs_f32())]
    TooSlow {
        /// The limit.
        limit: Duration,
    },
    /// A query returned too much.
    #[error("the query returns more than {limit} {what}")]
    TooMuch {
        /// The limit.
        limit: usize,
        /// Of what.
        what: &'static str,
    },
    /// A block of a practice returned a subject twice.
    #[error("the block returns several rows for `{subject}`")]
    SeveralRows {
        /// Which subject.
        subject: String,
    },
    /// A query could not be run, though it was read.
    #[error("the query failed")]
    Query {
        /// What the engine said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl EvidenceError {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Store { .. } => {
                "see the cause; the evidence may be deleted at any time, and is made again from the journal"
            }
            Self::File { .. } => "see to it that the data folder is there and may be written to",
            Self::Foreign { .. } => "move that file away; the evidence is made again from the journal",
            Self::Journal(_) | Self::Read(_) | Self::Record(_) => {
                "`evenkeel journal verify` says what is wrong with the journal"
            }
            Self::Behind { .. } => "wait, or end the other process that uses this data folder",
            Self::TooSlow { .. } => "look at less: a shorter time, fewer tables, a condition that an index serves",
            Self::TooMuch { .. } => "ask for less: a condition, an aggregate, a LIMIT",
            Self::SeveralRows { .. } => "end the block with `GROUP BY` of what it returns as `subject`",
            Self::Query { .. } => "a sum may be too large for a whole number of 64 bits; see the cause",
        }
    }
}

/// What an engine said when it was asked for something.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) doing: &'static str,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl Trouble {
    pub(crate) fn new(doing: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { doing, source: source.into() }
    }

    pub(crate) fn at(self, place: &str) -> EvidenceError {
        EvidenceError::Store { doing: self.doing, place: place.to_owned(), source: self.source }
    }
}
