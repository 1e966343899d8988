//! `unmodelled-workload`: nobody says who engineers and who operates a workload.
//!
//! Only what the organisation lives from counts, and only in a repo that has operating models at all.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::{entries, vital};
use crate::Repo;

/// Reports workloads of tier 1 that are in no operating model.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let models = entries(repo, RegisterKind::OperatingModel);
    if !repo.is_whole() || models.is_empty() {
        return;
    }
    let modelled: BTreeSet<&str> = models.iter().flat_map(|model| model.resolved.texts("workloads")).collect();
    for (workload, place) in vital(repo).filter(|(workload, _)| !modelled.contains(workload.name.as_ref())) {
        let headline = format!("no operating model has the workload {}, which is tier 1", quoted(&workload.name));
        let diag = Diagnostic::finding(codes::UNMODELLED_WORKLOAD, place, headline);
        diags.push(diag.help("add it to the `workloads` of the `OperatingModel` by which it is run"));
    }
}
