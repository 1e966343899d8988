//! `duplicate-alert`, `duplicate-rule`: two rules of one name whose results nobody can tell apart.
//!
//! A warning and a critical alert of one name differ in a label and are two. So do results whose labels cannot be the
//! same, and expressions that select by different values of one label.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::MatchOp;
use evenkeel_model::{RuleKind, codes, quoted};
use evenkeel_promql::{METRIC_NAME, OutputLabels, selectors};

use super::reading::{Rule, Rules};

/// Rules of one name that each further one is compared with.
const COMPARED_MAX: usize = 16;

pub(super) fn duplicates(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let mut by_name: BTreeMap<(RuleKind, &str), Vec<&Rule<'_>>> = BTreeMap::new();
    for rule in &rules.rules {
        by_name.entry((rule.rule.kind, rule.name())).or_default().push(rule);
    }
    for same in by_name.values().filter(|same| same.len() > 1) {
        let seen: Vec<Seen<'_, '_>> = same.iter().map(|rule| Seen::of(rule)).collect();
        for (index, rule) in seen.iter().enumerate() {
            let earlier = seen.iter().take(index.min(COMPARED_MAX));
            diags.extend(earlier.filter_map(|first| rule.duplicates(first)).next());
        }
    }
}

struct Seen<'r, 'a> {
    rule: &'r Rule<'a>,
    given: OutputLabels,
    /// By label, how it is selected.
    selected: BTreeMap<&'r str, BTreeSet<(MatchOp, &'r str)>>,
}

impl<'r, 'a> Seen<'r, 'a> {
    fn of(rule: &'r Rule<'a>) -> Self {
        let mut selected: BTreeMap<&str, BTreeSet<(MatchOp, &str)>> = BTreeMap::new();
        let uses = rule.query.read.as_ref().map(selectors).unwrap_or_default();
        for matcher in uses.iter().flat_map(|usage| &usage.selector.matchers) {
            if matcher.name.value != METRIC_NAME {
                selected.entry(&matcher.name.value).or_default().insert((matcher.op, &matcher.value.value));
            }
        }
        Self { rule, given: rule.given(), selected }
    }

    fn is_apart(&self, other: &Self) -> bool {
        let differs =
            |(label, how): (&&str, &BTreeSet<_>)| other.selected.get(*label).is_some_and(|theirs| theirs != how);
        self.templates() != other.templates() || self.given.excludes(&other.given) || self.selected.iter().any(differs)
    }

    /// Labels that are filled in when the alert fires: what comes out is unknown.
    fn templates(&self) -> Vec<(&str, &str)> {
        let labels = self.rule.rule.labels.iter().map(|(name, value)| (&*name.value, &*value.value));
        labels.filter(|(_, value)| value.contains("{{")).collect()
    }

    fn duplicates(&self, first: &Self) -> Option<Diagnostic> {
        let (rule, other) = (self.rule, first.rule);
        let same_file = rule.group.file == other.group.file;
        let same_group = same_file && rule.group.name == other.group.name;
        let same_expr = match (&rule.query.read, &other.query.read) {
            (Ok(one), Ok(two)) => one == two,
            _ => rule.rule.expr == other.rule.expr,
        };
        // The same alert in two files is one alert for two servers; a metric is often put together by several groups.
        let is_judged = same_group || rule.rule.kind == RuleKind::Alerting && (same_file || !same_expr);
        if !is_judged || self.is_apart(first) {
            return None;
        }
        let name = quoted(rule.name());
        let (code, headline) = match (same_group, rule.rule.kind) {
            (true, RuleKind::Alerting) => (
                codes::DUPLICATE_RULE,
                format!("the group {} has the alert {name} twice", quoted(&rule.group.name.value)),
            ),
            (true, RuleKind::Recording) => {
                (codes::DUPLICATE_RULE, format!("the group {} records {name} twice", quoted(&rule.group.name.value)))
            }
            (false, _) => (codes::DUPLICATE_ALERT, format!("the alert {name} is declared in two groups")),
        };
        let label = if same_expr { "with the same expression" } else { "nothing tells what comes of the two apart" };
        let help = match rule.rule.kind {
            RuleKind::Alerting if same_expr => "take one of them away",
            RuleKind::Alerting => "give one of them another name, or a label with another value",
            RuleKind::Recording => "give one of them another name, or both a label with different values",
        };
        let found = Diagnostic::finding(code, rule.rule.name.span, headline).label(label);
        Some(found.related(other.rule.name.span, "the other one").help(help))
    }
}
