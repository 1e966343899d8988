//! Service level objectives: by name, each with the workload of its service's name.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};

use crate::document::ObjectiveDocument;
use crate::{Objective, Workload, codes, quoted};

/// Resolves the objectives that have a target; of two with one name the first stays.
pub(super) fn objectives(
    documents: &[ObjectiveDocument],
    workloads: &BTreeMap<Arc<str>, Workload>,
    diags: &mut Vec<Diagnostic>,
) -> BTreeMap<Arc<str>, Objective> {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut resolved = BTreeMap::new();
    for document in documents {
        let name = &document.name;
        if let Some(before) = first.get(&*name.value) {
            let headline = format!("there is a second SLO named {}", quoted(name));
            let diag = Diagnostic::finding(codes::DUPLICATE_NAME, name.span, headline);
            diags.push(diag.related(*before, "first here").help("rename one of the two"));
            continue;
        }
        first.insert(name, name.span);
        let target = document.targets.iter().map(|target| target.value).max_by(f64::total_cmp);
        let name: Arc<str> = Arc::from(&*name.value);
        let service = document.service.as_ref().and_then(|service| workloads.get_key_value(&*service.value));
        let workload = service.map(|(workload, _)| Arc::clone(workload));
        if let Some(target) = target {
            let objective = Objective { name: Arc::clone(&name), workload, window: document.window, target };
            resolved.insert(name, objective);
        }
    }
    resolved
}
