//! The embedded store of metrics: a log, a head in memory, blocks on disk.
//!
//! ```text
//! append ─▶ head (memory) ─▶ queue ─▶ log (disk, one sync for all who wait) ─▶ durable
//!             │ every two hours
//!             ▼
//!           block ─▶ joined with others ─▶ removed when it is old
//! ```
//!
//! Whoever owns the store calls [`Store::tick`] from time to time; nothing else happens by itself but the writing of the log.
//! Formats, guarantees and measurements are in `docs/design/metrics-store.md`.

#![expect(clippy::disallowed_methods, reason = "edge: talks to the file system, and has a thread for the log")]

mod block;
mod codec;
mod compaction;
mod fault;
mod folder;
mod head;
mod log;
#[doc(hidden)]
pub mod measured;
mod merge;
mod options;
mod part;
mod past;
mod querier;
mod refused;
mod repair;
mod select;
mod selected;
mod status;
mod store;

pub use fault::{OpenFault, TickFault};
pub use log::{AppendFault, Commit};
pub use options::{Durability, Limits, Options, SenderLimits};
pub use querier::StoreQuerier;
pub use refused::{Appended, Reason, Refused};
pub use repair::Repair;
pub use status::{BlockStatus, StoreStatus};
pub use store::{Copied, CopyFault, Store, Work, copy_store};
