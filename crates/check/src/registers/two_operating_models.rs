//! `two-operating-models`: a workload is engineered and operated in two ways at once.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::entries;
use crate::Repo;

/// Reports workloads that are in a second operating model, by the models' names.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut models = entries(repo, RegisterKind::OperatingModel);
    models.sort_by(|a, b| a.resolved.name.cmp(&b.resolved.name));
    let mut first: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for model in &models {
        let own = model.resolved.name.as_ref();
        for workload in model.names("workloads") {
            let Some((other, place)) = first.get(workload.value.as_ref()).copied() else {
                first.insert(&workload.value, (own, workload.span));
                continue;
            };
            if other == own {
                continue;
            }
            let [name, one, two] = [&workload.value, other, own].map(quoted);
            let headline = format!("the workload {name} is in two operating models, {one} and {two}");
            let diag = Diagnostic::finding(codes::TWO_OPERATING_MODELS, workload.span, headline);
            diags.push(diag.related(place, "the first one").help("take it out of the one by which it is not run"));
        }
    }
}
