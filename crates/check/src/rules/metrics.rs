//! Which series there can be of a metric that rules record.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_labels::Matcher;
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

/// A rule that records a metric, and the labels it gives.
pub(super) struct Recording<'a, 'r> {
    pub(super) rule: &'r Rule<'a>,
    pub(super) given: OutputLabels,
}

/// Recording rules by the metric they record.
pub(super) fn recorded<'a, 'r>(rules: &'r Rules<'a>) -> BTreeMap<&'a str, Vec<Recording<'a, 'r>>> {
    let mut recorded: BTreeMap<&str, Vec<Recording<'_, '_>>> = BTreeMap::new();
    for rule in rules.recordings() {
        recorded.entry(rule.name()).or_default().push(Recording { rule, given: rule.given() });
    }
    recorded
}

/// What is asked of a label, made ready once to be asked of many series.
pub(super) struct Asked<'m> {
    name: &'m str,
    /// Nothing where it cannot be made ready, so that anything may fit.
    ready: Option<Matcher>,
}

impl<'m> Asked<'m> {
    pub(super) fn of(matcher: &'m LabelMatcher) -> Self {
        let name = &*matcher.name.value;
        Self { name, ready: Matcher::new(name, matcher.op, &*matcher.value.value).ok() }
    }

    /// Whether a value may fit; what cannot be said counts as yes.
    pub(super) fn may_be(&self, value: &str) -> bool {
        self.ready.as_ref().is_none_or(|ready| ready.matches_value(value))
    }

    /// Whether no series with these labels fits.
    pub(super) fn is_excluded_by(&self, labels: &OutputLabels) -> bool {
        if self.name == METRIC_NAME || ADDED_OUTSIDE.contains(&self.name) {
            return false;
        }
        match labels.known.get(self.name) {
            Some(value) => !self.may_be(value),
            None => !labels.can_have(self.name) && !self.may_be(""),
        }
    }
}

/// The metrics that a query names, and the matchers that select by pattern: what cannot be read names all its words.
pub(super) struct Reads<'a> {
    pub(super) names: BTreeSet<&'a str>,
    pub(super) patterns: Vec<Vec<Asked<'a>>>,
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
                found.patterns.push(usage.selector.matchers.iter().filter(of_name).map(Asked::of).collect());
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
