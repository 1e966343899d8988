//! What happened: one struct per kind of record.
//!
//! Bodies carry resolved targets and deadlines, so that folding them needs no plan and no clock.
//! Ids of entities that a record makes follow from its own sequence number and are not repeated here.

mod access;
mod alerting;
mod domains;
mod incident;
mod page;
mod review;
mod rules;
mod subscription;
mod system;

pub use access::{OverrideRemoved, OverrideSet, Role, TokenCreated, TokenRevoked};
pub use alerting::{
    AlertChanged, AlertFired, AlertRegrouped, AlertResolved, GroupCleared, GroupOpened, GroupRebound, NoticeDelivered,
    NoticeFailed, NoticeFailing, NoticeIntended, ResolveCause, SilenceExpired, SilenceSet, Target,
};
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
pub use review::{
    AttestationWithdrawn, Attested, Declaration, DeclarationKey, DocumentsDeclared, FactReported, FactValue,
    FindingsFound, FoundFinding, ImprovementClosed, ImprovementDropped, ImprovementOpened, ImprovementReopened,
    MilestoneSet,
};
pub use rules::{RuleAlert, RuleAlertState, RuleAlertsChanged, RuleRef};
pub use subscription::{
    SubscribersTold, SubscriptionAsked, SubscriptionChannel, SubscriptionConfirmed, SubscriptionEnd, SubscriptionEnded,
};
pub use system::{BodyErased, ClockJumped, LastResortTold, PlanAdopted, PlanCommit, PlanRefused, Started, Stopped};

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
    /// Alerts of a rule that is evaluated here are something else than before.
    RuleAlertsChanged(RuleAlertsChanged),
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
    /// Something happened outside, and Evenkeel was told, or saw it.
    FactReported(FactReported),
    /// A person signed that a practice is lived, or that it does not apply.
    Attested(Attested),
    /// An attestation counts no more.
    AttestationWithdrawn(AttestationWithdrawn),
    /// Somebody set out to have a practice practised.
    ImprovementOpened(ImprovementOpened),
    /// The practice is practised: the improvement closed itself.
    ImprovementClosed(ImprovementClosed),
    /// The practice is practised no more: the improvement opened itself again.
    ImprovementReopened(ImprovementReopened),
    /// Nobody pursues the improvement any more.
    ImprovementDropped(ImprovementDropped),
    /// Where a review stood, under a name.
    MilestoneSet(MilestoneSet),
    /// The ops repo says something else than before.
    DocumentsDeclared(DocumentsDeclared),
    /// What the check finds in the ops repo is something else than before.
    FindingsFound(FindingsFound),
    /// Somebody outside wants to be told how incidents go.
    SubscriptionAsked(SubscriptionAsked),
    /// Whoever reads at the address wants it.
    SubscriptionConfirmed(SubscriptionConfirmed),
    /// Nothing more goes to a subscriber.
    SubscriptionEnded(SubscriptionEnded),
    /// An update went to the subscribers of a page.
    SubscribersTold(SubscribersTold),
}
