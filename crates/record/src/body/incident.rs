//! What happens to incidents and problems.

use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, GroupId, IncidentId, PageId, ProblemId};
use evenkeel_labels::LabelSet;
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// What makes an incident the same incident while it is open: the response plan and the group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IncidentKey {
    /// The response plan.
    pub response_plan: Arc<str>,
    /// The route's key.
    pub route: Arc<str>,
    /// The grouping labels.
    pub labels: LabelSet,
}

/// An incident began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentOpened {
    /// The response plan.
    pub response_plan: Arc<str>,
    /// What the same would be joined by; `None` when a person opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<IncidentKey>,
    /// The group its alerts are in; `None` when a person opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// Who is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<AlertId>,
    /// What it is called.
    pub title: Box<str>,
    /// What is hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<Arc<str>>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<DocumentRef>,
    /// How bad it is.
    pub severity: Severity,
    /// Why it is that bad.
    pub severity_reason: Box<str>,
    /// Whether customers notice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub customer_visible: bool,
}

/// Further alerts belong to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentJoined {
    /// Which.
    pub incident: IncidentId,
    /// Who joined.
    pub alerts: Vec<AlertId>,
    /// Its severity now.
    pub severity: Severity,
    /// Why.
    pub severity_reason: Box<str>,
}

/// The plan changed, and the incident's alerts are in another group now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentRerouted {
    /// Which.
    pub incident: IncidentId,
    /// What the same would be joined by now.
    pub key: IncidentKey,
    /// The group its alerts are in now.
    pub group: GroupId,
}

/// A step of escalation is due, and who is paged is decided; the pages follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentEscalated {
    /// Which.
    pub incident: IncidentId,
    /// The policy gone by.
    pub policy: Arc<str>,
    /// Which step of it, from 0.
    pub step: u32,
    /// Which time through its steps, from 0.
    pub round: u32,
    /// Why now.
    pub cause: EscalationCause,
    /// In a person's words, where a person escalated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
    /// When the next step is due unless somebody acknowledges.
    pub next_at: Timestamp,
    /// Whether the policy is the organisation's last resort, since the incident's own is gone or went unanswered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub last_resort: bool,
    /// Who is paged in place of the step's own targets, where a person named somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DocumentRef>,
    /// Targets of the step that led to nobody, each with why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Box<str>>,
    /// Through which page's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
}

/// Why a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EscalationCause {
    /// The incident began, or was opened again.
    Opened,
    /// Nobody acknowledged in time.
    Unanswered,
    /// Every page of the step before failed.
    Unreachable,
    /// A person asked for it.
    Asked,
    /// Evenkeel was down when the next step was due; the step before is taken again instead.
    Restarted,
    /// A pause ended and it is still bad; the step before is taken again.
    Resumed,
    /// It became worse; the step before is taken again.
    Worse,
    /// An acknowledgement that names no person ran out; the step before is taken again.
    AcknowledgementExpired,
}

/// Nobody can be paged: no policy is left, or it names nobody who is there. Tried again at `next_at`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentUnroutable {
    /// Which.
    pub incident: IncidentId,
    /// What was looked for in vain.
    pub reason: Box<str>,
    /// When it is tried again.
    pub next_at: Timestamp,
}

/// Everything that is bad about it is silenced, inhibited or muted: escalation stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentPaused {
    /// Which.
    pub incident: IncidentId,
    /// By what.
    pub reason: Box<str>,
    /// When that is over, as far as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// The pause is over and it is still bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentResumed {
    /// Which.
    pub incident: IncidentId,
}

/// Somebody takes it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentAcknowledged {
    /// Which.
    pub incident: IncidentId,
    /// Who, as far as the caller is a person that the ops repo knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Arc<str>>,
    /// Through which page's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
    /// When it runs out.
    pub until: Timestamp,
}

/// An acknowledgement ran out: who gave it is asked again, and after that it goes on with the next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcknowledgementExpired {
    /// Which.
    pub incident: IncidentId,
    /// When the next step is due unless somebody acknowledges.
    pub next_at: Timestamp,
}

/// What somebody is in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentRole {
    /// Works on it; handing it over is giving this role to somebody else.
    Responder,
    /// Decides and coordinates.
    Commander,
    /// Speaks to stakeholders and customers.
    Communicator,
    /// Writes down what happens.
    Scribe,
}

/// A role in an incident was given to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentAssigned {
    /// Which.
    pub incident: IncidentId,
    /// What they are.
    pub role: IncidentRole,
    /// Who.
    pub person: Arc<str>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
}

/// Somebody said how bad it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentSeveritySet {
    /// Which.
    pub incident: IncidentId,
    /// How bad.
    pub severity: Severity,
    /// Why.
    pub reason: Box<str>,
}

/// Somebody said whether customers notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentVisibilitySet {
    /// Which.
    pub incident: IncidentId,
    /// Whether they do.
    pub customer_visible: bool,
    /// Why.
    pub reason: Box<str>,
}

/// Somebody wrote something down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentNoted {
    /// Which.
    pub incident: IncidentId,
    /// What.
    pub text: Box<str>,
    /// Whether the next updates may say it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_updates: bool,
}

/// An incident turned out to be part of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentMerged {
    /// Which ends.
    pub incident: IncidentId,
    /// Which goes on with its alerts.
    pub into: IncidentId,
    /// Why.
    pub reason: Box<str>,
}

/// It is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentResolved {
    /// Which.
    pub incident: IncidentId,
    /// How it is known.
    pub cause: ResolvedBy,
    /// In a person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
    /// Whether it only works again by a way around, so that a problem stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub workaround: bool,
    /// Until when the same again opens it again; then it is closed.
    pub reopen_until: Timestamp,
    /// Through which page's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
}

/// How it is known that an incident is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResolvedBy {
    /// None of its alerts fires.
    Alerts,
    /// A person said so.
    Person,
}

/// It is bad again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentReopened {
    /// Which.
    pub incident: IncidentId,
    /// The group its alerts are in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// Alerts that brought it back; none when a person did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<AlertId>,
    /// In a person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
}

/// Nothing more is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentClosed {
    /// Which.
    pub incident: IncidentId,
    /// In a person's words; `None` when its time was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
}

/// Incidents have one cause that is not removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemOpened {
    /// What it is called.
    pub title: Box<str>,
    /// Whose cause it is.
    pub incidents: Vec<IncidentId>,
    /// What shows it.
    pub cause: ProblemCause,
}

/// What shows a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCause {
    /// The same incident happened again.
    Recurrence,
    /// An incident was resolved by a way around.
    Workaround,
    /// A person said so.
    Person,
}

/// One more incident has the same cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemLinked {
    /// Which.
    pub problem: ProblemId,
    /// The incident.
    pub incident: IncidentId,
}

/// The cause is removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemResolved {
    /// Which.
    pub problem: ProblemId,
    /// How.
    pub reason: Box<str>,
}
