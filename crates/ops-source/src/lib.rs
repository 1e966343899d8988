//! The ops repo as files: reading a folder, loading it into a plan, storing and reloading that.
//!
//! This is the only place that touches the ops repo's files. Text is understood by `formats` and resolved by
//! `model`; this crate joins them: [`read`] → [`load`] → [`Loaded`]. What a database keeps of a plan is
//! [`Loaded::redacted`]; the values blanked out there are in [`Secrets`], for a file only its owner can read;
//! [`load_stored`] puts the two together again.

#![expect(clippy::disallowed_methods, reason = "edge: reads the ops repo's files")]

mod load;
mod read;
mod secrets;
mod stability;

pub use load::{Loaded, load, load_stored};
pub use read::{Error, OpsFile, OpsFiles, read};
pub use secrets::{RedactedFile, RefillError, Secrets};
pub use stability::{ContentFingerprint, Stability};
