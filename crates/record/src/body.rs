//! What happened: one struct per kind of record.
//!
//! Bodies carry resolved targets and deadlines, so that folding them needs no plan and no clock.
//! Ids of entities that a record makes follow from its own sequence number and are not repeated here.

mod access;
mod incident;
mod page;

use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, NoticeId, PlanHash, Seq, SilenceId};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

pub use access::{OverrideRemoved, OverrideSet, Role, TokenCreated, TokenRevoked};
pub use incident::{
    AcknowledgementExpired, EscalationCause, IncidentAcknowledged, IncidentAssigned, IncidentClosed, IncidentEscalated,
    IncidentJoined, IncidentKey, IncidentMerged, IncidentNoted, IncidentOpened, IncidentPaused, IncidentReopened,
    IncidentRerouted, IncidentResolved, IncidentResumed, IncidentRole, IncidentSeveritySet, IncidentUnroutable,
    IncidentVisibilitySet, ProblemCause, ProblemLinked, ProblemOpened, ProblemResolved, ResolvedBy,
};
pub use page::{
    Ask, MessageDelivered, MessageFailed, MessageFailing, MessageIntended, PageContact, PageExpired, PageFailed,
    PageOpened, SentId, UpdateApproved, UpdateDrafted, UpdateKind, UpdateWithdrawn,
};

/// What happened. Closed: a new kind finds all its readers.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The program took up its work.
    Started(Started),
    /// The program laid down its work in order.
    Stopped(Stopped),
    /// Wall clock and monotonic clock came apart.
    ClockJumped(ClockJumped),
    /// A plan became the current one.
    PlanAdopted(PlanAdopted),
    /// A changed ops repo could not be resolved; the plan before it stays.
    PlanRefused(PlanRefused),
    /// An alert began to fire.
    AlertFired(AlertFired),
    /// A firing alert's annotations, start or link changed.
    AlertChanged(AlertChanged),
    /// An alert stopped firing.
    AlertResolved(AlertResolved),
    /// An alert's groups changed because the plan did.
    AlertRegrouped(AlertRegrouped),
    /// A group came to be.
    GroupOpened(GroupOpened),
    /// A group's receiver or pace changed because the plan did.
    GroupRebound(GroupRebound),
    /// Resolved alerts left a group with nothing to tell about them.
    GroupCleared(GroupCleared),
    /// A notice is to be sent.
    NoticeIntended(NoticeIntended),
    /// A notice's first attempt failed, or failed for a new reason; it is tried again.
    NoticeFailing(NoticeFailing),
    /// A notice arrived.
    NoticeDelivered(NoticeDelivered),
    /// A notice was given up.
    NoticeFailed(NoticeFailed),
    /// A silence was set.
    SilenceSet(SilenceSet),
    /// A silence was ended before its time.
    SilenceExpired(SilenceExpired),
    /// Nothing could be made durable, and the last resort was told directly.
    LastResortTold(LastResortTold),
    /// A body was erased, for people's sake.
    BodyErased(BodyErased),
    /// An incident began.
    IncidentOpened(IncidentOpened),
    /// Further alerts belong to an incident.
    IncidentJoined(IncidentJoined),
    /// The plan changed, and the incident's alerts are in another group now.
    IncidentRerouted(IncidentRerouted),
    /// A step of escalation is due, and who is paged is decided; the pages follow.
    IncidentEscalated(IncidentEscalated),
    /// Nobody can be paged: no policy is left, or it names nobody who is there. Tried again at `next_at`.
    IncidentUnroutable(IncidentUnroutable),
    /// Everything that is bad about it is silenced, inhibited or muted: escalation stands still.
    IncidentPaused(IncidentPaused),
    /// The pause is over and it is still bad.
    IncidentResumed(IncidentResumed),
    /// Somebody takes it on.
    IncidentAcknowledged(IncidentAcknowledged),
    /// An acknowledgement ran out: who gave it is asked again, and after that it goes on with the next step.
    AcknowledgementExpired(AcknowledgementExpired),
    /// A role in an incident was given to somebody.
    IncidentAssigned(IncidentAssigned),
    /// Somebody said how bad it is.
    IncidentSeveritySet(IncidentSeveritySet),
    /// Somebody said whether customers notice.
    IncidentVisibilitySet(IncidentVisibilitySet),
    /// Somebody wrote something down.
    IncidentNoted(IncidentNoted),
    /// An incident turned out to be part of another one.
    IncidentMerged(IncidentMerged),
    /// It is over.
    IncidentResolved(IncidentResolved),
    /// It is bad again.
    IncidentReopened(IncidentReopened),
    /// Nothing more is expected of it.
    IncidentClosed(IncidentClosed),
    /// Incidents have one cause that is not removed.
    ProblemOpened(ProblemOpened),
    /// One more incident has the same cause.
    ProblemLinked(ProblemLinked),
    /// The cause is removed.
    ProblemResolved(ProblemResolved),
    /// Somebody is asked to act. Whoever acts ends it.
    PageOpened(PageOpened),
    /// A message is to go to one address now.
    MessageIntended(MessageIntended),
    /// A message's first attempt failed, or failed for a new reason; it is tried again.
    MessageFailing(MessageFailing),
    /// A message arrived.
    MessageDelivered(MessageDelivered),
    /// A message was given up, or its time was over before it was tried.
    MessageFailed(MessageFailed),
    /// All contacts of a page failed: this person was not reached.
    PageFailed(PageFailed),
    /// A page's time was over before anybody acted on it.
    PageExpired(PageExpired),
    /// A text for some audience is ready; it waits for approval, or goes at once.
    UpdateDrafted(UpdateDrafted),
    /// Somebody who may lets it go, perhaps in other words.
    UpdateApproved(UpdateApproved),
    /// It will not go: somebody said no, or a newer one takes its place.
    UpdateWithdrawn(UpdateWithdrawn),
    /// A token was made. Its secret is nowhere; its hash is here.
    TokenCreated(TokenCreated),
    /// A token counts no more, nor does any that was made with it.
    TokenRevoked(TokenRevoked),
    /// Somebody else is on call for a while.
    OverrideSet(OverrideSet),
    /// An override was taken back.
    OverrideRemoved(OverrideRemoved),
}

/// The program took up its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The program's version.
    pub version: Box<str>,
    /// Since the last record before this one; zero on the first start.
    pub down_for: Duration,
    /// How far the wall clock stands behind the last record; zero unless it was set back while down.
    pub clock_behind: Duration,
}

/// The program laid down its work in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// What asked for it: `SIGTERM`, `SIGINT`.
    pub reason: Box<str>,
}

/// Wall clock and monotonic clock came apart; what was armed moves along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    /// How far the wall clock moved; negative is back.
    pub by: Duration,
}

/// A plan became the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAdopted {
    /// Its content hash.
    pub plan: PlanHash,
    /// What it follows on; `None` for the first.
    pub before: Option<PlanHash>,
    /// How many findings it has.
    pub findings: u32,
    /// Live objects whose receiver it does not have any more, each with what becomes of it.
    pub orphans: Vec<Box<str>>,
}

/// A changed ops repo could not be resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRefused {
    /// `file:line:column: code: headline` of each error.
    pub errors: Vec<Box<str>>,
}

/// An alert began to fire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertFired {
    /// The alert that fires again, where it was resolved but its recovery is not told everywhere yet; `None`
    /// makes a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<AlertId>,
    /// What it is; its identity while it fires.
    pub labels: LabelSet,
    /// What is said about it.
    #[serde(default, skip_serializing_if = "LabelSet::is_empty")]
    pub annotations: LabelSet,
    /// When it began, as the sender has it.
    pub starts_at: Timestamp,
    /// Where the sender shows it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub generator_url: Box<str>,
    /// The groups it joined.
    pub groups: Vec<GroupId>,
    /// When it expires if not heard of again. Renewals after this are leases, not records.
    pub lease_until: Timestamp,
}

/// A firing alert's annotations, start or link changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertChanged {
    /// Which.
    pub alert: AlertId,
    /// What is said about it now.
    #[serde(default, skip_serializing_if = "LabelSet::is_empty")]
    pub annotations: LabelSet,
    /// When it began.
    pub starts_at: Timestamp,
    /// Where the sender shows it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub generator_url: Box<str>,
}

/// Why an alert counts as resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResolveCause {
    /// The sender said so.
    Told,
    /// The sender stopped speaking of it and its lease ran out.
    Expired,
}

/// An alert stopped firing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertResolved {
    /// Which.
    pub alert: AlertId,
    /// When it ended.
    pub ends_at: Timestamp,
    /// Why it counts as resolved.
    pub cause: ResolveCause,
}

/// An alert's groups changed because the plan did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRegrouped {
    /// Which.
    pub alert: AlertId,
    /// All its groups now.
    pub groups: Vec<GroupId>,
}

/// One integration of a group's receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `webhook[0]`.
    pub integration: Arc<str>,
    /// Whether recoveries are told.
    pub send_resolved: bool,
}

/// A group came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupOpened {
    /// The route's key.
    pub route: Arc<str>,
    /// The grouping labels.
    pub labels: LabelSet,
    /// Who is told.
    pub receiver: Arc<str>,
    /// Its integrations.
    pub targets: Arc<[Target]>,
    /// Pace: between notices of a changed group.
    pub group_interval: Duration,
    /// Pace: until an unchanged group is told again.
    pub repeat_interval: Duration,
    /// When its first notice is due.
    pub flush_at: Timestamp,
}

/// A group's receiver or pace changed because the plan did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRebound {
    /// Which.
    pub group: GroupId,
    /// Who is told now.
    pub receiver: Arc<str>,
    /// Its integrations now.
    pub targets: Arc<[Target]>,
    /// Pace now.
    pub group_interval: Duration,
    /// Pace now.
    pub repeat_interval: Duration,
}

/// Resolved alerts left a group with nothing to tell about them: never told, or recoveries not wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCleared {
    /// Which group.
    pub group: GroupId,
    /// Who left.
    pub alerts: Vec<AlertId>,
}

/// A notice is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeIntended {
    /// Of which group.
    pub group: GroupId,
    /// To whom.
    pub receiver: Arc<str>,
    /// Through what.
    pub integration: Arc<str>,
    /// Alerts in it that fire.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub firing: Vec<AlertId>,
    /// Alerts in it that are resolved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolved: Vec<AlertId>,
    /// After this it is given up; the group's next flush decides anew.
    pub not_after: Timestamp,
    /// When the group is looked at next.
    pub next_flush_at: Timestamp,
}

/// A notice's first attempt failed, or failed for a new reason; it is tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFailing {
    /// Which.
    pub notice: NoticeId,
    /// Why.
    pub reason: Box<str>,
}

/// A notice arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDelivered {
    /// Which.
    pub notice: NoticeId,
    /// How many attempts it took.
    pub attempts: u32,
}

/// A notice was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFailed {
    /// Which.
    pub notice: NoticeId,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why.
    pub reason: Box<str>,
    /// Whether an attempt may have arrived all the same: then its recovery has to be told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub perhaps_arrived: bool,
}

/// A silence was set, or one that was set before was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceSet {
    /// The silence that this changes in place; `None` makes a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<SilenceId>,
    /// What is silenced.
    pub matchers: Matchers,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Who says they set it. Free text of the client, so it lives in an erasable body.
    pub created_by: Box<str>,
    /// Why.
    pub comment: Box<str>,
}

/// A silence was ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceExpired {
    /// Which.
    pub silence: SilenceId,
}

/// Nothing could be made durable, and the last resort was told directly; recorded once recording works again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastResortTold {
    /// Who was told.
    pub receiver: Arc<str>,
    /// What kept commits from working.
    pub reason: Box<str>,
    /// When the message was sent.
    pub sent_at: Timestamp,
    /// Whether at least one integration took it.
    pub delivered: bool,
}

/// A body was erased, for people's sake. The header stays, and so does the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyErased {
    /// Whose body.
    pub erased: Seq,
    /// Why.
    pub reason: Box<str>,
}
