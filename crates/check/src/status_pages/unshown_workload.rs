//! `unshown-workload`: what customers notice is on no page of theirs.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Readers, codes, quoted};

use crate::Repo;

/// Reports workloads whose failure customers notice, where there is a public page and no component of one has them.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut public = repo.catalogue.status_pages.values().filter(|page| page.readers == Readers::Public).peekable();
    let Some(first) = public.peek().map(|page| page.name.clone()) else { return };
    if !repo.is_whole() {
        return;
    }
    let shown: BTreeSet<_> =
        public.flat_map(|page| &page.components).flat_map(|component| &component.workloads).collect();
    let noticed = repo.catalogue.workloads.values().filter(|workload| workload.impact.customers);
    for workload in noticed.filter(|workload| !shown.contains(&workload.name)) {
        let Some(place) = repo.place(&DocumentRef::Workload(workload.name.clone())) else { continue };
        let headline = format!(
            "customers notice when the workload {} fails, and no component of their status page has it",
            quoted(&workload.name)
        );
        let diag = Diagnostic::finding(codes::UNSHOWN_WORKLOAD, place, headline);
        let help = format!("add it to a component of the status page {}", quoted(&first));
        diags.push(diag.help(help));
    }
}
