//! Rules of Prometheus: flat, in the order of the files, each with its group's labels filled in.

use std::sync::Arc;

use evenkeel_labels::LabelSet;

use crate::document::{RuleDocument, RuleGroupDocument, Text};
use crate::{Pace, Rule};

/// Resolves the groups' rules.
pub(super) fn rules(groups: &[RuleGroupDocument]) -> Vec<Rule> {
    let mut rules = Vec::with_capacity(groups.iter().map(|group| group.rules.len()).sum());
    for group in groups {
        let name: Arc<str> = Arc::from(&*group.name.value);
        let pace = Pace { interval: group.interval, query_offset: group.query_offset, limit: group.limit };
        rules.extend(group.rules.iter().map(|written| rule(written, &group.file, &name, pace)));
    }
    rules
}

fn rule(written: &RuleDocument, file: &Arc<str>, group: &Arc<str>, pace: Pace) -> Rule {
    let emptied = written.labels.iter().filter(|(_, value)| value.is_empty());
    let mut unlabelled: Vec<Box<str>> = emptied.map(|(name, _)| name.value.clone()).collect();
    unlabelled.sort();
    Rule {
        file: Arc::clone(file),
        group: Arc::clone(group),
        pace,
        language: written.language,
        kind: written.kind,
        name: Arc::from(&*written.name.value),
        expr: Arc::clone(&written.expr.text),
        holds_for: written.holds_for,
        keep_firing_for: written.keep_firing_for,
        labels: set(&written.labels),
        unlabelled,
        annotations: set(&written.annotations),
    }
}

fn set(pairs: &[(Text, Text)]) -> LabelSet {
    LabelSet::new(pairs.iter().map(|(name, value)| (&*name.value, &*value.value)))
}
