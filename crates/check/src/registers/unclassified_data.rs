//! `unclassified-data`: nobody says how the data of a workload is treated.
//!
//! Only what the organisation lives from counts, and only in a repo that has classes of data at all.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::{entries, vital};
use crate::Repo;

/// Reports workloads of tier 1 that no class of data names.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let classes = entries(repo, RegisterKind::DataClass);
    if !repo.is_whole() || classes.is_empty() {
        return;
    }
    let classified: BTreeSet<&str> = classes.iter().flat_map(|class| class.resolved.texts("workloads")).collect();
    for (workload, place) in vital(repo).filter(|(workload, _)| !classified.contains(workload.name.as_ref())) {
        let headline = format!("no data class names the workload {}, which is tier 1", quoted(&workload.name));
        let diag = Diagnostic::finding(codes::UNCLASSIFIED_DATA, place, headline);
        diags.push(diag.help("add it to the `workloads` of the `DataClass` that its data belongs to"));
    }
}
