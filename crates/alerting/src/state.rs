//! What is known: the fold of the records, plus leases.
//!
//! Leases are what changes without being a record: when an alert was last heard of, when a group that had
//! nothing to tell is looked at next, how often a notice was tried. They are lost in a crash, and
//! [`State::renew_all`] makes up for it: nothing expires because we were down.
//!
//! INVARIANT: `deadlines` holds one lease entry per firing alert (at or before its end; a renewal does not
//! move it, its handling does), one flush per group, one expiry per notice, and one retry per notice that
//! waits for one.

use std::collections::{BTreeMap, HashMap};

use evenkeel_ids::{AlertId, GroupId, NoticeId, SilenceId};
use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp};
use foldhash::quality::RandomState;
use serde::{Deserialize, Serialize};

use crate::deadline::{Deadline, Deadlines};
use crate::{Alert, Bug, Group, GroupKey, Notice, RuleAlerts, Silence, planted};

/// Alerts, groups, open notices and silences.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    pub(crate) alerts: BTreeMap<AlertId, Alert>,
    pub(crate) groups: BTreeMap<GroupId, Group>,
    pub(crate) notices: BTreeMap<NoticeId, Notice>,
    pub(crate) silences: BTreeMap<SilenceId, Silence>,
    pub(crate) rule_alerts: RuleAlerts,
    /// The newest alert of each label set. Looked up only, never walked.
    #[serde(skip)]
    pub(crate) by_labels: HashMap<LabelSet, AlertId, RandomState>,
    /// Looked up only, never walked.
    #[serde(skip)]
    pub(crate) by_key: HashMap<GroupKey, GroupId, RandomState>,
    #[serde(skip)]
    pub(crate) deadlines: Deadlines,
    /// Where each firing alert's deadline is armed. Looked up only, never walked.
    #[serde(skip)]
    pub(crate) lease_armed_at: HashMap<AlertId, Timestamp, RandomState>,
    firing: usize,
}

/// Equality of what records determine; leases and what is derived do not count.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let same_alert = |(a, b): (&Alert, &Alert)| Alert { lease: b.lease, ..a.clone() } == *b;
        let same_group =
            |(a, b): (&Group, &Group)| Group { flush_at: b.flush_at, flushed: b.flushed, ..a.clone() } == *b;
        let same_notice = |(a, b): (&Notice, &Notice)| {
            Notice { doubtful: b.doubtful, attempts: b.attempts, retry_at: b.retry_at, ..a.clone() } == *b
        };
        self.alerts.len() == other.alerts.len()
            && self.groups.len() == other.groups.len()
            && self.notices.len() == other.notices.len()
            && self.alerts.values().zip(other.alerts.values()).all(same_alert)
            && self.groups.values().zip(other.groups.values()).all(same_group)
            && self.notices.values().zip(other.notices.values()).all(same_notice)
            && self.silences == other.silences
            && self.rule_alerts == other.rule_alerts
    }
}

impl State {
    /// Alerts by id: those that fire, and those whose recovery is not told everywhere yet.
    pub fn alerts(&self) -> impl Iterator<Item = &Alert> {
        self.alerts.values()
    }

    /// Groups by id.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// Notices without an outcome, by id.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.values()
    }

    /// Silences by id, ended ones for a while too.
    pub fn silences(&self) -> impl Iterator<Item = &Silence> {
        self.silences.values()
    }

    /// Pending and firing alerts of the rules that are evaluated here.
    #[must_use]
    pub const fn rule_alerts(&self) -> &RuleAlerts {
        &self.rule_alerts
    }

    /// The alert of that id.
    #[must_use]
    pub fn alert(&self, id: AlertId) -> Option<&Alert> {
        self.alerts.get(&id)
    }

    /// The group of that id.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    /// The notice of that id, unless it has an outcome.
    #[must_use]
    pub fn notice(&self, id: NoticeId) -> Option<&Notice> {
        self.notices.get(&id)
    }

    /// The silence of that id.
    #[must_use]
    pub fn silence(&self, id: SilenceId) -> Option<&Silence> {
        self.silences.get(&id)
    }

    /// The newest alert with exactly these labels.
    #[must_use]
    pub fn alert_with(&self, labels: &LabelSet) -> Option<&Alert> {
        self.by_labels.get(labels).and_then(|id| self.alerts.get(id))
    }

    /// The group of that key.
    #[must_use]
    pub fn group_with(&self, key: &GroupKey) -> Option<&Group> {
        self.by_key.get(key).and_then(|id| self.groups.get(id))
    }

    /// How many alerts fire.
    #[must_use]
    pub fn firing(&self) -> usize {
        self.firing
    }

    /// How many alerts, groups and open notices are held.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.alerts.len(), self.groups.len(), self.notices.len())
    }

    /// What is due next, and when.
    #[must_use]
    pub fn next_deadline(&self) -> Option<(Timestamp, Deadline)> {
        self.deadlines.first()
    }

    /// Makes up for the leases that a fold lost: gives every firing alert a lease of at least `timeout` from now, and of what its sender takes.
    ///
    /// Called after every fold, since leases are not in the records: nothing resolves because we were down.
    /// A sender that speaks every ten minutes and says so by the ends it names is given more than `timeout`.
    pub fn renew_all(&mut self, now: Timestamp, timeout: Duration) {
        if planted(Bug::ForgetDeadlinesAfterRestart) {
            self.deadlines.clear();
        }
        if planted(Bug::ForgetLeasesAfterRestart) {
            return;
        }
        for alert in self.alerts.values_mut().filter(|alert| alert.fires()) {
            alert.lease.until = alert.lease.until.max(now + timeout.max(alert.lease_for));
            for notice in self.notices.values_mut() {
                notice.doubtful = true;
            }
        }
    }

    /// Looks at no group later than its interval from now; called at a start, when the move of the clock is known.
    ///
    /// A look that told nothing is no record. Out of a snapshot, by a clock that was set back since, the next one may
    /// lie further ahead than it ever does.
    pub fn draw_near(&mut self, now: Timestamp) {
        let far = |group: &&Group| group.flushed && group.flush_at > now + group.group_interval;
        let far: Vec<_> =
            self.groups.values().filter(far).map(|group| (group.id, now + group.group_interval)).collect();
        for (id, at) in far {
            self.set_flush_at(id, at);
        }
    }

    /// Rebuilds what is derived, after decoding a snapshot.
    pub fn reindex(&mut self) {
        self.by_labels = self.alerts.values().map(|alert| (alert.labels.clone(), alert.id)).collect();
        self.by_key = self.groups.values().map(|group| (group.key.clone(), group.id)).collect();
        self.firing = self.alerts.values().filter(|alert| alert.fires()).count();
        self.rearm();
    }

    /// Arms every deadline anew.
    pub(crate) fn rearm(&mut self) {
        self.deadlines.clear();
        self.lease_armed_at.clear();
        for alert in self.alerts.values().filter(|alert| alert.fires()) {
            self.deadlines.arm(alert.lease.until, Deadline::AlertLease(alert.id));
            self.lease_armed_at.insert(alert.id, alert.lease.until);
        }
        for group in self.groups.values() {
            self.deadlines.arm(group.flush_at, Deadline::GroupFlush(group.id));
        }
        for notice in self.notices.values() {
            self.deadlines.arm(notice.not_after, Deadline::NoticeExpiry(notice.id));
            if let Some(at) = notice.retry_at {
                self.deadlines.arm(at, Deadline::NoticeRetry(notice.id));
            }
        }
    }

    pub(crate) fn arm_lease(&mut self, alert: AlertId, until: Timestamp) {
        self.disarm_lease(alert);
        self.lease_armed_at.insert(alert, until);
        self.deadlines.arm(until, Deadline::AlertLease(alert));
        self.firing += 1;
    }

    pub(crate) fn disarm_lease(&mut self, alert: AlertId) {
        if let Some(at) = self.lease_armed_at.remove(&alert) {
            self.deadlines.disarm(at, Deadline::AlertLease(alert));
            self.firing -= 1;
        }
    }

    pub(crate) fn set_flush_at(&mut self, id: GroupId, at: Timestamp) {
        if let Some(group) = self.groups.get_mut(&id) {
            self.deadlines.disarm(group.flush_at, Deadline::GroupFlush(id));
            group.flush_at = at;
            self.deadlines.arm(at, Deadline::GroupFlush(id));
        }
    }
}
