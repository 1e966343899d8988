//! What can be wrong with a journal, and what each means.

use std::fmt;

use evenkeel_ids::Seq;
use evenkeel_record::chain::Broken;

use crate::checkpoint::NoteFault;
use crate::row::{RowFault, UnreadableRecord};

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The record it was found at; zero when it is about the file as a whole.
    pub at: Seq,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// SQLite found the file's structure damaged.
    #[error("the file is damaged: {0}")]
    File(String),
    /// A row's bytes do not hold together.
    #[error("the row's bytes do not hold together: {0}")]
    Row(RowFault),
    /// A row's numbers are not those of its records.
    #[error("the row says it holds {first} to {last}, and does not")]
    RowMislabelled {
        /// The first it says it has.
        first: Seq,
        /// The last.
        last: Seq,
    },
    /// Rows stand in front of the first number, where nothing reads them.
    #[error("{0} rows stand in front of record #1")]
    HiddenRows(i64),
    /// The record breaks the chain.
    #[error("{0}")]
    Chain(Broken),
    /// The header cannot be read, or is longer than it says.
    #[error("{0}")]
    Header(UnreadableRecord),
    /// The body is erased, and no record says so.
    #[error("the body is erased, and no later record says that it was")]
    ErasedUnexplained,
    /// A record says the body was erased, and it is there.
    #[error("record {by} says the body was erased, but it is there")]
    StillThere {
        /// Which record says so.
        by: Seq,
    },
    /// A checkpoint proves nothing.
    #[error("the checkpoint cannot be used: {0}")]
    Note(NoteFault),
    /// A checkpoint is filed under another number than its own.
    #[error("the checkpoint filed here is of record {0}")]
    CheckpointMisfiled(Seq),
    /// A signed checkpoint has another hash than the chain.
    #[error("a signed checkpoint has another hash for this record")]
    CheckpointDiffers,
    /// A signed checkpoint is about a record that is not there.
    #[error("the journal ends before this record, but a signed checkpoint says there was a record {checkpoint}")]
    TailCut {
        /// The record the checkpoint is about.
        checkpoint: Seq,
    },
    /// A plan is not what was stored.
    #[error("the files of plan `{0}` were altered")]
    PlanAltered(String),
}

impl Fault {
    /// What it means, and what to do.
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        match &self.kind {
            FaultKind::File(_) | FaultKind::Row(_) => {
                "the disk, or somebody, overwrote or cut the file: restore a backup, and compare what is behind its end"
            }
            FaultKind::RowMislabelled { .. } | FaultKind::HiddenRows(_) => {
                "rows were moved or renumbered by hand: nothing that writes here does that"
            }
            FaultKind::Chain(Broken::OutOfSequence { .. }) => {
                "records are missing, doubled or moved at this place: compare with a backup or an export"
            }
            FaultKind::Chain(Broken::Unlinked) => {
                "the record before this one was replaced, or this one comes from another journal"
            }
            FaultKind::Chain(Broken::HeaderAltered | Broken::BodyAltered | Broken::HeaderUnreadable(_))
            | FaultKind::Header(_) => {
                "the record is not what was written: do not rely on it, and look it up in a backup"
            }
            FaultKind::ErasedUnexplained => "the body was removed past the program: an erasure always leaves a record",
            FaultKind::StillThere { .. } => {
                "the body was put back, or the file is older than the record: erase it again"
            }
            FaultKind::Note(_) | FaultKind::CheckpointMisfiled(_) => {
                "the checkpoint was altered, or signed with a key that is not this journal's: it proves nothing"
            }
            FaultKind::CheckpointDiffers => "the journal was rewritten after the checkpoint was signed",
            FaultKind::TailCut { .. } => "the end of the journal was cut off after the checkpoint was signed",
            FaultKind::PlanAltered(_) => {
                "the plan is not what decisions were made under: read it from the ops repo's history"
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Seq(0) => write!(f, "{}", self.kind),
            at => write!(f, "record {at}: {}", self.kind),
        }
    }
}
