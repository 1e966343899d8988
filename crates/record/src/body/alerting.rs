//! What happens to alerts, groups, notices and silences.

use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, NoticeId, SilenceId};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

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
