//! `untested-rule`: others are tested, this one is not.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::document::Language;
use evenkeel_model::{codes, quoted};

use super::reading::Rules;
use super::test_coverage::coverage;

pub(super) fn untested_rule(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if rules.repo.documents.rule_tests.is_empty() || !rules.repo.is_whole() {
        return;
    }
    let mut tested: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut anywhere: BTreeSet<&str> = BTreeSet::new();
    for covered in coverage(rules) {
        let names: BTreeSet<&str> = covered.alerts().map(|alert| &*alert.value).collect();
        // A test of rules that are made elsewhere may well be about these.
        if covered.is_partial() {
            anywhere.extend(names.iter().copied());
        }
        covered.files.iter().for_each(|file| tested.entry(file).or_default().extend(names.iter().copied()));
    }
    let is_tested =
        |file: &str, name: &str| anywhere.contains(name) || tested.get(file).is_some_and(|names| names.contains(name));
    let mut said = BTreeSet::new();
    // There are no unit tests for rules about logs.
    let testable = rules.alerts().filter(|rule| rule.rule.language != Language::LogQl);
    for rule in testable.filter(|rule| !is_tested(&rule.group.file, rule.name())) {
        if said.insert((&*rule.group.file, rule.name())) {
            let headline = format!("no unit test covers the alert {}", quoted(rule.name()));
            let found = Diagnostic::finding(codes::UNTESTED_RULE, rule.rule.name.span, headline);
            diags.push(found.help("show in an `alert_rule_test` when it fires and when it does not"));
        }
    }
}
