//! An instant as our own API writes it: RFC 3339, UTC, with milliseconds.

use evenkeel_time::Timestamp;
use serde::{Serialize, Serializer};

/// An instant as our own API writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(pub(crate) Timestamp);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
