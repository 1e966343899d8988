//! Which alerts inhibit which: the sources of each rule, found by the labels that have to be equal.
//!
//! Derived from plan and state and never stored: rebuilt after a fold or an adoption, kept in step in
//! between. Source: Alertmanager, package `inhibit`.

use std::collections::{BTreeSet, HashMap};

use evenkeel_ids::AlertId;
use evenkeel_labels::LabelSet;
use evenkeel_model::{InhibitRule, Plan};

use crate::State;

/// The firing sources of every inhibition rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InhibitIndex {
    /// In the order of the plan's rules.
    rules: Vec<Sources>,
}

/// Sources by the values of the rule's `equal` labels. Looked up only, never walked.
type Sources = HashMap<Vec<Box<str>>, BTreeSet<AlertId>>;

impl InhibitIndex {
    /// Finds the sources among all firing alerts.
    #[must_use]
    pub fn build(plan: &Plan, state: &State) -> Self {
        let mut index = Self { rules: vec![Sources::new(); plan.inhibit_rules.len()] };
        for alert in state.alerts().filter(|alert| alert.fires()) {
            index.fired(plan, alert.id, &alert.labels);
        }
        index
    }

    /// Takes in that an alert fires.
    pub fn fired(&mut self, plan: &Plan, alert: AlertId, labels: &LabelSet) {
        for (rule, sources) in plan.inhibit_rules.iter().zip(&mut self.rules) {
            if rule.source.matches(labels) {
                sources.entry(equal_values(rule, labels)).or_default().insert(alert);
            }
        }
    }

    /// Takes in that an alert does not fire any more.
    pub fn resolved(&mut self, plan: &Plan, alert: AlertId, labels: &LabelSet) {
        for (rule, sources) in plan.inhibit_rules.iter().zip(&mut self.rules) {
            let key = equal_values(rule, labels);
            if let Some(there) = sources.get_mut(&key)
                && there.remove(&alert)
                && there.is_empty()
            {
                sources.remove(&key);
            }
        }
    }

    /// One firing alert that inhibits an alert with these labels, if there is any.
    ///
    /// An alert that is both source and target of a rule is not inhibited by others that are both.
    #[must_use]
    pub fn inhibitor(&self, plan: &Plan, state: &State, labels: &LabelSet) -> Option<AlertId> {
        plan.inhibit_rules.iter().zip(&self.rules).find_map(|(rule, sources)| {
            if sources.is_empty() || !rule.target.matches(labels) {
                return None;
            }
            let both_sides = rule.source.matches(labels);
            let there = sources.get(&equal_values(rule, labels))?;
            there
                .iter()
                .copied()
                .find(|id| !both_sides || state.alert(*id).is_some_and(|source| !rule.target.matches(&source.labels)))
        })
    }
}

fn equal_values(rule: &InhibitRule, labels: &LabelSet) -> Vec<Box<str>> {
    rule.equal.iter().map(|name| labels.get(name).into()).collect()
}
