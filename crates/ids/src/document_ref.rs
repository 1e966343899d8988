//! References to documents of the ops repo: `kind:name`.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A document of the ops repo, by kind and name. A person is this and nothing more in every record: names and
/// addresses of people stand in the ops repo only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentRef {
    /// `person:ada`
    Person(Arc<str>),
    /// `team:payments`
    Team(Arc<str>),
    /// `schedule:primary`
    Schedule(Arc<str>),
    /// `policy:payments`, an escalation policy.
    Policy(Arc<str>),
    /// `receiver:ops-channel`
    Receiver(Arc<str>),
    /// `workload:orders`
    Workload(Arc<str>),
}

/// The text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDocumentRefError;

impl fmt::Display for ParseDocumentRefError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a reference such as `person:ada`, `team:payments`, `schedule:primary`, `policy:payments`")
    }
}

impl std::error::Error for ParseDocumentRefError {}

impl DocumentRef {
    /// The kinds, as printed.
    pub const KINDS: [&'static str; 6] = ["person", "team", "schedule", "policy", "receiver", "workload"];

    /// The kind, as printed.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Team(_) => "team",
            Self::Schedule(_) => "schedule",
            Self::Policy(_) => "policy",
            Self::Receiver(_) => "receiver",
            Self::Workload(_) => "workload",
        }
    }

    /// The document's name.
    #[must_use]
    pub const fn name(&self) -> &Arc<str> {
        match self {
            Self::Person(name)
            | Self::Team(name)
            | Self::Schedule(name)
            | Self::Policy(name)
            | Self::Receiver(name)
            | Self::Workload(name) => name,
        }
    }
}

impl fmt::Display for DocumentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.name())
    }
}

impl FromStr for DocumentRef {
    type Err = ParseDocumentRefError;

    fn from_str(text: &str) -> Result<Self, ParseDocumentRefError> {
        let (kind, name) = text.split_once(':').ok_or(ParseDocumentRefError)?;
        let make: fn(Arc<str>) -> Self = match kind {
            "person" => Self::Person,
            "team" => Self::Team,
            "schedule" => Self::Schedule,
            "policy" => Self::Policy,
            "receiver" => Self::Receiver,
            "workload" => Self::Workload,
            _ => return Err(ParseDocumentRefError),
        };
        if name.is_empty() { Err(ParseDocumentRefError) } else { Ok(make(name.into())) }
    }
}

impl Serialize for DocumentRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_prints_as_kind_and_name_and_reads_back() {
        for kind in DocumentRef::KINDS {
            let text = format!("{kind}:on-call");
            let reference: DocumentRef = text.parse().expect("a reference");
            assert_eq!((reference.kind(), reference.name().as_ref(), reference.to_string()), (kind, "on-call", text));
        }
        assert!("person:".parse::<DocumentRef>().is_err());
        assert!("ada".parse::<DocumentRef>().is_err());
        assert!("robot:r2".parse::<DocumentRef>().is_err());
    }
}
