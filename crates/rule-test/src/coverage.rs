//! Which rules the tests of an ops repo touch.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_model::RuleKind;
use evenkeel_model::document::{Documents, Led, RuleDocument, RuleTestFile, lead};
use evenkeel_promql::{parse, selectors};

/// A rule, by its file, kind and name.
type Key<'a> = (&'a str, RuleKind, &'a str);

/// Which rules tests touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleCoverage {
    /// Names of recording rules that a test reads: in an expression, or through a rule that a test reads or names.
    pub read: BTreeSet<Box<str>>,
    /// Names of those that none does.
    pub unread: BTreeSet<Box<str>>,
    /// Alerts that an `alert_rule_test` names, in a file that leads to the rule; each with its file.
    pub alerts: BTreeSet<(Box<str>, Box<str>)>,
    /// Recording rules that are read, each with its file.
    pub recordings: BTreeSet<(Box<str>, Box<str>)>,
}

/// What the tests of an ops repo touch.
#[must_use]
pub fn coverage(documents: &Documents, paths: &BTreeSet<Box<str>>) -> RuleCoverage {
    let mut touched: BTreeSet<Key<'_>> = BTreeSet::new();
    for test in &documents.rule_tests {
        of_file(test, documents, paths, &mut touched);
    }
    let mut coverage = RuleCoverage::default();
    for (file, kind, name) in &touched {
        let into = if *kind == RuleKind::Alerting { &mut coverage.alerts } else { &mut coverage.recordings };
        into.insert(((*file).into(), (*name).into()));
    }
    for group in &documents.rule_groups {
        for rule in group.rules.iter().filter(|rule| rule.kind == RuleKind::Recording) {
            let is_read = touched.contains(&(&*group.file, RuleKind::Recording, &*rule.name.value));
            let into = if is_read { &mut coverage.read } else { &mut coverage.unread };
            into.insert(rule.name.value.clone());
        }
    }
    // Of two rules that record parts of one metric one is enough.
    coverage.unread = coverage.unread.difference(&coverage.read).cloned().collect();
    coverage
}

fn of_file<'a>(
    test: &'a RuleTestFile,
    documents: &'a Documents,
    paths: &'a BTreeSet<Box<str>>,
    touched: &mut BTreeSet<Key<'a>>,
) {
    let mut files = BTreeSet::new();
    for entry in &test.rule_files {
        if let Led::To(found) = lead(&test.file, &entry.value, paths) {
            files.extend(found);
        }
    }
    let groups = documents.rule_groups.iter().filter(|group| files.contains(&*group.file));
    let mut by_name: BTreeMap<(RuleKind, &str), Vec<(&str, &RuleDocument)>> = BTreeMap::new();
    for (file, rule) in groups.flat_map(|group| group.rules.iter().map(move |rule| (&*group.file, rule))) {
        by_name.entry((rule.kind, &rule.name.value)).or_default().push((file, rule));
    }
    let mut open: Vec<(RuleKind, String)> = Vec::new();
    for test in &test.tests {
        open.extend(test.alerts.iter().map(|alert| (RuleKind::Alerting, alert.alert.value.to_string())));
        test.expressions.iter().for_each(|expression| reads(&expression.expr.text, &mut open));
    }
    while let Some((kind, name)) = open.pop() {
        for (file, rule) in by_name.get(&(kind, &*name)).into_iter().flatten() {
            if touched.insert((file, kind, &rule.name.value)) {
                reads(&rule.expr.text, &mut open);
            }
        }
    }
}

/// The metrics that an expression names, and the alerts whose series it asks for.
fn reads(text: &str, out: &mut Vec<(RuleKind, String)>) {
    let Ok(expr) = parse(text) else { return };
    for usage in selectors(&expr) {
        let Some(metric) = usage.selector.metric() else { continue };
        if matches!(metric, "ALERTS" | "ALERTS_FOR_STATE") {
            let named = usage.selector.matchers.iter().filter(|matcher| matcher.name.value == "alertname");
            out.extend(named.map(|matcher| (RuleKind::Alerting, matcher.value.value.clone())));
        } else {
            out.push((RuleKind::Recording, metric.to_owned()));
        }
    }
}
