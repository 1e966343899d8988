//! `unmapped-obligation`: nothing sees to it that an obligation is kept.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports obligations without checks and without a decision.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Obligation).iter().filter(|entry| !entry.says(&["checks", "decision"])) {
        let headline = format!("nothing sees to it that {} is kept", entry.called());
        let diag = Diagnostic::finding(codes::UNMAPPED_OBLIGATION, entry.written.name.span, headline);
        diags.push(diag.help("write into `checks` what does, or name the `decision` that says how it is kept"));
    }
}
