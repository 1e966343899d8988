//! `one-sided-agreement`: a team agreed with itself.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::entries;
use crate::Repo;

/// Reports agreements whose two sides are one team.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Agreement) {
        let Some(team) = entry.resolved.text("provider").filter(|team| entry.resolved.text("consumer") == Some(team))
        else {
            continue;
        };
        let headline = format!("{} is one of the team {} with itself", entry.called(), quoted(team));
        let diag = Diagnostic::finding(codes::ONE_SIDED_AGREEMENT, entry.place("consumer"), headline);
        let diag = diag.related(entry.place("provider"), "the same team");
        diags.push(diag.help("name the team on the other side"));
    }
}
