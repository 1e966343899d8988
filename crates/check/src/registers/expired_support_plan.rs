//! `expired-support-plan`: help from outside is paid no longer.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::past;
use crate::{Repo, ending};

/// Reports support plans that are over.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for (entry, end, place) in past(repo, RegisterKind::SupportPlan, "expires") {
        let headline = format!("{} ended {}", entry.called(), ending::when(end));
        let diag = Diagnostic::finding(codes::EXPIRED_SUPPORT_PLAN, place, headline);
        diags.push(diag.help("renew it and write until when, or remove it, so that nobody calls at night in vain"));
    }
}
