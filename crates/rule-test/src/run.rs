//! All tests of an ops repo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{Documents, Led, RuleTest, RuleTestFile, lead};
use evenkeel_model::{Rule, codes, quoted};
use evenkeel_rules::{Defaults, RuleSet};
use evenkeel_time::Duration;

use crate::scene::Scene;

/// How a test went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// The test file's path.
    pub file: Arc<str>,
    /// The test's name; `test 2` of one without a name.
    pub name: Arc<str>,
    /// Where it is written.
    pub place: Span,
    /// What came out otherwise; empty: it passed.
    pub failures: Vec<Diagnostic>,
}

/// What the tests of a file have in common.
pub(crate) struct Common<'a> {
    pub(crate) set: &'a RuleSet,
    /// Between two evaluations.
    pub(crate) interval: Duration,
    /// Whether numbers that differ in their last bits alone are the same.
    pub(crate) fuzzy: bool,
}

/// Runs every test whose name, or whose file's path, contains `filter`. Tests do not touch each other.
///
/// `rules` are those of the ops repo, resolved; `paths` are all its files.
#[must_use]
pub fn run(documents: &Documents, rules: &[Rule], paths: &BTreeSet<Box<str>>, filter: &str) -> Vec<TestResult> {
    let mut by_file: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    rules.iter().for_each(|rule| by_file.entry(&rule.file).or_default().push(rule));
    let mut results = Vec::new();
    for file in &documents.rule_tests {
        let (set, unreached) = rules_of(file, &by_file, paths);
        let interval = file.evaluation_interval.filter(|interval| interval.0 > 0).unwrap_or(Duration::minutes(1));
        let common = Common { set: &set, interval, fuzzy: file.fuzzy_compare };
        for (number, test) in (1..).zip(&file.tests) {
            let name = name_of(test, number);
            if !name.contains(filter) && !file.file.contains(filter) {
                continue;
            }
            let place = test.name.as_ref().map_or(Span { end: test.span.start, ..test.span }, |name| name.span);
            let failures = match unreached.as_slice() {
                [] => Scene::new(test, &common).play(),
                unreached => unreached.to_vec(),
            };
            results.push(TestResult { file: Arc::clone(&file.file), name, place, failures });
        }
    }
    results
}

fn name_of(test: &RuleTest, number: u32) -> Arc<str> {
    test.name.as_ref().map_or_else(|| format!("test {number}").into(), |name| Arc::from(&*name.value))
}

/// The rules of a test file, in the order in which its groups are evaluated; and entries that lead out of the ops repo.
fn rules_of(
    file: &RuleTestFile,
    by_file: &BTreeMap<&str, Vec<&Rule>>,
    paths: &BTreeSet<Box<str>>,
) -> (RuleSet, Vec<Diagnostic>) {
    let (mut found, mut unreached) = (BTreeSet::new(), Vec::new());
    for entry in &file.rule_files {
        match lead(&file.file, &entry.value, paths) {
            Led::To(files) => found.extend(files),
            Led::Unknown => {
                let headline = format!("the rules in {} are not in the ops repo", quoted(&entry.value));
                let diag = Diagnostic::error(codes::FAILED_CASE, entry.span, headline);
                unreached
                    .push(diag.help("keep the rules in the ops repo, and name them by paths with `*` and `?` at most"));
            }
        }
    }
    let rules: Vec<Rule> =
        found.iter().filter_map(|path| by_file.get(path)).flatten().map(|rule| (*rule).clone()).collect();
    let mut set = RuleSet::new(&rules, Defaults::default());
    // Groups that are not named count as the first one. Source: promtool, `orderedGroups`.
    let place = |name: &str| file.group_eval_order.iter().position(|known| *known.value == *name).unwrap_or(0);
    set.groups.sort_by_key(|group| place(&group.name));
    (set, unreached)
}
