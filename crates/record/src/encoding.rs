//! Kinds and versions, and bodies to and from their JSON.

use std::fmt;

use evenkeel_ids::{
    AlertId, AttestationId, FactId, GroupId, ImprovementId, IncidentId, MilestoneId, NoticeId, OverrideId, PageId,
    ProblemId, Seq, SilenceId, SubscriptionId, TokenId, UpdateId,
};

use crate::{Body, upcast};

/// A kind of record and the version its bodies are written in today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Kebab-case, past tense.
    pub name: &'static str,
    /// Counts from 1; raised when the shape of the body changes, together with an upcaster.
    pub version: u16,
}

/// Why a stored body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// A kind this program does not know: the journal was written by a newer one.
    UnknownKind(String),
    /// A version this program does not know yet.
    NewerVersion {
        /// The kind.
        kind: String,
        /// Its version in the journal.
        version: u16,
    },
    /// The body is not what its kind and version say.
    Malformed {
        /// The kind.
        kind: String,
        /// What the parser said.
        message: String,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKind(kind) => {
                write!(f, "record kind `{kind}` is not known to this version; it was written by a newer one")
            }
            Self::NewerVersion { kind, version } => {
                write!(f, "version {version} of record kind `{kind}` is newer than this program knows")
            }
            Self::Malformed { kind, message } => write!(f, "body of a `{kind}` record is malformed: {message}"),
        }
    }
}

impl std::error::Error for DecodeError {}

macro_rules! kinds {
    ($($variant:ident = $name:literal v $version:literal;)+) => {
        /// Every kind, in the order of their introduction.
        pub const KINDS: &[Kind] = &[$(Kind { name: $name, version: $version }),+];

        impl Body {
            /// The kind and today's version.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$variant(_) => Kind { name: $name, version: $version }),+
                }
            }

            /// Appends the body's JSON.
            ///
            /// # Panics
            /// Never: bodies hold nothing that JSON cannot say.
            pub fn encode(&self, out: &mut Vec<u8>) {
                let written = match self {
                    $(Self::$variant(body) => serde_json::to_writer(out, body)),+
                };
                written.expect("bodies hold texts, numbers, lists and text-keyed objects only");
            }

            /// Reads a stored body of any version up to today's.
            ///
            /// # Errors
            /// [`DecodeError`] when the kind or version is unknown, or the bytes are not such a body.
            pub fn decode(kind: &str, version: u16, bytes: &[u8]) -> Result<Self, DecodeError> {
                let malformed =
                    |error: serde_json::Error| DecodeError::Malformed { kind: kind.to_owned(), message: error.to_string() };
                match kind {
                    $($name if version == $version => serde_json::from_slice(bytes).map(Self::$variant).map_err(malformed),)+
                    $($name if version < $version => {
                        let old = serde_json::from_slice(bytes).map_err(malformed)?;
                        serde_json::from_value(upcast::lift(kind, version, old)).map(Self::$variant).map_err(malformed)
                    })+
                    $($name => Err(DecodeError::NewerVersion { kind: kind.to_owned(), version }),)+
                    _ => Err(DecodeError::UnknownKind(kind.to_owned())),
                }
            }
        }
    };
}

kinds! {
    Started = "started" v 1;
    Stopped = "stopped" v 1;
    ClockJumped = "clock-jumped" v 1;
    PlanAdopted = "plan-adopted" v 2;
    PlanRefused = "plan-refused" v 1;
    AlertFired = "alert-fired" v 1;
    AlertChanged = "alert-changed" v 1;
    AlertResolved = "alert-resolved" v 1;
    AlertRegrouped = "alert-regrouped" v 1;
    GroupOpened = "group-opened" v 1;
    GroupRebound = "group-rebound" v 1;
    GroupCleared = "group-cleared" v 1;
    NoticeIntended = "notice-intended" v 1;
    NoticeFailing = "notice-failing" v 1;
    NoticeDelivered = "notice-delivered" v 1;
    NoticeFailed = "notice-failed" v 1;
    SilenceSet = "silence-set" v 1;
    SilenceExpired = "silence-expired" v 1;
    LastResortTold = "last-resort-told" v 1;
    BodyErased = "body-erased" v 1;
    IncidentOpened = "incident-opened" v 1;
    IncidentJoined = "incident-joined" v 1;
    IncidentRerouted = "incident-rerouted" v 1;
    IncidentEscalated = "incident-escalated" v 1;
    IncidentUnroutable = "incident-unroutable" v 1;
    IncidentPaused = "incident-paused" v 1;
    IncidentResumed = "incident-resumed" v 1;
    IncidentAcknowledged = "incident-acknowledged" v 1;
    AcknowledgementExpired = "acknowledgement-expired" v 1;
    IncidentAssigned = "incident-assigned" v 1;
    IncidentSeveritySet = "incident-severity-set" v 1;
    IncidentVisibilitySet = "incident-visibility-set" v 1;
    IncidentNoted = "incident-noted" v 1;
    IncidentMerged = "incident-merged" v 1;
    IncidentResolved = "incident-resolved" v 1;
    IncidentReopened = "incident-reopened" v 1;
    IncidentClosed = "incident-closed" v 1;
    ProblemOpened = "problem-opened" v 1;
    ProblemLinked = "problem-linked" v 1;
    ProblemResolved = "problem-resolved" v 1;
    PageOpened = "page-opened" v 1;
    MessageIntended = "message-intended" v 1;
    MessageFailing = "message-failing" v 1;
    MessageDelivered = "message-delivered" v 1;
    MessageFailed = "message-failed" v 1;
    PageFailed = "page-failed" v 1;
    PageExpired = "page-expired" v 1;
    UpdateDrafted = "update-drafted" v 1;
    UpdateApproved = "update-approved" v 1;
    UpdateWithdrawn = "update-withdrawn" v 1;
    TokenCreated = "token-created" v 1;
    TokenRevoked = "token-revoked" v 1;
    OverrideSet = "override-set" v 1;
    OverrideRemoved = "override-removed" v 1;
    FactReported = "fact-reported" v 1;
    Attested = "attested" v 1;
    AttestationWithdrawn = "attestation-withdrawn" v 1;
    ImprovementOpened = "improvement-opened" v 1;
    ImprovementClosed = "improvement-closed" v 1;
    ImprovementReopened = "improvement-reopened" v 1;
    ImprovementDropped = "improvement-dropped" v 1;
    MilestoneSet = "milestone-set" v 1;
    DocumentsDeclared = "documents-declared" v 1;
    FindingsFound = "findings-found" v 1;
    SubscriptionAsked = "subscription-asked" v 1;
    SubscriptionConfirmed = "subscription-confirmed" v 1;
    SubscriptionEnded = "subscription-ended" v 1;
    SubscribersTold = "subscribers-told" v 1;
    RuleAlertsChanged = "rule-alerts-changed" v 1;
}

impl Body {
    /// The entity the record is about, as its id; `seq` is the record's own number.
    #[must_use]
    pub fn subject(&self, seq: Seq) -> String {
        match self {
            Self::Started(_) | Self::Stopped(_) | Self::ClockJumped(_) | Self::LastResortTold(_) => "system".to_owned(),
            Self::PlanAdopted(body) => format!("plan:{}", body.plan.short()),
            Self::PlanRefused(_) => "plan".to_owned(),
            Self::AlertFired(body) => body.again.unwrap_or(AlertId(seq)).to_string(),
            Self::AlertChanged(body) => body.alert.to_string(),
            Self::AlertResolved(body) => body.alert.to_string(),
            Self::AlertRegrouped(body) => body.alert.to_string(),
            Self::GroupOpened(_) => GroupId(seq).to_string(),
            Self::GroupRebound(body) => body.group.to_string(),
            Self::GroupCleared(body) => body.group.to_string(),
            Self::NoticeIntended(_) => NoticeId(seq).to_string(),
            Self::NoticeFailing(body) => body.notice.to_string(),
            Self::NoticeDelivered(body) => body.notice.to_string(),
            Self::NoticeFailed(body) => body.notice.to_string(),
            Self::SilenceSet(body) => body.changes.unwrap_or(SilenceId(seq)).to_string(),
            Self::SilenceExpired(body) => body.silence.to_string(),
            // Names of files and rules are people's words, and stay in the body, which can be erased.
            Self::RuleAlertsChanged(_) => "rule".to_owned(),
            Self::BodyErased(body) => format!("record:{}", body.erased.0),
            Self::IncidentOpened(_) => IncidentId(seq).to_string(),
            Self::IncidentJoined(body) => body.incident.to_string(),
            Self::IncidentRerouted(body) => body.incident.to_string(),
            Self::IncidentEscalated(body) => body.incident.to_string(),
            Self::IncidentUnroutable(body) => body.incident.to_string(),
            Self::IncidentPaused(body) => body.incident.to_string(),
            Self::IncidentResumed(body) => body.incident.to_string(),
            Self::IncidentAcknowledged(body) => body.incident.to_string(),
            Self::AcknowledgementExpired(body) => body.incident.to_string(),
            Self::IncidentAssigned(body) => body.incident.to_string(),
            Self::IncidentSeveritySet(body) => body.incident.to_string(),
            Self::IncidentVisibilitySet(body) => body.incident.to_string(),
            Self::IncidentNoted(body) => body.incident.to_string(),
            Self::IncidentMerged(body) => body.incident.to_string(),
            Self::IncidentResolved(body) => body.incident.to_string(),
            Self::IncidentReopened(body) => body.incident.to_string(),
            Self::IncidentClosed(body) => body.incident.to_string(),
            Self::ProblemOpened(_) => ProblemId(seq).to_string(),
            Self::ProblemLinked(body) => body.problem.to_string(),
            Self::ProblemResolved(body) => body.problem.to_string(),
            Self::PageOpened(_) => PageId(seq).to_string(),
            Self::MessageIntended(body) => body.of.to_string(),
            Self::MessageFailing(body) => body.of.to_string(),
            Self::MessageDelivered(body) => body.of.to_string(),
            Self::MessageFailed(body) => body.of.to_string(),
            Self::PageFailed(body) => body.page.to_string(),
            Self::PageExpired(body) => body.page.to_string(),
            Self::UpdateDrafted(_) => UpdateId(seq).to_string(),
            Self::UpdateApproved(body) => body.update.to_string(),
            Self::UpdateWithdrawn(body) => body.update.to_string(),
            Self::TokenCreated(_) => TokenId(seq).to_string(),
            Self::TokenRevoked(body) => body.token.to_string(),
            Self::OverrideSet(_) => OverrideId(seq).to_string(),
            Self::OverrideRemoved(body) => body.id.to_string(),
            Self::FactReported(body) => body.supersedes.unwrap_or(FactId(seq)).to_string(),
            Self::Attested(_) => AttestationId(seq).to_string(),
            Self::AttestationWithdrawn(body) => body.attestation.to_string(),
            Self::ImprovementOpened(_) => ImprovementId(seq).to_string(),
            Self::ImprovementClosed(body) => body.improvement.to_string(),
            Self::ImprovementReopened(body) => body.improvement.to_string(),
            Self::ImprovementDropped(body) => body.improvement.to_string(),
            Self::MilestoneSet(_) => MilestoneId(seq).to_string(),
            Self::SubscriptionAsked(_) => SubscriptionId(seq).to_string(),
            Self::SubscriptionConfirmed(body) => body.subscription.to_string(),
            Self::SubscriptionEnded(body) => body.subscription.to_string(),
            Self::SubscribersTold(body) => body.update.to_string(),
            Self::DocumentsDeclared(_) | Self::FindingsFound(_) => "plan".to_owned(),
        }
    }
}
