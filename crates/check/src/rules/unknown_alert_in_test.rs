//! `unknown-alert-in-test`: a test asks for an alert that its rules do not have.
//!
//! Where it expects that nothing fires, promtool calls that a success.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, Span, did_you_mean};
use evenkeel_model::{codes, quoted};

use super::reading::Rules;
use super::test_coverage::{Coverage, coverage};

/// Names among which a near one is looked for.
const NAMES_MAX: usize = 2000;

type ByFile<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Span>>;

pub(super) fn unknown_alert_in_test(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if !rules.repo.is_whole() {
        return;
    }
    let mut by_file: ByFile<'_> = BTreeMap::new();
    let mut anywhere: BTreeMap<&str, Span> = BTreeMap::new();
    for rule in rules.alerts() {
        by_file.entry(&rule.group.file).or_default().entry(rule.name()).or_insert(rule.rule.name.span);
        anywhere.entry(rule.name()).or_insert(rule.rule.name.span);
    }
    let with_rules: BTreeSet<&str> = rules.repo.documents.rule_groups.iter().map(|group| &*group.file).collect();
    for covered in coverage(rules) {
        let is_known = !covered.is_partial() && covered.files.iter().all(|file| with_rules.contains(file));
        if is_known && !covered.files.is_empty() {
            check(&covered, &by_file, &anywhere, diags);
        }
    }
}

fn check(covered: &Coverage<'_>, by_file: &ByFile<'_>, anywhere: &BTreeMap<&str, Span>, diags: &mut Vec<Diagnostic>) {
    let names: BTreeSet<&str> =
        covered.files.iter().filter_map(|file| by_file.get(file)).flat_map(BTreeMap::keys).copied().collect();
    let mut said = BTreeSet::new();
    for alert in covered.alerts().filter(|alert| !names.contains(&*alert.value)) {
        if !said.insert(&*alert.value) {
            continue;
        }
        let headline =
            format!("the test asks for the alert {}, which its rule files do not have", quoted(&alert.value));
        let found = Diagnostic::finding(codes::UNKNOWN_ALERT_IN_TEST, alert.span, headline);
        diags.push(match (anywhere.get(&*alert.value), near(&alert.value, &names)) {
            (Some(elsewhere), _) => found.related(*elsewhere, "declared here").help("name that file in `rule_files`"),
            (None, Some(meant)) => found.help(format!("did you mean {}?", quoted(meant))),
            (None, None) => found,
        });
    }
}

fn near<'a>(name: &str, names: &BTreeSet<&'a str>) -> Option<&'a str> {
    if name.len() > 200 { None } else { did_you_mean(name, names.iter().copied().take(NAMES_MAX)) }
}
