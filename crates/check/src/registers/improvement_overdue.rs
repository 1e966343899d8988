//! `improvement-overdue`: an improvement was to be done by a day that is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::past;
use crate::{Repo, ending};

/// Reports improvements that are late.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for (entry, end, place) in past(repo, RegisterKind::Improvement, "until") {
        let headline = format!("{} was to be done by {}", entry.called(), ending::by(end));
        let diag = Diagnostic::finding(codes::IMPROVEMENT_OVERDUE, place, headline);
        diags.push(diag.help("measure what came of it and remove it, or write another day"));
    }
}
