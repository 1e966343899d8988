//! What an alerting rule says about what helps.

use evenkeel_model::RuleKind;
use evenkeel_model::document::{Documents, RuleDocument, RuleGroupDocument, Text};

/// The annotations, or labels, by which rules name a procedure.
const NAMES: [&str; 9] = [
    "playbook",
    "playbook_url",
    "procedure",
    "procedure_url",
    "runbook",
    "runbookURL",
    "runbook_link",
    "runbook_url",
    "runbook_uri",
];

/// The alerting rules, each with its group.
pub(super) fn alerts(documents: &Documents) -> impl Iterator<Item = (&RuleGroupDocument, &RuleDocument)> {
    let rules = documents.rule_groups.iter().flat_map(|group| group.rules.iter().map(move |rule| (group, rule)));
    rules.filter(|(_, rule)| rule.kind == RuleKind::Alerting)
}

/// What a rule names as its procedure; empty ones name nothing.
pub(super) fn named(rule: &RuleDocument) -> impl Iterator<Item = &Text> {
    let all = rule.annotations.iter().chain(&rule.labels);
    let named = all.filter(|(name, value)| NAMES.contains(&&*name.value) && !value.value.trim().is_empty());
    named.map(|(_, value)| value)
}

/// Whether a text is filled in only when the alert fires.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{")
}
