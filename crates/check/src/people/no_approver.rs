//! `no-approver`: texts for an audience wait for approval by nobody.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::reach::{Led, Reach};
use super::resolved;
use crate::Repo;

/// Reports audiences all of whose approvers lead to nobody.
pub(super) fn no_approver(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let reach = Reach::of(repo);
    for (plan, audience, approvers) in resolved::audiences(repo) {
        let Some(first) = audience.approvers.first() else { continue };
        if approvers.iter().any(|one| reach.led(one) != Led::Nobody) {
            continue;
        }
        let headline = format!(
            "nobody can approve what the audience {} of {} is told",
            quoted(&audience.name.value),
            quoted(plan)
        );
        let diag = Diagnostic::finding(codes::NO_APPROVER, first.span, headline).label("leads to nobody");
        diags.push(diag.help("name somebody, or remove `approvers`, and texts go at once"));
    }
}
