//! Procedures that nobody owns.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use crate::Repo;

/// Reports procedures without an owner, of their own or of what they are about, where somebody could own them.
pub(crate) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let catalogue = repo.catalogue;
    if !repo.is_whole() || catalogue.teams.is_empty() && catalogue.people.is_empty() {
        return;
    }
    for document in repo.documents.procedures.iter().filter(|document| document.owner.is_none()) {
        let resolved = catalogue.procedures.get(&document.name.value);
        // A workload without an owner is reported itself.
        if document.workload.is_some() || resolved.is_none_or(|known| known.owner.is_some()) {
            continue;
        }
        let headline = format!("nobody owns the {} {}", document.kind.as_str(), quoted(&document.name.value));
        let diag = Diagnostic::finding(codes::NO_OWNER, document.name.span, headline);
        diags.push(diag.help("write `owner: team:…` or `workload: …` into its front matter"));
    }
}
