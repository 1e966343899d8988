//! Which rule files a file of unit tests is about.

use std::collections::BTreeSet;

use evenkeel_model::document::{Led, RuleTestFile, Text, lead};

use super::reading::Rules;

/// What `rule_files` leads to.
pub(super) struct Coverage<'a> {
    pub(super) test: &'a RuleTestFile,
    /// Files of the repo.
    pub(super) files: BTreeSet<&'a str>,
    /// Entries that lead to nothing.
    pub(super) missing: Vec<&'a Text>,
    /// Whether an entry may lead to what nobody here can see.
    pub(super) is_open: bool,
}

pub(super) fn coverage<'a>(rules: &Rules<'a>) -> Vec<Coverage<'a>> {
    let repo = rules.repo;
    repo.documents.rule_tests.iter().map(|test| Coverage::of(test, repo.paths)).collect()
}

impl<'a> Coverage<'a> {
    fn of(test: &'a RuleTestFile, paths: &'a BTreeSet<Box<str>>) -> Self {
        let mut coverage = Self { test, files: BTreeSet::new(), missing: Vec::new(), is_open: false };
        for entry in &test.rule_files {
            match lead(&test.file, &entry.value, paths) {
                Led::Unknown => coverage.is_open = true,
                Led::To(files) if files.is_empty() => coverage.missing.push(entry),
                Led::To(files) => coverage.files.extend(files),
            }
        }
        coverage
    }

    /// Whether rules may be meant that are in none of the files.
    pub(super) fn is_partial(&self) -> bool {
        self.is_open || !self.missing.is_empty()
    }

    /// The alerts that are tested, with their places.
    pub(super) fn alerts(&self) -> impl Iterator<Item = &'a Text> {
        self.test.tests.iter().flat_map(|test| &test.alerts).map(|alert| &alert.alert)
    }
}
