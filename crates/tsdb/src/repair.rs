//! What was repaired when a store was opened, for people.

use std::fmt;
use std::path::PathBuf;

/// What was repaired, or found to be damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// The log ended within a record that nobody was told of; the rest was cut off.
    TornTail {
        /// The file of the log.
        file: Box<str>,
        /// Where it ends now.
        offset: u64,
        /// How much was cut. Units: bytes.
        cut: u64,
    },
    /// A record of the log is damaged. What is before it was read; it and what is behind it in the file was set aside.
    SetAside {
        /// The file of the log.
        file: Box<str>,
        /// Where the damage is.
        offset: u64,
        /// How much was set aside. Units: bytes.
        cut: u64,
        /// Where it lies now.
        kept: PathBuf,
    },
    /// Samples of the log belong to series that are nowhere in it, since what said so is damaged.
    Orphans {
        /// How many.
        samples: u64,
    },
    /// A block cannot be read at all. It stays where it is, and whoever asks for its time is told.
    DamagedBlock {
        /// The file.
        file: Box<str>,
        /// The place in it.
        offset: u64,
        /// What was found.
        what: Box<str>,
    },
    /// Files that an interrupted compaction left behind were removed.
    Unfinished {
        /// The file.
        file: Box<str>,
    },
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TornTail { file, offset, cut } => {
                write!(
                    f,
                    "{file} ended within a record that was never acknowledged: cut at byte {offset} ({cut} bytes)"
                )
            }
            Self::SetAside { file, offset, cut, kept } => {
                write!(f, "{file} is damaged at byte {offset}: {cut} bytes were set aside in {}", kept.display())
            }
            Self::Orphans { samples } => {
                write!(f, "{samples} samples of the log belong to series whose labels are in a damaged part of it")
            }
            Self::DamagedBlock { file, offset, what } => {
                write!(f, "block {file} is damaged at byte {offset}: {what}; questions about its time are refused")
            }
            Self::Unfinished { file } => {
                write!(f, "{file} was left behind by work that was interrupted, and is removed")
            }
        }
    }
}
