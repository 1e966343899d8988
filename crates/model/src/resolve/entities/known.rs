//! Which entities there are, what they are here, and where references lead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_ids::DocumentRef;

use super::canonical::assign;
use crate::document::{Declared, Documents, EntityDocument, EntityKind};
use crate::{EntityRef, Origin, codes, quoted};

/// The kinds that are workloads, in the order in which they get a name that several want.
const OPERATED: [&str; 3] = ["component", "system", "resource"];
/// What a reference may mean that does not say its kind, the likeliest first.
const UNSAID: [&str; 4] = ["component", "resource", "api", "system"];

/// The entities of the ops repo.
pub(super) struct Known<'a> {
    /// Each once, by kind, namespace and name, so that nothing follows from the order of the files.
    pub(super) entities: Vec<&'a EntityDocument>,
    pub(super) origin: Origin,
    /// Documents of ours by the kind of entity that may mean them, and name.
    ours: BTreeMap<&'static str, BTreeSet<Box<str>>>,
}

impl<'a> Known<'a> {
    /// Collects them; of entities that are there twice the first stays, as in Backstage.
    pub(super) fn of(entities: &'a [EntityDocument], documents: &Documents, diags: &mut Vec<Diagnostic>) -> Self {
        let entities = once(entities, diags);
        let mut known = Self { entities, origin: Origin::default(), ours: BTreeMap::new() };
        known.declare("group", &documents.teams);
        known.declare("user", &documents.people);
        OPERATED.into_iter().for_each(|kind| known.declare(kind, &documents.workloads));
        known.name(&["group"], DocumentRef::Team);
        known.name(&["user"], DocumentRef::Person);
        known.name(&OPERATED, DocumentRef::Workload);
        known.name_apis();
        known
    }

    fn declare<T>(&mut self, kind: &'static str, documents: &[Declared<T>]) {
        self.ours.insert(kind, documents.iter().map(|document| document.name.value.clone()).collect());
    }

    fn name(&mut self, kinds: &[&str], document: fn(Arc<str>) -> DocumentRef) {
        let wanted = self.entities.iter().map(|entity| &entity.id).filter(|id| kinds.contains(&&*id.kind));
        for (id, name) in assign(wanted, kinds) {
            self.origin.entities.insert(document(Arc::clone(&name)), id.clone());
            self.origin.documents.insert(id, vec![document(name)]);
        }
    }

    /// An API is whoever provides it.
    fn name_apis(&mut self) {
        let mut providers: BTreeMap<EntityRef, BTreeSet<DocumentRef>> = BTreeMap::new();
        for entity in &self.entities {
            for api in &entity.provides {
                providers.entry(api.value.clone()).or_default().extend(self.documents_of(&entity.id));
            }
        }
        let providers = providers.into_iter().map(|(api, providers)| (api, providers.into_iter().collect()));
        self.origin.documents.extend(providers);
    }

    /// What an entity is here: one document, or none, or the several workloads that provide an API.
    pub(super) fn documents_of(&self, id: &EntityRef) -> Vec<DocumentRef> {
        if id.kind.is_empty() {
            let meant = UNSAID.into_iter().map(|kind| self.documents_of(&id.of_kind(kind)));
            return meant.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        }
        if let Some(documents) = self.origin.documents.get(id) {
            return documents.clone();
        }
        let name = id.plain_name();
        let ours = self.ours.get(&*id.kind).is_some_and(|names| names.contains(name.as_str()));
        if ours { as_document(id, name).into_iter().collect() } else { Vec::new() }
    }

    /// The name of an entity that is one document.
    pub(super) fn name_of(&self, id: &EntityRef) -> Option<Arc<str>> {
        self.documents_of(id).first().map(|document| Arc::clone(document.name()))
    }

    /// What an entity would be here, be it there or not.
    pub(super) fn would_be(&self, id: &EntityRef) -> Option<DocumentRef> {
        self.documents_of(id).first().cloned().or_else(|| as_document(id, id.plain_name()))
    }

    /// The entities of a kind with their names here.
    pub(super) fn named(&self, kinds: &'a [EntityKind]) -> impl Iterator<Item = (&'a EntityDocument, Arc<str>)> {
        let wanted = self.entities.iter().filter(|entity| kinds.contains(&entity.kind));
        wanted.filter_map(|entity| Some((*entity, self.name_of(&entity.id)?)))
    }
}

fn as_document(id: &EntityRef, name: String) -> Option<DocumentRef> {
    match &*id.kind {
        "group" => Some(DocumentRef::Team(name.into())),
        "user" => Some(DocumentRef::Person(name.into())),
        "component" | "system" | "resource" => Some(DocumentRef::Workload(name.into())),
        _ => None,
    }
}

fn once<'a>(entities: &'a [EntityDocument], diags: &mut Vec<Diagnostic>) -> Vec<&'a EntityDocument> {
    let mut first: BTreeMap<&EntityRef, Span> = BTreeMap::new();
    let mut kept = Vec::with_capacity(entities.len());
    // A location is where others are, and nobody refers to it.
    for entity in entities.iter().filter(|entity| entity.kind != EntityKind::Location) {
        let Some(before) = first.get(&entity.id) else {
            first.insert(&entity.id, entity.name.span);
            kept.push(entity);
            continue;
        };
        let headline = format!("there is a second {} named {}", entity.kind.word(), quoted(&entity.name.value));
        let diag = Diagnostic::finding(codes::DUPLICATE_ENTITY, entity.name.span, headline);
        let diag = diag.label("Backstage leaves this one out").related(*before, "first here");
        diags.push(diag.help("rename one of the two, or move it to another namespace; case makes no difference"));
    }
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    kept
}
