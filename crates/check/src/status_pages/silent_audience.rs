//! `silent-audience`: a status page would never say what is being done.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use crate::Repo;

/// Reports pages whose audience no communication plan has.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let plans = repo.documents.communications.iter();
    let known: Vec<&str> =
        plans.flat_map(|plan| &plan.spec.audiences).map(|audience| audience.name.value.as_ref()).collect();
    for page in &repo.documents.status_pages {
        let audience = &page.spec.audience;
        if known.contains(&audience.value.as_ref()) {
            continue;
        }
        let headline = format!(
            "the status page {} is for the audience {}, which no communication plan tells anything",
            quoted(&page.name.value),
            quoted(&audience.value)
        );
        let diag = Diagnostic::finding(codes::SILENT_AUDIENCE, audience.span, headline);
        diags.push(diag.help("name an audience of a communication plan, or give one that audience"));
    }
}
