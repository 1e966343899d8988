//! Which series there can be of a metric that rules record.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_labels::Matcher;
use evenkeel_model::RuleKind;
use evenkeel_promql::{LabelMatcher, METRIC_NAME, OutputLabels, selectors};

use super::reading::{Query, Rule, Rules};

/// Labels that a server or a cluster of servers adds to what a rule records elsewhere; no rule shows them.
const ADDED_OUTSIDE: [&str; 12] = [
    "cluster",
    "cluster_id",
    "datacenter",
    "dc",
    "env",
    "environment",
    "prometheus",
    "prometheus_replica",
    "region",
    "replica",
    "tenant",
    "tenant_id",
];

/// Recording rules by the metric they record.
pub(super) fn recorded<'a, 'r>(rules: &'r Rules<'a>) -> BTreeMap<&'a str, Vec<&'r Rule<'a>>> {
    let mut recorded: BTreeMap<&str, Vec<&Rule<'_>>> = BTreeMap::new();
    for rule in &rules.rules {
        if rule.rule.kind == RuleKind::Recording {
            recorded.entry(rule.name()).or_default().push(rule);
        }
    }
    recorded
}

/// Whether a value may fit; what cannot be said counts as yes.
pub(super) fn may_match(matcher: &LabelMatcher, value: &str) -> bool {
    Matcher::new(&*matcher.name.value, matcher.op, &*matcher.value.value)
        .map_or(true, |compiled| compiled.matches_value(value))
}

/// Whether no series with these labels fits the matcher.
pub(super) fn excludes(labels: &OutputLabels, matcher: &LabelMatcher) -> bool {
    let name = &*matcher.name.value;
    if name == METRIC_NAME || ADDED_OUTSIDE.contains(&name) {
        return false;
    }
    match labels.known.get(name) {
        Some(value) => !may_match(matcher, value),
        None => !labels.can_have(name) && !may_match(matcher, ""),
    }
}

/// The metrics that a query names, and the matchers that select by pattern: what cannot be read names all its words.
pub(super) struct Reads<'a> {
    pub(super) names: BTreeSet<&'a str>,
    pub(super) patterns: Vec<Vec<&'a LabelMatcher>>,
}

pub(super) fn reads<'a>(query: &'a Query<'_>) -> Reads<'a> {
    let mut found = Reads { names: BTreeSet::new(), patterns: Vec::new() };
    let Ok(expr) = &query.read else {
        found.names.extend(words(&query.text.text));
        return found;
    };
    for usage in selectors(expr) {
        match usage.selector.metric() {
            Some(name) => {
                found.names.insert(name);
            }
            None => {
                let of_name = |matcher: &&LabelMatcher| matcher.name.value == METRIC_NAME;
                found.patterns.push(usage.selector.matchers.iter().filter(of_name).collect());
            }
        }
    }
    found
}

/// Everything in a text that could be a metric's name.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    text.split(move |c| !part(c)).filter(|word| !word.is_empty())
}
