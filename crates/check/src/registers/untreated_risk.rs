//! `untreated-risk`: a likely and grave risk is accepted, and nobody decided so.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports accepted risks that are high in both respects and name no decision.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Risk) {
        let is = |field: &str, word: &str| entry.resolved.text(field) == Some(word);
        let grave = is("likelihood", "high") && is("impact", "high");
        if !grave || !is("treatment", "accept") || entry.says(&["decision"]) {
            continue;
        }
        let headline = format!("{} is likely and grave, and accepted without a decision", entry.called());
        let diag = Diagnostic::finding(codes::UNTREATED_RISK, entry.place("treatment"), headline);
        diags.push(diag.help("name the `decision` that accepts it, or do something about it"));
    }
}
