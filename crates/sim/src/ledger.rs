//! What is known from the durable records alone: the independent model's memory.
//!
//! It is not the engine's state: it keeps true time beside the wall clock, remembers each outcome, and
//! holds no deadlines. [`crate::audit`] decides whether a record may be taken in here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, NoticeId, PlanHash, Seq, SilenceId};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_model::Plan;
use evenkeel_time::{Duration, Timestamp};

use crate::cases::Cases;
use crate::clock::{HOUR, MINUTE, Mono};
use crate::reference;

/// Receiver and integration.
pub(crate) type Site = (Arc<str>, Arc<str>);

/// An alert that was seen to fire.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) labels: LabelSet,
    pub(crate) annotations: LabelSet,
    pub(crate) starts_at: Timestamp,
    pub(crate) fires: bool,
    pub(crate) changed_at: Mono,
    pub(crate) groups: Vec<GroupId>,
    pub(crate) lease: Lease,
}

/// When an alert nobody speaks of may and must resolve.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lease {
    pub(crate) not_before: Mono,
    pub(crate) not_after: Mono,
    /// How long the sender's first word held.
    pub(crate) first_for: Mono,
    /// Whether the sender named the end; after a restart nobody knows.
    pub(crate) told: Option<bool>,
    /// The longest it ever held: a snapshot from before it was shortened may bring that back.
    pub(crate) longest: Mono,
}

/// A notice without an outcome.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) group: GroupId,
    pub(crate) site: Site,
    pub(crate) firing: Vec<AlertId>,
    pub(crate) resolved: Vec<AlertId>,
    /// It may be given up from here on.
    pub(crate) not_before: Mono,
    /// It must have an outcome by then.
    pub(crate) not_after: Mono,
    /// Somebody must try it by then, unless it is under way.
    pub(crate) try_by: Mono,
}

/// What one integration was last told of one group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The latest it may have been.
    pub(crate) at: Mono,
    /// Whether the clock has been honest since.
    pub(crate) exact: bool,
    pub(crate) firing: BTreeSet<AlertId>,
}

/// A silence.
#[derive(Debug, Clone)]
pub(crate) struct Quiet {
    pub(crate) matchers: Matchers,
    pub(crate) starts: Timestamp,
    pub(crate) ends: Timestamp,
    /// Somebody ended it: then it is over, wherever the clock is set.
    pub(crate) ended: bool,
}

impl Quiet {
    /// Whether it is not over.
    pub(crate) fn lives(&self, now: Timestamp) -> bool {
        !self.ended && now < self.ends
    }
}

/// What happened, in numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) notices: u64,
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) fired: u64,
    pub(crate) transitions: u64,
}

/// What is known.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Every plan that resolves, by hash.
    pub(crate) offered: BTreeMap<PlanHash, Arc<Plan>>,
    pub(crate) plan: Option<Arc<Plan>>,
    pub(crate) alerts: BTreeMap<AlertId, Known>,
    pub(crate) by_labels: BTreeMap<LabelSet, AlertId>,
    pub(crate) groups: BTreeMap<GroupId, (Arc<str>, LabelSet)>,
    pub(crate) latest: BTreeMap<(Arc<str>, LabelSet), GroupId>,
    /// When a new group's first notice is due.
    pub(crate) first_due: BTreeMap<GroupId, Mono>,
    pub(crate) open: BTreeMap<NoticeId, Open>,
    pub(crate) told: BTreeMap<(GroupId, Site), Told>,
    /// Alerts of failed notices that may have arrived.
    pub(crate) perhaps_told: BTreeMap<(GroupId, Site), BTreeSet<AlertId>>,
    pub(crate) silences: BTreeMap<SilenceId, Quiet>,
    /// Incidents, and what is sent about them.
    pub(crate) cases: Cases,
    /// The last record taken in.
    pub(crate) last: Seq,
    pub(crate) counts: Counts,
}

impl Ledger {
    pub(crate) fn plan_hash(&self) -> PlanHash {
        self.plan.as_ref().map_or(PlanHash::NONE, |plan| plan.hash)
    }

    /// The alert with these labels, if it fires.
    pub(crate) fn firing(&self, labels: &LabelSet) -> Option<&Known> {
        self.by_labels.get(labels).and_then(|id| self.alerts.get(id)).filter(|known| known.fires)
    }

    pub(crate) fn all_firing(&self) -> impl Iterator<Item = (AlertId, &Known)> + Clone {
        self.alerts.iter().filter(|(_, known)| known.fires).map(|(id, known)| (*id, known))
    }

    /// Whether a silence holds for the alert at some instant from `from` to `until`.
    pub(crate) fn silenced(&self, labels: &LabelSet, from: Timestamp, until: Timestamp) -> bool {
        self.silences
            .values()
            .any(|quiet| quiet.starts <= until && from < quiet.ends && reference::all_match(&quiet.matchers, labels))
    }

    /// Whether the alert is silenced or inhibited at this instant.
    pub(crate) fn suppressed(&self, labels: &LabelSet, now: Timestamp) -> bool {
        let plan = self.plan.as_ref();
        let silenced =
            |quiet: &Quiet| quiet.lives(now) && quiet.starts <= now && reference::all_match(&quiet.matchers, labels);
        self.silences.values().any(silenced)
            || plan.is_some_and(|plan| {
                !plan.inhibit_rules.is_empty()
                    && reference::inhibited(plan, labels, self.all_firing().map(|(_, known)| &known.labels))
            })
    }

    /// The group that an alert belongs to on a route, if there is one.
    pub(crate) fn group_of(&self, route: &evenkeel_model::Route, labels: &LabelSet) -> Option<GroupId> {
        self.latest.get(&(route.key.clone(), reference::group_labels(route, labels))).copied()
    }

    /// Whether the integration was last told that the alert fires, or may have been.
    pub(crate) fn told_firing(&self, group: GroupId, site: &Site, alert: AlertId) -> bool {
        let key = (group, site.clone());
        self.told.get(&key).is_some_and(|told| told.firing.contains(&alert))
            || self.perhaps_told.get(&key).is_some_and(|perhaps| perhaps.contains(&alert))
    }

    /// A sender spoke of a firing alert, and it was acknowledged.
    pub(crate) fn heard(&mut self, labels: &LabelSet, now: Mono, held_for: Mono, told: bool) {
        let Some(known) = self.by_labels.get(labels).and_then(|id| self.alerts.get_mut(id)) else { return };
        let until = now + held_for;
        let lease = &mut known.lease;
        lease.not_before = if lease.told == Some(true) { lease.not_before.max(until) } else { until };
        // An end not named by the sender before gives way; one named stays.
        lease.not_after = if lease.told == Some(false) { until } else { lease.not_after.max(until) };
        lease.longest = lease.longest.max(until);
        lease.told = Some(told);
    }

    /// The engine lost its leases: no alert may expire sooner for that than its sender let it hold.
    ///
    /// An end that a later word put off by more than the first word held is not on record and may be lost.
    pub(crate) fn leases_renewed(&mut self, now: Mono, timeout: Duration) {
        for known in self.alerts.values_mut().filter(|known| known.fires) {
            let fresh = now + known.lease.first_for.max(timeout.0);
            known.lease.not_before = known.lease.not_before.min(fresh).max(now + timeout.0);
            known.lease.not_after = known.lease.not_after.max(fresh).max(known.lease.longest);
            known.lease.longest = known.lease.not_after;
            known.lease.told = None;
        }
    }

    /// The clock was set while nobody looked: lengths of time are off by up to this.
    pub(crate) fn time_is_off_by(&mut self, off: Mono) {
        for told in self.told.values_mut() {
            told.at += off;
            told.exact = false;
        }
        for open in self.open.values_mut() {
            open.not_before = Mono::MIN;
            open.not_after += off;
        }
        self.first_due.clear();
        self.cases.time_is_off_by(off);
        for known in self.alerts.values_mut() {
            known.lease.not_after += off;
            known.lease.longest += off;
        }
    }

    /// The alert is out of the group, and out of what was told there.
    pub(crate) fn leave(&mut self, alert: AlertId, group: GroupId) {
        for (_, told) in self.told.range_mut((group, ("".into(), "".into()))..).take_while(|((at, _), _)| *at == group)
        {
            told.firing.remove(&alert);
        }
        for perhaps in self.perhaps_told.iter_mut().filter(|((at, _), _)| *at == group).map(|(_, perhaps)| perhaps) {
            perhaps.remove(&alert);
        }
        if let Some(known) = self.alerts.get_mut(&alert) {
            known.groups.retain(|known| *known != group);
        }
    }

    /// Forgets what the engine has forgotten too and nothing refers to any more.
    pub(crate) fn prune(
        &mut self,
        now: Mono,
        alert_lives: impl Fn(AlertId) -> bool,
        group_lives: impl Fn(GroupId) -> bool,
    ) {
        self.alerts.retain(|id, known| known.fires || known.changed_at + MINUTE > now || alert_lives(*id));
        self.cases.prune(now - 6 * HOUR);
        let alerts = &self.alerts;
        self.by_labels.retain(|_, id| alerts.contains_key(id));
        self.groups.retain(|id, _| group_lives(*id));
        let groups = &self.groups;
        self.latest.retain(|_, id| groups.contains_key(id));
        self.first_due.retain(|id, _| groups.contains_key(id));
        self.told.retain(|(id, _), _| groups.contains_key(id));
    }
}
