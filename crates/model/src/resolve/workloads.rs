//! Workloads, and the order of first things first that they refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};

use super::names::Names;
use super::naming::{Distinct, Table};
use crate::document::{ComponentDocument, Declared, DependencyDocument, EnvironmentDocument, Name, WorkloadDocument};
use crate::{Component, Dependency, Environment, Priority, Workload, codes, quoted};

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

/// Resolves workloads.
pub(super) fn workloads(documents: Vec<Declared<WorkloadDocument>>, names: &mut Names<'_>) -> Workloads {
    let mut workloads = Workloads { resolved: BTreeMap::new(), environments: BTreeMap::new() };
    for document in documents {
        let name = document.shared_name();
        let owner = names.owner(document.owner.as_ref());
        if document.owner.is_none() {
            let headline = format!("nobody owns the workload {}", quoted(&name.value));
            let diag = Diagnostic::finding(codes::NO_OWNER, name.span, headline);
            names.diags.push(diag.help("write `owner: team:…` or `owner: person:…` into `metadata`"));
        }
        let Spanned { value: name, .. } = name;
        let WorkloadDocument { tier, impact, components: parts, depends_on, environments, priority, labels } =
            document.spec;
        let mut places = Table::new("environment", codes::UNKNOWN_ENVIRONMENT, codes::DUPLICATE_NAME);
        places.incomplete = names.workloads.incomplete;
        let workload = Workload {
            name: Arc::clone(&name),
            owner,
            tier,
            impact,
            components: components(parts, names),
            depends_on: dependencies(&depends_on, names),
            environments: self::environments(environments, &mut places, names),
            priority: priority.and_then(|priority| names.priorities.look_up(&priority, names.diags)),
            labels,
        };
        workloads.environments.insert(Arc::clone(&name), places);
        workloads.resolved.insert(name, workload);
    }
    workloads
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
