//! An instant in a JSON body, RFC 3339; Go's zero time stands for "not said".

use std::fmt;

use evenkeel_time::Timestamp;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// `0001-01-01T00:00:00Z`, which Go's clients send for a time that is not set.
const UNSET: Timestamp = Timestamp(-62_135_596_800_000);

/// An instant in a JSON body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When(pub(crate) Timestamp);

impl When {
    /// The instant, unless it stands for "not said".
    pub(crate) fn said(self) -> Option<Timestamp> {
        (self.0 != UNSET).then_some(self.0)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = When;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 time such as \"2026-01-02T03:04:05Z\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<When, E> {
                text.parse().map(When).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
