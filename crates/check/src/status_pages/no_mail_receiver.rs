//! `no-mail-receiver`: subscribers would get nothing.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{Transport, codes, quoted};

use crate::Repo;

/// Reports receivers of pages that send no mail.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(plan) = repo.plan else { return };
    for page in &repo.documents.status_pages {
        for name in &page.spec.mail {
            let Some(receiver) = plan.receivers.get(&name.value) else { continue };
            if receiver.integrations.iter().any(|one| matches!(one.transport, Transport::Email(_))) {
                continue;
            }
            let headline = format!(
                "the status page {} sends mail through the receiver {}, which sends none",
                quoted(&page.name.value),
                quoted(&name.value)
            );
            let diag = Diagnostic::finding(codes::NO_MAIL_RECEIVER, name.span, headline);
            diags.push(diag.help("name a receiver with `email_configs`, or give this one some"));
        }
    }
}
