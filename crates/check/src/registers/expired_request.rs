//! `expired-request`: a team was to be answered by a day that is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::past;
use crate::{Repo, ending};

/// Reports requests that wait.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for (entry, end, place) in past(repo, RegisterKind::Request, "dueBy") {
        let headline = format!("{} was to be answered by {}", entry.called(), ending::by(end));
        let diag = Diagnostic::finding(codes::EXPIRED_REQUEST, place, headline);
        let team = entry.resolved.text("to").map_or_else(String::new, |team| format!("let the team {} ", quoted(team)));
        let verb = if team.is_empty() { "decide" } else { "decide it" };
        diags.push(diag.help(format!("{team}{verb} and remove it, or agree on another day")));
    }
}
