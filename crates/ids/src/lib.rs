//! Typed identifiers, one type per entity, all from this one registry.
//!
//! An entity's id is its kind and the sequence number of the record that made it, so ids need no
//! clock and no chance: folding the same records gives the same ids. The printed form is
//! `kind:number`, and that is the form used in subjects, URLs, the CLI and logs.

mod document_ref;
mod plan_hash;

pub use document_ref::{DocumentRef, ParseDocumentRefError};
pub use plan_hash::PlanHash;

use std::fmt;
use std::str::FromStr;

/// A record's place in the journal: dense, starting at 1. Zero means "before the first record".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
pub struct Seq(pub u64);

impl Seq {
    /// The number after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseIdError {
    wanted: &'static str,
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id of the form `{}:NUMBER`", self.wanted)
    }
}

impl std::error::Error for ParseIdError {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Seq);

        impl $name {
            /// The kind part of the printed form.
            pub const KIND: &'static str = $kind;

            /// The sequence number of the record that made the entity.
            #[must_use]
            pub const fn seq(self) -> Seq {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($kind, ":{}"), self.0.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let wrong = ParseIdError { wanted: $kind };
                let number = text.strip_prefix(concat!($kind, ":")).ok_or(wrong.clone())?;
                number.parse().map(|n| Self(Seq(n))).map_err(|_| wrong)
            }
        }
    )+};
}

ids! {
    /// One firing of an alert: from the record that says it fired until it is resolved.
    AlertId = "alert";
    /// An aggregation group: the alerts of one route that share the grouping labels.
    GroupId = "group";
    /// An intended notification: one message for one integration of one receiver.
    NoticeId = "notice";
    /// A silence.
    SilenceId = "silence";
    /// An incident: an event that needs intervention.
    IncidentId = "incident";
    /// A problem: incidents that recur or stay open.
    ProblemId = "problem";
    /// A page: one person, or one receiver, asked to act on one incident.
    PageId = "page";
    /// An update: what stakeholders or customers are told about an incident.
    UpdateId = "update";
    /// An override of a schedule.
    OverrideId = "override";
    /// A token of the API.
    TokenId = "token";
    /// A fact that was told: something that happened outside.
    FactId = "fact";
    /// An attestation: what a person signed about a practice.
    AttestationId = "attestation";
    /// An improvement: a practice that a team set out to practise.
    ImprovementId = "improvement";
    /// A milestone: where a review stood when it was named.
    MilestoneId = "milestone";
    /// A subscription: somebody outside who is told how incidents go.
    SubscriptionId = "subscription";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_as_kind_and_number_and_reads_back() {
        let id = SilenceId(Seq(42));
        assert_eq!(id.to_string(), "silence:42");
        assert_eq!("silence:42".parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_by_name() {
        let error = "alert:1".parse::<SilenceId>().expect_err("another kind");
        assert_eq!(error.to_string(), "not an id of the form `silence:NUMBER`");
    }
}
