//! Rules of Prometheus: flat, in the order of the files, each with its group's labels filled in.

use std::sync::Arc;

use evenkeel_labels::LabelSet;

use crate::Rule;
use crate::document::{RuleDocument, RuleGroupDocument, Text};

/// Resolves the groups' rules.
pub(super) fn rules(groups: &[RuleGroupDocument]) -> Vec<Rule> {
    let mut rules = Vec::with_capacity(groups.iter().map(|group| group.rules.len()).sum());
    for group in groups {
        let name: Arc<str> = Arc::from(&*group.name.value);
        rules.extend(group.rules.iter().map(|written| rule(written, &group.file, &name)));
    }
    rules
}

fn rule(written: &RuleDocument, file: &Arc<str>, group: &Arc<str>) -> Rule {
    Rule {
        file: Arc::clone(file),
        group: Arc::clone(group),
        kind: written.kind,
        name: Arc::from(&*written.name.value),
        expr: Arc::clone(&written.expr.text),
        holds_for: written.holds_for,
        keep_firing_for: written.keep_firing_for,
        labels: set(&written.labels),
        annotations: set(&written.annotations),
    }
}

fn set(pairs: &[(Text, Text)]) -> LabelSet {
    LabelSet::new(pairs.iter().map(|(name, value)| (&*name.value, &*value.value)))
}
