//! `cadence-without-people`: it is said how often something is done, and not by whom.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports cadences without teams, people or an owner.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Cadence) {
        if entry.written.owner.is_some() || entry.says(&["teams", "people"]) {
            continue;
        }
        let headline = format!("{} says how often, and not by whom", entry.called());
        let diag = Diagnostic::finding(codes::CADENCE_WITHOUT_PEOPLE, entry.written.name.span, headline);
        diags.push(diag.help("write who does it into `teams` or `people`, or an `owner` into `metadata`"));
    }
}
