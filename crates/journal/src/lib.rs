//! The journal: durable, hash-chained records in one SQLite file.
//!
//! One thread owns the [`Journal`] and is its only writer; a lock file keeps other processes out. A commit
//! is one row and one SQL statement, all or nothing, and durable when [`Journal::commit`] returns. Anyone
//! may look at the file meanwhile through a [`Reader`]: replay, verify, export, back up.
//!
//! ```text
//! data folder
//!   journal.db (+ -wal, -shm)   records, plans, checkpoints, public keys
//!   journal-key                 the private key that signs checkpoints, mode 0600
//!   journal-key.pub             its public half, as text
//!   lock                        held by the process that writes; its pid is inside
//!   reserve                     blocks to give up when the disk is full
//!   snapshots/                  caches of the folded state; may be deleted at any time
//! ```
//!
//! The format, the guarantees and their limits are in `docs/design/journal.md`. What the records mean,
//! and when to commit, is left to the engine.

#![expect(clippy::disallowed_methods, reason = "edge: talks to the file system")]

mod backup;
mod checkpoint;
mod commit;
mod erase;
mod export;
mod folder;
mod journal;
mod key;
mod layout;
mod page;
mod plan;
mod planted;
mod pulse;
mod read;
mod reserve;
mod row;
mod salts;
mod snapshot;
mod sqlite;
mod verify;

pub use backup::{BackupError, backup, restore};
pub use checkpoint::{Checkpoint, NoteFault};
pub use commit::CommitError;
pub use erase::EraseError;
pub use export::ExportError;
pub use journal::{Journal, OpenError};
pub use key::{ParseKeyError, PublicKey};
pub use layout::LAYOUT;
pub use page::{Page, Row};
#[cfg(feature = "planted-bugs")]
pub use planted::skip_sync;
pub use read::{Pages, ReadError, Reader};
pub use reserve::RESERVE_BYTES;
pub use row::{Decoded, Records, RowFault, Stored, UnreadableRecord};
pub use salts::{OsSalts, seal};
pub use snapshot::{LatestSnapshot, Snapshot, SnapshotError};
pub use sqlite::SqliteError;
pub use verify::{Fault, FaultKind, Verification, VerifyReport};
