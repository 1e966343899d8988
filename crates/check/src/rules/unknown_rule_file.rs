//! `unknown-rule-file`: a test names rules that are not there, so it tests nothing of them.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::{codes, quoted};

use super::reading::Rules;
use super::test_coverage::coverage;

/// Rule files among which a near name is looked for, and how often.
const FILES_MAX: usize = 1000;
const GUESSES_MAX: usize = 50;

pub(super) fn unknown_rule_file(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let files: BTreeSet<&str> =
        rules.repo.documents.rule_groups.iter().map(|group| &*group.file).take(FILES_MAX).collect();
    let mut guesses = 0;
    for covered in coverage(rules) {
        for entry in &covered.missing {
            let headline = format!("the test names {}, which is not in the ops repo", quoted(&entry.value));
            let found = Diagnostic::finding(codes::UNKNOWN_RULE_FILE, entry.span, headline)
                .label("read from the test file's folder");
            guesses += 1;
            let known = files.iter().copied().filter(|_| guesses <= GUESSES_MAX && entry.value.len() < 200);
            diags.push(match near(&entry.value, known) {
                Some(meant) => found.help(format!("did you mean the file {}?", quoted(meant))),
                None => found,
            });
        }
    }
}

/// The file with a near name, wherever it is.
fn near<'a>(entry: &str, files: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = |path: &'a str| path.rsplit_once('/').map_or(path, |(_, name)| name);
    let wanted = entry.rsplit_once('/').map_or(entry, |(_, name)| name);
    let by_name: Vec<(&str, &str)> = files.map(|path| (name(path), path)).collect();
    let meant = did_you_mean(wanted, by_name.iter().map(|(name, _)| *name))?;
    by_name.into_iter().find(|(name, _)| *name == meant).map(|(_, path)| path)
}
