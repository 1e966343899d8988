//! The ops repo as files: reading a folder, loading it into a plan, storing and reloading that.
//!
//! [`read`] goes through a folder; what goes through a revision in git is a crate of its own, and gives its [`Tree`]
//! to the same [`gather`]. Text is understood by `formats` and resolved by `model`; this crate joins them:
//! [`OpsFiles`] → [`load`] → [`Loaded`]. What a database keeps of a plan is [`Loaded::redacted`]; the values blanked
//! out there are in [`Secrets`], for a file only its owner can read; [`load_stored`] puts the two together again.

#![expect(clippy::disallowed_methods, reason = "edge: reads the ops repo's files")]

mod files;
mod folder;
mod gather;
mod ignored;
mod lens;
mod load;
mod read;
mod secrets;
mod stability;
mod tree;
mod watched;

pub use files::{OpsFile, OpsFiles, Unread, Why};
pub use gather::{ALL_BYTES_MAX, FILE_BYTES_MAX, Gathered, NAMES_MAX, TooMuch, gather};
pub use ignored::IGNORE_FILE;
pub use lens::{LensError, LoadedLens, embedded_lens, load_lens};
pub use load::{Loaded, load, load_stored, load_without_secrets};
pub use read::{Error, read};
pub use secrets::{RedactedFile, RefillError, Secrets};
pub use stability::{ContentFingerprint, Stability};
pub use tree::{Entry, Kind, Led, Tree};
pub use watched::Watched;
