//! `single-option-decision`: a decision had nothing to choose between.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports decisions between fewer than two options.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Decision) {
        let different: BTreeSet<&str> = entry.resolved.texts("options").into_iter().collect();
        if different.len() != 1 {
            continue;
        }
        let headline = format!("{} had nothing to choose between", entry.called());
        let diag = Diagnostic::finding(codes::SINGLE_OPTION_DECISION, entry.place("options"), headline);
        diags.push(diag.help("write what else there was: to leave all as it is, is an option too"));
    }
}
