//! Why a store cannot be opened, or its upkeep failed.

use std::path::PathBuf;

use evenkeel_metric::ReadFault;

/// Why a store cannot be opened. Damage is no reason: it is repaired or reported.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// Another process has it.
    #[error("{} is used by another process", .folder.display())]
    Locked {
        /// The store's folder.
        folder: PathBuf,
    },
    /// The file system refuses.
    #[error("cannot {doing} ({})", .path.display())]
    Io {
        /// What was to be done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}

/// Why the store's upkeep failed. It is tried again with the next tick.
#[derive(Debug, thiserror::Error)]
pub enum TickFault {
    /// The file system refuses.
    #[error("cannot {doing} ({})", .path.display())]
    Io {
        /// What was to be done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A block cannot be read, and so not be joined with others. It stays as it is.
    #[error(transparent)]
    Read(ReadFault),
}
