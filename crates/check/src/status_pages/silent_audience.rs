//! `silent-audience`: a status page would never say what is being done. A public one shows only what customers are told.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{Readers, codes, quoted};

use crate::Repo;

/// Reports pages whose audience no communication plan has, and public ones whose audience is not told as customers are.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let plans = repo.documents.communications.iter();
    let known: Vec<(&str, bool)> = plans
        .flat_map(|plan| &plan.spec.audiences)
        .map(|audience| (audience.name.value.as_ref(), audience.customers))
        .collect();
    for page in &repo.documents.status_pages {
        let audience = &page.spec.audience;
        let mut theirs = known.iter().filter(|(name, _)| *name == audience.value.as_ref()).peekable();
        let (name, called) = (quoted(&page.name.value), quoted(&audience.value));
        let (headline, help) = if theirs.peek().is_none() {
            let headline = format!(
                "the status page {name} is for the audience {called}, which no communication plan tells anything"
            );
            (headline, "name an audience of a communication plan, or give one that audience")
        } else if page.spec.readers == Readers::Public && !theirs.any(|(_, customers)| *customers) {
            let headline =
                format!("the status page {name} is public, and its audience {called} is not told as customers are");
            (headline, "write `customers: true` into the audience, or `readers: viewer` into the page")
        } else {
            continue;
        };
        diags.push(Diagnostic::finding(codes::SILENT_AUDIENCE, audience.span, headline).help(help));
    }
}
