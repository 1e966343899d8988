//! Key performance indicators: by name, each with its goal and its workload.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Spanned;

use super::names::Names;
use super::naming::{Distinct, Table};
use super::registers::Entries;
use crate::document::{Declared, KpiDocument};
use crate::{Kpi, RegisterKind, codes};

/// Resolves KPIs; of two with one name the first stays, and of one whose goal is not there nothing.
pub(super) fn kpis(
    documents: Vec<Declared<KpiDocument>>,
    entries: &Entries,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, Kpi> {
    let mut goals = goals(entries, names);
    let mut known = Distinct::new("KPI");
    let mut kpis = BTreeMap::new();
    for document in documents {
        let name = document.shared_name();
        if !known.is_new(&name, names.diags) {
            continue;
        }
        let owner = names.owner(document.owner.as_ref());
        let KpiDocument { outcome, goal, workload, query, target, unit } = document.spec;
        let workload = workload.as_ref().and_then(|workload| names.workload(workload));
        let Some(goal) = goals.look_up(&goal, names.diags) else { continue };
        let (name, query) = (name.value, query.text);
        kpis.insert(Arc::clone(&name), Kpi { name, owner, outcome, goal, workload, query, target, unit });
    }
    kpis
}

fn goals(entries: &Entries, names: &Names<'_>) -> Table<()> {
    let kind = RegisterKind::Goal;
    let mut goals = Table::new(kind.word(), codes::UNKNOWN_ENTRY, codes::DUPLICATE_NAME);
    goals.incomplete = names.people.incomplete;
    for (_, name) in entries.keys().filter(|(register, _)| *register == kind) {
        // They differ already, so nothing is said and the place is never shown.
        goals.declare(Spanned::new(Arc::clone(name), super::NOWHERE), (), &mut Vec::new());
    }
    goals
}
