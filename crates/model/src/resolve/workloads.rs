//! Workloads, and the order of first things first that they refer to.

mod inheritance;

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_ids::DocumentRef;

use super::names::Names;
use super::naming::{Distinct, Table};
use crate::document::{ComponentDocument, Declared, DependencyDocument, EnvironmentDocument, Name, WorkloadDocument};
use crate::{Component, Dependency, Environment, Origin, Priority, Workload, codes, quoted};

/// The tier of a workload out of a foreign catalogue that says none: what nobody called critical is not taken for that.
const TIER_UNSAID: u8 = 3;

/// Declares the organisation's priorities.
pub(super) fn priorities(written: Vec<Spanned<Priority>>, names: &mut Names<'_>) -> Vec<Priority> {
    let mut kept = Vec::with_capacity(written.len());
    for Spanned { value, span } in written {
        if names.priorities.declare(Spanned::new(Arc::clone(&value.name), span), (), names.diags) {
            kept.push(value);
        }
    }
    kept
}

/// The workloads, and the names of each one's environments.
pub(super) struct Workloads {
    pub(super) resolved: BTreeMap<Arc<str>, Workload>,
    environments: BTreeMap<Arc<str>, Table<()>>,
}

impl Workloads {
    /// The environment of that name of that workload.
    pub(super) fn environment(&mut self, workload: &str, name: &Name, names: &mut Names<'_>) -> Option<Arc<str>> {
        self.environments.get_mut(workload).and_then(|table| table.look_up(name, names.diags))
    }
}

/// Resolves workloads, and fills in what they inherit.
pub(super) fn workloads(
    documents: Vec<Declared<WorkloadDocument>>,
    origin: &mut Origin,
    names: &mut Names<'_>,
) -> Workloads {
    let mut workloads = Workloads { resolved: BTreeMap::new(), environments: BTreeMap::new() };
    let mut said = inheritance::Said::default();
    let mut ownerless = Vec::new();
    for document in documents {
        let Spanned { value: name, span } = document.shared_name();
        if document.owner.is_none() {
            ownerless.push(Spanned::new(Arc::clone(&name), span));
        }
        said.tiers.extend(document.spec.tier.map(|tier| (Arc::clone(&name), tier)));
        said.owned_elsewhere.extend(document.spec.owned_elsewhere.then(|| Arc::clone(&name)));
        let around = document.spec.part_of.iter().filter_map(|around| names.workload(around)).collect::<Vec<_>>();
        if !around.is_empty() {
            origin.part_of.insert(Arc::clone(&name), around);
        }
        let places = Table::new("environment", codes::UNKNOWN_ENVIRONMENT, codes::DUPLICATE_NAME);
        let mut places = places.of(format!("the workload {}", quoted(&name)));
        places.incomplete = names.workloads.incomplete;
        workloads.resolved.insert(Arc::clone(&name), workload(document, &mut places, names));
        workloads.environments.insert(name, places);
    }
    inheritance::inherit(&mut workloads.resolved, &said, origin);
    ownerless.iter().for_each(|name| without_owner(name, &workloads, origin, names));
    workloads
}

fn workload(document: Declared<WorkloadDocument>, places: &mut Table<()>, names: &mut Names<'_>) -> Workload {
    let Spanned { value: name, .. } = document.shared_name();
    let owner = names.owner(document.owner.as_ref());
    let WorkloadDocument { tier, impact, components: parts, depends_on, environments, priority, labels, .. } =
        document.spec;
    Workload {
        name,
        owner,
        tier: tier.unwrap_or(TIER_UNSAID),
        impact,
        components: components(parts, names),
        depends_on: dependencies(&depends_on, names),
        environments: self::environments(environments, places, names),
        priority: priority.and_then(|priority| names.priorities.look_up(&priority, names.diags)),
        labels,
    }
}

/// Reports a workload that neither says nor inherits an owner. What comes from Backstage names one there, who need not
/// be known here.
fn without_owner(name: &Name, workloads: &Workloads, origin: &Origin, names: &mut Names<'_>) {
    let owned = workloads.resolved.get(&name.value).is_some_and(|workload| workload.owner.is_some());
    let foreign = origin.entities.contains_key(&DocumentRef::Workload(Arc::clone(&name.value)));
    if owned || foreign {
        return;
    }
    let headline = format!("nobody owns the workload {}", quoted(&name.value));
    let diag = Diagnostic::finding(codes::NO_OWNER, name.span, headline);
    names.diags.push(diag.help("write `owner: team:…` or `owner: person:…` into `metadata`"));
}

fn components(written: Vec<ComponentDocument>, names: &mut Names<'_>) -> Vec<Component> {
    let mut known = Distinct::new("component");
    let different = written.into_iter().filter(|component| known.is_new(&component.name, names.diags));
    different.map(|ComponentDocument { name, description }| Component { name: name.value, description }).collect()
}

fn environments(written: Vec<EnvironmentDocument>, known: &mut Table<()>, names: &mut Names<'_>) -> Vec<Environment> {
    let mut environments = Vec::with_capacity(written.len());
    for EnvironmentDocument { name, production } in written {
        let label = Arc::clone(&name.value);
        if known.declare(name, (), names.diags) {
            environments.push(Environment { name: label, production });
        }
    }
    environments
}

fn dependencies(written: &[DependencyDocument], names: &mut Names<'_>) -> Vec<Dependency> {
    let hard: BTreeMap<&str, bool> =
        written.iter().rev().map(|dependency| (dependency.workload.value.as_ref(), dependency.hard)).collect();
    let on: Vec<Name> = written.iter().map(|dependency| dependency.workload.clone()).collect();
    let found = on.into_iter().filter(|name| names.workload(name).is_some()).collect();
    let once = names.each_once(found, "`dependsOn`", |name: &Arc<str>| quoted(name));
    let hard = |workload: &Arc<str>| hard.get(workload.as_ref()).copied().unwrap_or(true);
    once.into_iter().map(|workload| Dependency { hard: hard(&workload), workload }).collect()
}
