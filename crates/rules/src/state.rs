//! What has to be known from one evaluation to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp};

use crate::schedule::{next, slot};
use crate::{AlertChange, AlertState, Instance, RuleKey, RuleSet};

/// How a rule's last evaluation went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Health {
    /// There was none.
    #[default]
    Unknown,
    /// It gave an answer.
    Good,
    /// It gave none: why.
    Failed(Box<str>),
}

impl Health {
    /// As Prometheus has it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Good => "ok",
            Self::Failed(_) => "err",
        }
    }
}

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleState {
    /// Which.
    pub key: RuleKey,
    /// How its last evaluation went.
    pub health: Health,
    /// When that was.
    pub evaluated_at: Option<Timestamp>,
    /// Its alerts by labels, those that ended a short while ago among them.
    pub alerts: BTreeMap<LabelSet, Instance>,
    /// The series that it gave last, sorted.
    pub(crate) series: Vec<LabelSet>,
}

impl RuleState {
    fn new(key: RuleKey) -> Self {
        Self { key, health: Health::Unknown, evaluated_at: None, alerts: BTreeMap::new(), series: Vec::new() }
    }
}

/// What is known of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupState {
    /// Its file and name.
    pub key: (Arc<str>, Arc<str>),
    /// The instant of its last evaluation, or as of when it is waited for.
    pub last_at: Timestamp,
    /// Whether it was evaluated at all.
    pub evaluated: bool,
    /// Evaluations that were left out since the state was made.
    pub missed: u64,
    /// Evaluations, those left out not counted.
    pub evaluations: u64,
    /// Those of them in which a rule failed.
    pub failures: u64,
    /// Its rules, in their order.
    pub rules: Vec<RuleState>,
}

/// What has to be known from one evaluation to the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// In the order of the set.
    pub groups: Vec<GroupState>,
    /// Series of rules that are gone; they get their mark at the next evaluation.
    pub(crate) stale: Vec<LabelSet>,
    /// Alerts of rules that are gone; they end at the next evaluation.
    pub(crate) orphans: Vec<(RuleKey, Instance)>,
}

impl State {
    /// Nothing is known of the rules; they are evaluated from their next instant on.
    #[must_use]
    pub fn new(set: &RuleSet, now: Timestamp) -> Self {
        let mut state = Self::default();
        state.adopt(set, now);
        state
    }

    /// The rules changed. What is known of those that are still there stays; alerts of those that are gone end.
    pub fn adopt(&mut self, set: &RuleSet, now: Timestamp) {
        let mut before: BTreeMap<(Arc<str>, Arc<str>), GroupState> =
            std::mem::take(&mut self.groups).into_iter().map(|group| (group.key.clone(), group)).collect();
        for group in &set.groups {
            let key = (Arc::clone(&group.file), Arc::clone(&group.name));
            let last_at = slot(group.interval, now);
            let fresh = || GroupState {
                key: key.clone(),
                last_at,
                evaluated: false,
                missed: 0,
                evaluations: 0,
                failures: 0,
                rules: Vec::new(),
            };
            let mut known = before.remove(&key).unwrap_or_else(fresh);
            let mut rules: BTreeMap<RuleKey, RuleState> =
                std::mem::take(&mut known.rules).into_iter().map(|rule| (rule.key.clone(), rule)).collect();
            let taken = group
                .rules
                .iter()
                .map(|rule| rules.remove(&rule.key).unwrap_or_else(|| RuleState::new(rule.key.clone())));
            known.rules = taken.collect();
            rules.into_values().for_each(|gone| self.orphan(gone));
            self.groups.push(known);
        }
        before.into_values().flat_map(|group| group.rules).for_each(|gone| self.orphan(gone));
    }

    fn orphan(&mut self, gone: RuleState) {
        self.stale.extend(gone.series);
        let active = gone.alerts.into_values().filter(|alert| alert.state != AlertState::Inactive);
        self.orphans.extend(active.map(|alert| (gone.key.clone(), alert)));
    }

    /// Takes over what the records say of pending and firing alerts, after a start. Of rules that are not there any more
    /// they end.
    ///
    /// `unseen` is the time in which nothing was evaluated. It does not count as time in which an expression held: pending
    /// alerts wait that much longer. What fires goes on firing.
    pub fn restore(&mut self, records: impl IntoIterator<Item = (RuleKey, AlertChange)>, unseen: Duration) {
        let mut places: BTreeMap<RuleKey, (usize, usize)> = BTreeMap::new();
        for (group_place, group) in self.groups.iter().enumerate() {
            places.extend(group.rules.iter().enumerate().map(|(place, rule)| (rule.key.clone(), (group_place, place))));
        }
        for (key, change) in records {
            let instance = restored(change, unseen);
            let place = places.get(&key).and_then(|(group, rule)| self.groups.get_mut(*group)?.rules.get_mut(*rule));
            match place {
                Some(rule) => _ = rule.alerts.insert(instance.labels.clone(), instance),
                None => self.orphans.push((key, instance)),
            }
        }
    }

    /// When the next group is due; `None`: there is none.
    #[must_use]
    pub fn next_due(&self, set: &RuleSet) -> Option<Timestamp> {
        let pairs = set.groups.iter().zip(&self.groups);
        pairs.map(|(group, known)| next(group.interval, known.last_at)).min()
    }

    /// The wall clock moved: all that is armed moves along, and nothing fires early or late.
    pub fn shift(&mut self, by: Duration) {
        for group in &mut self.groups {
            for rule in &mut group.rules {
                rule.alerts.values_mut().for_each(|alert| alert.shift(by));
            }
        }
        self.orphans.iter_mut().for_each(|(_, alert)| alert.shift(by));
    }

    /// What is known of a rule, by its place in the set.
    #[must_use]
    pub fn rule(&self, group: usize, rule: usize) -> Option<&RuleState> {
        self.groups.get(group)?.rules.get(rule)
    }
}

fn restored(change: AlertChange, unseen: Duration) -> Instance {
    let mut instance = Instance::pending(change.labels, change.value, change.active_at);
    instance.state = change.state;
    instance.fired_at = change.fired_at;
    instance.kept_since = change.kept_since.map(|since| since + unseen);
    if change.state == AlertState::Pending {
        instance.active_at = instance.active_at + unseen;
    }
    let moved = change.state == AlertState::Pending || change.kept_since.is_some();
    instance.unrecorded = moved && unseen != Duration::ZERO;
    instance
}
