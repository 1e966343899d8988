//! `unknown-slo-reference`: a name between OpenSLO's documents that leads nowhere.
//!
//! Who keeps no document of a kind here keeps them elsewhere: nothing is said about names of that kind. A service may
//! also be a workload.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::document::SloReference;
use evenkeel_model::{codes, quoted};

use crate::Repo;

/// Suggestions cost a comparison with every known name, so only the first unknown ones get them.
const SUGGESTIONS_MAX: usize = 20;
/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 64;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let documents = repo.documents;
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for part in &documents.slo_parts {
        known.entry(&part.kind).or_default().insert(&part.name);
    }
    if let Some(services) = known.get_mut("Service") {
        services.extend(repo.catalogue.workloads.keys().map(AsRef::as_ref));
    }
    let from_slos = documents.objectives.iter().flat_map(|slo| &slo.references);
    let from_parts = documents.slo_parts.iter().flat_map(|part| &part.references);
    let mut suggestions = 0;
    for reference in from_slos.chain(from_parts) {
        let Some(names) = known.get(reference.kind) else { continue };
        if !names.contains(&*reference.name.value) {
            suggestions += 1;
            diags.push(finding(reference, names, suggestions <= SUGGESTIONS_MAX));
        }
    }
}

fn finding(reference: &SloReference, names: &BTreeSet<&str>, suggest: bool) -> Diagnostic {
    let SloReference { kind, name } = reference;
    let headline = format!("no {kind} of OpenSLO is named {}", quoted(name));
    let diag = Diagnostic::finding(codes::UNKNOWN_SLO_REFERENCE, name.span, headline).label("not declared");
    let compared = suggest && name.len() <= NAME_COMPARED_BYTES_MAX;
    match compared.then(|| did_you_mean(name, names.iter().copied())).flatten() {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help(format!("declare it with `kind: {kind}`, or correct the name")),
    }
}
