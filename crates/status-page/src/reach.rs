//! What hits a component: its workloads, and all that they stand on by hard dependencies.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_model::{Catalogue, PageComponent};

/// For each workload of a component, what it cannot do without: itself, and what it stands on.
#[derive(Debug)]
pub(crate) struct Reach(Vec<BTreeSet<Arc<str>>>);

impl Reach {
    pub(crate) fn of(catalogue: &Catalogue, component: &PageComponent) -> Self {
        Self(component.workloads.iter().map(|workload| below(catalogue, workload)).collect())
    }

    /// Whether what is hit hits the component, and then whether it hits all of it.
    pub(crate) fn hit_by(&self, workload: &Arc<str>) -> Option<bool> {
        let hit = self.0.iter().filter(|needed| needed.contains(workload)).count();
        (hit > 0).then_some(hit == self.0.len())
    }
}

fn below(catalogue: &Catalogue, workload: &Arc<str>) -> BTreeSet<Arc<str>> {
    let mut found = BTreeSet::from([Arc::clone(workload)]);
    let mut waiting = vec![Arc::clone(workload)];
    while let Some(name) = waiting.pop() {
        let edges = catalogue.workloads.get(&name).map_or(&[][..], |workload| &workload.depends_on);
        for edge in edges.iter().filter(|edge| edge.hard) {
            if found.insert(Arc::clone(&edge.workload)) {
                waiting.push(Arc::clone(&edge.workload));
            }
        }
    }
    found
}
