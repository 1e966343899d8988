//! Runbooks and playbooks, and which response plan leads to which.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::SourceId;

use super::names::Names;
use super::naming::Distinct;
use super::workloads::Workloads;
use crate::document::{Declared, ProcedureDocument, ResponseDocument};
use crate::{Procedure, ProcedureIndex};

/// Resolves procedures; of two with one name the first stays. An owner is inherited from the workload.
pub(super) fn procedures(
    documents: Vec<ProcedureDocument>,
    workloads: &Workloads,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, Procedure> {
    let mut known = Distinct::new("procedure");
    let mut procedures = BTreeMap::new();
    for document in documents {
        if !known.is_new(&document.name, names.diags) {
            continue;
        }
        let own = names.owner(document.owner.as_ref());
        let workload = document.workload.as_ref().and_then(|workload| names.workload(workload));
        let inherited = || workloads.resolved.get(workload.as_ref()?).and_then(|known| known.owner.clone());
        let name = document.name.value;
        let procedure = Procedure {
            name: Arc::clone(&name),
            kind: document.kind,
            path: document.path.into(),
            title: document.title.map_or_else(|| Box::from(name.as_ref()), |title| title.value),
            owner: own.or_else(inherited),
            workload,
            steps: document.steps.into_iter().map(|step| step.name.value).collect(),
            text: document.text.into(),
        };
        procedures.insert(name, procedure);
    }
    procedures
}

/// The procedure of each response plan that leads to one of the ops repo's, by the plan's name. `files` are the paths
/// of what was read.
pub(super) fn helped_by(
    plans: &[Declared<ResponseDocument>],
    procedures: &BTreeMap<Arc<str>, Procedure>,
    files: &BTreeMap<SourceId, Arc<str>>,
) -> BTreeMap<Arc<str>, Arc<str>> {
    let index = ProcedureIndex::new(procedures);
    let found = |plan: &Declared<ResponseDocument>| {
        let text = plan.spec.procedure.as_ref()?;
        let file = files.get(&text.span.source).map(AsRef::as_ref);
        let procedure = index.find(&text.value, file)?;
        Some((Arc::from(&*plan.name.value), Arc::clone(&procedure.name)))
    };
    plans.iter().filter_map(found).collect()
}
