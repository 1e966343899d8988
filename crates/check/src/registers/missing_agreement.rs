//! `missing-agreement`: one team's workload fails with another team's, and the two agreed on nothing.
//!
//! Only what the other team's organisation lives from counts, only direct and hard dependencies, and only in a repo that
//! has agreements at all. Of two teams the first such dependency is reported.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{RegisterEntry, RegisterKind, Workload, codes, quoted};

use super::entry::is_vital;
use crate::Repo;
use crate::catalogue::dependencies::Dependencies;

/// Reports teams that stand on each other without an agreement.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let catalogue = repo.catalogue;
    let agreements: Vec<&RegisterEntry> = catalogue.register_of(RegisterKind::Agreement).collect();
    if !repo.is_whole() || agreements.is_empty() {
        return;
    }
    let mut first: BTreeMap<(&str, &str), (&Workload, &Workload)> = BTreeMap::new();
    for above in catalogue.workloads.values() {
        for dependency in above.depends_on.iter().filter(|dependency| dependency.hard) {
            let below = catalogue.workloads.get(&dependency.workload).filter(|below| is_vital(catalogue, below));
            let Some((below, (consumer, provider))) =
                below.and_then(|below| Some((below, (team(above)?, team(below)?))))
            else {
                continue;
            };
            let agreed = agreements.iter().any(|one| covers(one, [provider, consumer], [above, below]));
            if consumer != provider && !agreed {
                first.entry((consumer, provider)).or_insert((above, below));
            }
        }
    }
    let written = Dependencies::of(repo);
    for ((consumer, provider), (above, below)) in first {
        let declared = || repo.place(&DocumentRef::Workload(Arc::clone(&above.name)));
        let Some(place) = written.place(&above.name, &below.name).or_else(declared) else { continue };
        let [above, below] = [above, below].map(|workload| quoted(&workload.name));
        let headline = format!(
            "{above} of the team {} fails with {below} of the team {}, and the two have no agreement",
            quoted(consumer),
            quoted(provider)
        );
        let help = format!("write an `Agreement` with `provider: {provider}` and `consumer: {consumer}`");
        diags.push(Diagnostic::finding(codes::MISSING_AGREEMENT, place, headline).help(help));
    }
}

/// The team that owns a workload.
fn team(workload: &Workload) -> Option<&str> {
    match workload.owner.as_ref()? {
        DocumentRef::Team(team) => Some(team),
        DocumentRef::Person(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => None,
    }
}

/// Whether an agreement between the two teams is about one of the two workloads, or about all.
fn covers(agreement: &RegisterEntry, [provider, consumer]: [&str; 2], workloads: [&Workload; 2]) -> bool {
    let about = agreement.texts("workloads");
    let of_both = agreement.text("provider") == Some(provider) && agreement.text("consumer") == Some(consumer);
    of_both && (about.is_empty() || workloads.iter().any(|workload| about.contains(&workload.name.as_ref())))
}
