//! Who caused a record, and how it came to be known.

use std::fmt;
use std::sync::Arc;

/// Who caused a record: an id, never a name or an address of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Actor(pub Arc<str>);

impl Actor {
    /// The system itself: deadlines, starts, probes.
    #[must_use]
    pub fn system() -> Self {
        Self("system".into())
    }

    /// A caller on loopback that did not say who it is.
    #[must_use]
    pub fn loopback() -> Self {
        Self("loopback".into())
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a fact came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Evenkeel saw or decided it.
    Observed,
    /// Somebody told it.
    Reported,
    /// It was brought in from another system's past.
    Imported,
}

impl Origin {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Reported => "reported",
            Self::Imported => "imported",
        }
    }

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Observed => 0,
            Self::Reported => 1,
            Self::Imported => 2,
        }
    }

    pub(crate) const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Observed),
            1 => Some(Self::Reported),
            2 => Some(Self::Imported),
            _ => None,
        }
    }
}
