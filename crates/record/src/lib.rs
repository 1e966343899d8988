//! The kinds of record: what happened, in the past tense, with their encoding and its versions.
//!
//! A [`Record`] is one fact. Its body is one of the kinds of [`Body`]; on disk the body is JSON, its
//! header a fixed binary layout, and the two are tied by hashes (see [`chain`]). Stored bytes are
//! hashed as they are and never encoded again, so a journal can be verified for ever, whatever this
//! code becomes. Each kind has a version; [`upcast`] lifts older bodies to today's shape.

mod actor;
mod body;
pub mod chain;
mod encoding;
mod header;
pub mod upcast;

pub use actor::{Actor, Origin};
pub use body::{
    AcknowledgementExpired, AlertChanged, AlertFired, AlertRegrouped, AlertResolved, Ask, AttestationWithdrawn,
    Attested, Body, BodyErased, ClockJumped, Declaration, DeclarationKey, DocumentsDeclared, EscalationCause,
    FactReported, FactValue, FindingsFound, FoundFinding, GroupCleared, GroupOpened, GroupRebound, ImprovementClosed,
    ImprovementDropped, ImprovementOpened, ImprovementReopened, IncidentAcknowledged, IncidentAssigned, IncidentClosed,
    IncidentEscalated, IncidentJoined, IncidentKey, IncidentMerged, IncidentNoted, IncidentOpened, IncidentPaused,
    IncidentReopened, IncidentRerouted, IncidentResolved, IncidentResumed, IncidentRole, IncidentSeveritySet,
    IncidentUnroutable, IncidentVisibilitySet, LastResortTold, MessageDelivered, MessageFailed, MessageFailing,
    MessageIntended, MilestoneSet, NoticeDelivered, NoticeFailed, NoticeFailing, NoticeIntended, OverrideRemoved,
    OverrideSet, PageContact, PageExpired, PageFailed, PageOpened, PlanAdopted, PlanCommit, PlanRefused, ProblemCause,
    ProblemLinked, ProblemOpened, ProblemResolved, ResolveCause, ResolvedBy, Role, RuleAlert, RuleAlertState,
    RuleAlertsChanged, RuleRef, SentId, SilenceExpired, SilenceSet, Started, Stopped, SubscribersTold,
    SubscriptionAsked, SubscriptionChannel, SubscriptionConfirmed, SubscriptionEnd, SubscriptionEnded, Target,
    TokenCreated, TokenRevoked, UpdateApproved, UpdateDrafted, UpdateKind, UpdateWithdrawn,
};
pub use encoding::{DecodeError, KINDS, Kind};
pub use header::{HASH_BYTES, Hash, Header, HeaderError};

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_time::Timestamp;

/// One past-tense fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its place in the journal.
    pub seq: Seq,
    /// When it was decided; never before the record in front of it.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Actor,
    /// How it came to be known.
    pub origin: Origin,
    /// The plan it was decided under.
    pub plan: PlanHash,
    /// What happened.
    pub body: Body,
}
