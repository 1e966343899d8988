//! Where documents are declared.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Span;
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{Declared, Documents};
use evenkeel_model::{EntityRef, Origin};

/// The name of each document that others can refer to, by reference; of what comes from Backstage, the entity's.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<DocumentRef, Span>);

impl Places {
    pub(crate) fn of(documents: &Documents, origin: &Origin) -> Self {
        let mut places = Self::default();
        places.add(&documents.people, DocumentRef::Person);
        places.add(&documents.teams, DocumentRef::Team);
        places.add(&documents.schedules, DocumentRef::Schedule);
        places.add(&documents.policies, DocumentRef::Policy);
        places.add(&documents.receivers, DocumentRef::Receiver);
        places.add(&documents.workloads, DocumentRef::Workload);
        for receiver in documents.alertmanager.iter().flat_map(|config| &config.receivers) {
            let name = &receiver.name;
            places.0.entry(DocumentRef::Receiver(Arc::clone(&name.value))).or_insert(name.span);
        }
        let entities = documents.entities.iter().map(|entity| (&entity.id, entity.name.span));
        let entities: BTreeMap<&EntityRef, Span> = entities.rev().collect();
        for (document, entity) in &origin.entities {
            if let Some(span) = entities.get(entity) {
                places.0.entry(document.clone()).or_insert(*span);
            }
        }
        places
    }

    fn add<T>(&mut self, documents: &[Declared<T>], reference: fn(Arc<str>) -> DocumentRef) {
        for document in documents {
            let name = document.shared_name();
            self.0.entry(reference(name.value)).or_insert(name.span);
        }
    }

    pub(crate) fn get(&self, document: &DocumentRef) -> Option<Span> {
        self.0.get(document).copied()
    }
}
