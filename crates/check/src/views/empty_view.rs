//! `empty-view`: a view would say that all is well, whatever breaks.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{View, Workload, codes, quoted};

use crate::Repo;

/// Reports views whose tiers and teams leave no workload.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    for document in &repo.documents.views {
        let Some(view) = repo.catalogue.views.get(document.name.value.as_ref() as &str) else { continue };
        if repo.catalogue.workloads.values().any(|workload| has(view, workload)) {
            continue;
        }
        let headline = format!("no workload is one that the view {} is about", quoted(&view.name));
        let diag = Diagnostic::finding(codes::EMPTY_VIEW, document.name.span, headline);
        diags.push(diag.help("name tiers and teams under `workloads` that some workload has, or leave them out"));
    }
}

fn has(view: &View, workload: &Workload) -> bool {
    let team = |name: &std::sync::Arc<str>| workload.owner == Some(DocumentRef::Team(name.clone()));
    (view.tiers.is_empty() || view.tiers.contains(&workload.tier))
        && (view.workloads_of.is_empty() || view.workloads_of.iter().any(team))
}
