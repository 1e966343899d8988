//! Status pages and planned work: every name in them is looked up, and a page is held against what is written for its
//! audience by the check.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use super::naming::Distinct;
use crate::document::{Declared, MaintenanceDocument, Name, PageComponentDocument, StatusPageDocument};
use crate::{Maintenance, PageComponent, StatusPage, quoted};

/// Resolves status pages; of two with one name the first stays.
pub(super) fn status_pages(
    documents: Vec<Declared<StatusPageDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, StatusPage> {
    let mut known = Distinct::new("status page");
    let mut pages = BTreeMap::new();
    for document in documents {
        let name = document.shared_name();
        if !known.is_new(&name, names.diags) {
            continue;
        }
        names.owner(document.owner.as_ref());
        let spec = document.spec;
        let page = StatusPage {
            name: Arc::clone(&name.value),
            title: spec.title,
            description: spec.description,
            audience: spec.audience.value,
            components: components(spec.components, names),
            history_days: spec.history_days,
            support: spec.support,
            readers: spec.readers,
            mail: names.receivers_once(&spec.mail, "the status page"),
        };
        pages.insert(name.value, page);
    }
    pages
}

fn components(written: Vec<PageComponentDocument>, names: &mut Names<'_>) -> Vec<PageComponent> {
    let mut known = Distinct::new("component");
    let mut components = Vec::with_capacity(written.len());
    for PageComponentDocument { name, title, description, group, workloads } in written {
        if known.is_new(&name, names.diags) {
            let workloads = workloads_once(&workloads, "the component", names);
            components.push(PageComponent { name: name.value, title, description, group, workloads });
        }
    }
    components
}

/// Resolves planned work; of two with one name the first stays.
pub(super) fn maintenances(
    documents: Vec<Declared<MaintenanceDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, Maintenance> {
    let mut known = Distinct::new("maintenance");
    let mut maintenances = BTreeMap::new();
    for document in documents {
        let name = document.shared_name();
        if !known.is_new(&name, names.diags) {
            continue;
        }
        names.owner(document.owner.as_ref());
        let MaintenanceDocument { title, text, starts, ends, workloads, audiences } = document.spec;
        let maintenance = Maintenance {
            name: Arc::clone(&name.value),
            title,
            text,
            starts: starts.value,
            ends: ends.value,
            workloads: workloads_once(&workloads, "the maintenance", names),
            audiences: audiences.into_iter().map(|audience| audience.value).collect(),
        };
        maintenances.insert(name.value, maintenance);
    }
    maintenances
}

fn workloads_once(written: &[Name], what: &str, names: &mut Names<'_>) -> Vec<Arc<str>> {
    let found: Vec<Name> = written.iter().filter(|name| names.workload(name).is_some()).cloned().collect();
    names.each_once(found, what, |name: &Arc<str>| format!("workload {}", quoted(name)))
}
