//! One aggregation group: its members, its pace, and what each integration was told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, NoticeId};
use evenkeel_labels::LabelSet;
use evenkeel_record::Target;
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// The alerts of one route that share the grouping labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// Route key and grouping labels: what it is, under any plan.
    pub key: GroupKey,
    /// Who is told.
    pub receiver: Arc<str>,
    /// The receiver's integrations.
    pub targets: Arc<[Target]>,
    /// Between two looks at it.
    pub group_interval: Duration,
    /// Until it is told again unchanged.
    pub repeat_interval: Duration,
    /// When it is looked at next. After a look that told nothing this is a lease.
    pub flush_at: Timestamp,
    /// Whether it was looked at already, so that an old alert waits for its next look like any other. After a look
    /// that told nothing this is a lease.
    pub flushed: bool,
    /// Who is in it.
    pub members: BTreeSet<AlertId>,
    /// What each integration was last told, by receiver and integration.
    pub told: BTreeMap<(Arc<str>, Arc<str>), Told>,
    /// Alerts that each integration may take to fire although the last notice that arrived did not say so: told by an
    /// earlier one and muted since, or by one that failed and may have arrived. Their recovery is told.
    pub perhaps_told: BTreeMap<(Arc<str>, Arc<str>), BTreeSet<AlertId>>,
    /// Notices without an outcome, by receiver and integration.
    pub open: BTreeMap<(Arc<str>, Arc<str>), NoticeId>,
}

/// What makes a group the same group: the route's key and the grouping labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupKey {
    /// The route's key.
    pub route: Arc<str>,
    /// The grouping labels.
    pub labels: LabelSet,
}

/// What one integration was last told of a group (Alertmanager's notification log entry).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// Alerts told as firing. Sorted.
    pub firing: Vec<AlertId>,
    /// Alerts told as resolved. Sorted.
    pub resolved: Vec<AlertId>,
}

impl std::fmt::Display for GroupKey {
    /// As Alertmanager prints it in `groupKey`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.route, self.labels)
    }
}

impl Told {
    pub(crate) fn speaks_of(&self, alert: AlertId) -> bool {
        self.firing.binary_search(&alert).is_ok() || self.resolved.binary_search(&alert).is_ok()
    }
}

impl Group {
    /// What that integration of the present receiver was last told.
    #[must_use]
    pub fn told_to(&self, target: &Target) -> Option<&Told> {
        self.told.get(&(self.receiver.clone(), target.integration.clone()))
    }

    /// Takes in that an integration was told; what it heard before and not this time, it takes to hold still.
    pub(crate) fn tell(&mut self, key: (Arc<str>, Arc<str>), told: Told) {
        let perhaps = self.perhaps_told.entry(key.clone()).or_default();
        if let Some(before) = self.told.get(&key) {
            let unsaid = |alert: &&AlertId| self.members.contains(*alert) && !told.speaks_of(**alert);
            perhaps.extend(before.firing.iter().filter(unsaid));
        }
        perhaps.retain(|alert| !told.speaks_of(*alert));
        if perhaps.is_empty() {
            self.perhaps_told.remove(&key);
        }
        self.told.insert(key, told);
    }

    /// Whether that integration of the present receiver may take the alert to fire though it was not told so last.
    #[must_use]
    pub fn perhaps_told_to(&self, target: &Target, alert: AlertId) -> bool {
        let key = (self.receiver.clone(), target.integration.clone());
        self.perhaps_told.get(&key).is_some_and(|perhaps| perhaps.contains(&alert))
    }

    /// Whether no integration waits to hear that the alert is over.
    #[must_use]
    pub fn settled(&self, alert: AlertId) -> bool {
        let knows = |target: &Target| {
            self.told_to(target).is_some_and(|told| told.firing.binary_search(&alert).is_ok())
                || self.perhaps_told_to(target, alert)
        };
        self.targets.iter().all(|target| !target.send_resolved || !knows(target))
    }

    /// Takes alerts out, and out of what was told, so that their next firing is news again. `alerts` is sorted.
    pub(crate) fn remove(&mut self, alerts: &[AlertId]) {
        let stays = |known: &AlertId| alerts.binary_search(known).is_err();
        for alert in alerts {
            self.members.remove(alert);
        }
        for told in self.told.values_mut() {
            told.firing.retain(stays);
            told.resolved.retain(stays);
        }
        for perhaps in self.perhaps_told.values_mut() {
            perhaps.retain(stays);
        }
    }
}
