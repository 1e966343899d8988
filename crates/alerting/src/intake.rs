//! An alert comes in: from Prometheus, a person, a probe.
//!
//! Meaning of the times, as in Alertmanager: no start means now; no end means now plus the resolve timeout; an end that is not after now resolves. A resolve whose whole span
//! lies before the present firing began speaks of an earlier firing and changes nothing. A start or an end
//! in the future is taken as it is: the alert fires now, until that end.

use std::fmt;

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_labels::LabelSet;
use evenkeel_model::Route;
use evenkeel_record::{AlertChanged, AlertFired, AlertResolved, Body, GroupOpened, ResolveCause, Target};
use evenkeel_time::Timestamp;

use crate::decision::{Context, Decision};
use crate::{Alert, Bug, GroupKey, Lease, LeaseChange, planted};

/// More labels or annotations than this are refused.
pub const LABELS_MAX: usize = 1000;
/// Names, values and annotations of one alert may take this many bytes together.
pub const ALERT_BYTES_MAX: usize = 256 * 1024;

/// An alert as it comes in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IncomingAlert {
    /// What it is.
    pub labels: LabelSet,
    /// What is said about it.
    pub annotations: LabelSet,
    /// When it began, if said.
    pub starts_at: Option<Timestamp>,
    /// When it ended or will count as ended, if said.
    pub ends_at: Option<Timestamp>,
    /// Where the sender shows it.
    pub generator_url: Box<str>,
}

/// Why an alert is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidAlert {
    /// It has no label, so it is nothing.
    NoLabels,
    /// A label or annotation name is none.
    BadName(String),
    /// Too many labels or annotations.
    TooMany(usize),
    /// Too many bytes.
    TooLarge(usize),
    /// It ends before it starts.
    EndsBeforeStart,
}

impl fmt::Display for InvalidAlert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLabels => f.write_str("at least one label pair required"),
            Self::BadName(name) => write!(f, "invalid label or annotation name {name:?}"),
            Self::TooMany(count) => write!(f, "{count} labels and annotations, {LABELS_MAX} are allowed"),
            Self::TooLarge(bytes) => write!(f, "alert of {bytes} bytes, {ALERT_BYTES_MAX} are allowed"),
            Self::EndsBeforeStart => f.write_str("start time must be before end time"),
        }
    }
}

impl std::error::Error for InvalidAlert {}

impl IncomingAlert {
    /// Checks what can be checked without knowing anything else.
    ///
    /// # Errors
    /// [`InvalidAlert`] with the first fault.
    pub fn validate(&self) -> Result<(), InvalidAlert> {
        if self.labels.is_empty() {
            return Err(InvalidAlert::NoLabels);
        }
        let count = self.labels.len() + self.annotations.len();
        if count > LABELS_MAX {
            return Err(InvalidAlert::TooMany(count));
        }
        let all = || self.labels.iter().chain(self.annotations.iter());
        if let Some((name, _)) = all().find(|(name, _)| name.is_empty() || name.contains('\0')) {
            return Err(InvalidAlert::BadName(name.to_owned()));
        }
        let bytes = all().map(|(name, value)| name.len() + value.len()).sum::<usize>() + self.generator_url.len();
        if bytes > ALERT_BYTES_MAX {
            return Err(InvalidAlert::TooLarge(bytes));
        }
        match (self.starts_at, self.ends_at) {
            (Some(start), Some(end)) if end < start => Err(InvalidAlert::EndsBeforeStart),
            _ => Ok(()),
        }
    }
}

/// Decides what an incoming, valid alert means.
pub fn decide_alert(cx: &Context<'_>, incoming: &IncomingAlert, decision: &mut Decision) {
    let starts_at = incoming.starts_at.unwrap_or(cx.now);
    let lease = Lease {
        seen_at: cx.now,
        until: incoming.ends_at.unwrap_or(cx.now + cx.plan.resolve_timeout),
        told: incoming.ends_at.is_some(),
    };
    let known = cx.state.alert_with(&incoming.labels);
    let over = incoming.ends_at.is_some_and(|end| end <= cx.now);
    match known {
        Some(alert) if alert.fires() && over => resolve(alert, incoming, decision),
        Some(alert) if alert.fires() => renew(alert, incoming, lease, decision),
        Some(_) | None if over => {}
        resolved => fire(cx, resolved, incoming, starts_at, lease, decision),
    }
}

fn resolve(alert: &Alert, incoming: &IncomingAlert, decision: &mut Decision) {
    let ends_at = incoming.ends_at.unwrap_or(alert.starts_at);
    let earlier_firing = incoming.starts_at.is_some_and(|start| start < alert.starts_at) && ends_at <= alert.starts_at;
    if earlier_firing || planted(Bug::DropResolve) {
        return;
    }
    // Prometheus says the last word with the recovery; who ends an alert by hand often says nothing.
    if !incoming.annotations.is_empty() {
        change(alert, incoming, decision);
    }
    decision.record(Body::AlertResolved(AlertResolved { alert: alert.id, ends_at, cause: ResolveCause::Told }));
}

/// Heard of again: a record only where something is said differently.
fn renew(alert: &Alert, incoming: &IncomingAlert, lease: Lease, decision: &mut Decision) {
    change(alert, incoming, decision);
    // An end that the sender named rules over an earlier one. Source: Alertmanager, `types.Alert.Merge`.
    let until = if alert.lease.told { lease.until.max(alert.lease.until) } else { lease.until };
    decision.leases.push(LeaseChange::AlertSeen { alert: alert.id, lease: Lease { until, ..lease } });
}

/// Another link alone is no change: each of a pair of Prometheus servers sends its own with every push.
fn change(alert: &Alert, incoming: &IncomingAlert, decision: &mut Decision) {
    let starts_at = incoming.starts_at.map_or(alert.starts_at, |start| start.min(alert.starts_at));
    let same = starts_at == alert.starts_at
        && incoming.annotations == alert.annotations
        && (incoming.generator_url.is_empty() || !alert.generator_url.is_empty());
    if !same || planted(Bug::RecordUnchanged) {
        decision.record(Body::AlertChanged(AlertChanged {
            alert: alert.id,
            annotations: incoming.annotations.clone(),
            starts_at,
            generator_url: incoming.generator_url.clone(),
        }));
    }
}

fn fire(
    cx: &Context<'_>,
    resolved: Option<&Alert>,
    incoming: &IncomingAlert,
    starts_at: Timestamp,
    lease: Lease,
    decision: &mut Decision,
) {
    let starts_at = resolved.map_or(starts_at, |before| merged_start(before, starts_at));
    let groups = place(cx, &incoming.labels, starts_at, decision);
    let again = resolved.map(|alert| alert.id);
    let seq = decision.record(Body::AlertFired(AlertFired {
        again,
        labels: incoming.labels.clone(),
        annotations: incoming.annotations.clone(),
        starts_at,
        generator_url: incoming.generator_url.clone(),
        groups,
        lease_until: lease.until,
    }));
    let alert = again.unwrap_or(AlertId(seq));
    decision.leases.push(LeaseChange::AlertSeen { alert, lease });
}

/// A firing that began before the one before it ended is the same one. Source: Alertmanager, `mem.Alerts.Put`.
fn merged_start(before: &Alert, starts_at: Timestamp) -> Timestamp {
    let overlaps = before.ends_at().is_some_and(|end| starts_at < end);
    if overlaps { before.starts_at.min(starts_at) } else { starts_at }
}

/// The groups an alert belongs to; opens those that are not there yet.
pub(crate) fn place(
    cx: &Context<'_>,
    labels: &LabelSet,
    starts_at: Timestamp,
    decision: &mut Decision,
) -> Vec<GroupId> {
    let routes = cx.plan.routes.matching(labels);
    routes.into_iter().map(|route| join(cx, route, labels, starts_at, decision)).collect()
}

/// An alert older than `group_wait` has waited long enough: its group is looked at at once.
fn join(cx: &Context<'_>, route: &Route, labels: &LabelSet, starts_at: Timestamp, decision: &mut Decision) -> GroupId {
    let overdue = starts_at + route.group_wait < cx.now;
    let key = GroupKey { route: route.key.clone(), labels: route.group_by.group_labels(labels) };
    if let Some(group) = cx.state.group_with(&key) {
        if overdue && !group.flushed && group.flush_at > cx.now {
            decision.leases.push(LeaseChange::FlushAt { group: group.id, at: cx.now });
        }
        return group.id;
    }
    let flush_at = if overdue { cx.now } else { cx.now + route.group_wait };
    GroupId(decision.record(Body::GroupOpened(GroupOpened {
        route: key.route,
        labels: key.labels,
        receiver: route.receiver.clone(),
        targets: targets(cx, route),
        group_interval: route.group_interval,
        repeat_interval: route.repeat_interval,
        flush_at,
    })))
}

/// The integrations of a route's receiver.
pub(crate) fn targets(cx: &Context<'_>, route: &Route) -> std::sync::Arc<[Target]> {
    let integrations = cx.plan.receivers.get(&route.receiver).map(|receiver| receiver.integrations.as_slice());
    integrations
        .unwrap_or_default()
        .iter()
        .map(|known| Target { integration: known.name.clone(), send_resolved: known.send_resolved })
        .collect()
}

/// An alert's lease is due: expired, or renewed in the meantime.
pub(crate) fn decide_lease(cx: &Context<'_>, id: AlertId, decision: &mut Decision) {
    let Some(alert) = cx.state.alert(id) else { return };
    if alert.lease.until > cx.now {
        decision.leases.push(LeaseChange::AlertSeen { alert: id, lease: alert.lease });
    } else {
        let body = AlertResolved { alert: id, ends_at: alert.lease.until, cause: ResolveCause::Expired };
        decision.record(Body::AlertResolved(body));
    }
}
