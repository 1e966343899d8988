//! Where it is written that one workload stands on another.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Span;
use evenkeel_model::EntityRef;

use crate::Repo;

/// The places of dependencies: in documents of ours, else in Backstage's entities.
#[derive(Debug, Default)]
pub(crate) struct Dependencies(BTreeMap<(Arc<str>, Arc<str>), Span>);

impl Dependencies {
    pub(crate) fn of(repo: &Repo<'_>) -> Self {
        let mut dependencies = Self::default();
        for document in &repo.documents.workloads {
            let name = document.shared_name().value;
            for on in document.spec.depends_on.iter().map(|dependency| &dependency.workload) {
                dependencies.add(&name, &on.value, on.span);
            }
        }
        let documents = &repo.catalogue.origin.documents;
        let named = |id: &EntityRef| documents.get(id).into_iter().flatten().map(|document| document.name());
        for entity in &repo.documents.entities {
            for name in named(&entity.id) {
                for reference in &entity.depends_on {
                    named(&reference.value).for_each(|on| dependencies.add(name, on, reference.span));
                }
                for reference in &entity.dependency_of {
                    named(&reference.value).for_each(|above| dependencies.add(above, name, reference.span));
                }
            }
        }
        dependencies
    }

    fn add(&mut self, workload: &Arc<str>, on: &Arc<str>, span: Span) {
        self.0.entry((Arc::clone(workload), Arc::clone(on))).or_insert(span);
    }

    /// Where it is written that a workload stands on another.
    pub(crate) fn place(&self, workload: &Arc<str>, on: &Arc<str>) -> Option<Span> {
        self.0.get(&(Arc::clone(workload), Arc::clone(on))).copied()
    }
}
