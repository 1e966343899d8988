//! References of Backstage's entities to what is not there.
//!
//! A catalogue is seldom in one repo: groups and users often come from a directory, and other entities from other repos.
//! So a reference is only judged where the ops repo has others of that kind and namespace, and no `Location` says that
//! more of the catalogue is elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::document::{Declared, EntityDocument, EntityKind, EntityReference};
use evenkeel_model::{DEFAULT_NAMESPACE, EntityRef, codes, quoted};

use crate::Repo;

/// Suggestions cost a comparison with every known name, so only the first ones get them.
const SUGGESTIONS_MAX: usize = 20;
/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 64;
/// Kinds of Backstage's that are not read here.
const OTHERS: [&str; 2] = ["location", "template"];

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let entities = &repo.documents.entities;
    if !repo.is_whole() || entities.iter().any(|entity| !entity.elsewhere.is_empty()) {
        return;
    }
    let mut known = Known::of(repo);
    for entity in entities {
        for reference in references(entity).filter(|reference| !reference.value.kind.is_empty()) {
            diags.extend(known.judge(entity, reference));
        }
    }
}

fn references(entity: &EntityDocument) -> impl Iterator<Item = &EntityReference> {
    let EntityDocument { owner, part_of, depends_on, dependency_of, provides, members, children, .. } = entity;
    let lists = [part_of, depends_on, dependency_of, provides, members, children];
    owner.iter().chain(lists.into_iter().flatten())
}

/// The entities there are.
struct Known<'a> {
    /// Shape: kind and namespace, then name.
    entities: BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>,
    /// Documents of ours that stand for an entity, by its kind.
    ours: BTreeMap<&'static str, BTreeSet<&'a str>>,
    suggested: usize,
}

impl<'a> Known<'a> {
    fn of(repo: &Repo<'a>) -> Self {
        let mut entities: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for EntityDocument { id, .. } in &repo.documents.entities {
            entities.entry((&id.kind, &id.namespace)).or_default().insert(&id.name);
        }
        let documents = repo.documents;
        let ours = BTreeMap::from([
            ("group", names(&documents.teams)),
            ("user", names(&documents.people)),
            ("component", names(&documents.workloads)),
            ("system", names(&documents.workloads)),
            ("resource", names(&documents.workloads)),
        ]);
        Self { entities, ours, suggested: 0 }
    }

    fn has(&self, id: &EntityRef) -> bool {
        let entity = self.entities.get(&(&*id.kind, &*id.namespace)).is_some_and(|names| names.contains(&*id.name));
        entity || self.ours.get(&*id.kind).is_some_and(|names| names.contains(id.plain_name().as_str()))
    }

    fn judge(&mut self, from: &EntityDocument, reference: &EntityReference) -> Option<Diagnostic> {
        let id = &reference.value;
        if self.has(id) {
            return None;
        }
        let Some(kind) = EntityKind::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(&id.kind)) else {
            return unknown_kind(reference);
        };
        let like = self.entities.get(&(&*id.kind, &*id.namespace))?;
        let others = like.len() - usize::from(like.contains(&*from.id.name) && same_sort(&from.id, id));
        if others == 0 || OTHERS.contains(&&*id.kind) {
            return None;
        }
        let namespace = match &*id.namespace {
            DEFAULT_NAMESPACE => String::new(),
            other => format!(" in the namespace {}", quoted(other)),
        };
        let headline = format!("no {} named {}{namespace}", kind.word(), quoted(&id.name));
        let diag = Diagnostic::finding(codes::UNKNOWN_ENTITY, reference.span, headline).label("not in the catalogue");
        Some(match self.meant(id) {
            Some(meant) => diag.help(format!("did you mean `{meant}`?")),
            None => diag.help(format!("declare it, or take it out of {}", quoted(&from.id.to_string()))),
        })
    }

    /// The same name of another kind or in another namespace, else one that is much like it.
    fn meant(&mut self, id: &EntityRef) -> Option<EntityRef> {
        let mut same = self.entities.iter().filter(|(_, names)| names.contains(&*id.name)).map(|(space, _)| space);
        if let Some((kind, namespace)) =
            same.find(|(kind, namespace)| **kind == *id.kind || **namespace == *id.namespace)
        {
            return Some(EntityRef::new(kind, namespace, &id.name));
        }
        self.suggested += 1;
        if self.suggested > SUGGESTIONS_MAX || id.name.len() > NAME_COMPARED_BYTES_MAX {
            return None;
        }
        let like = self.entities.get(&(&*id.kind, &*id.namespace))?;
        did_you_mean(&id.name, like.iter().copied()).map(|near| EntityRef { name: near.into(), ..id.clone() })
    }
}

fn names<T>(documents: &[Declared<T>]) -> BTreeSet<&str> {
    documents.iter().map(|document| &*document.name.value).collect()
}

fn same_sort(a: &EntityRef, b: &EntityRef) -> bool {
    a.kind == b.kind && a.namespace == b.namespace
}

/// Organisations have kinds of their own; one that is nearly a known one is a slip.
fn unknown_kind(reference: &EntityReference) -> Option<Diagnostic> {
    let id = &reference.value;
    if OTHERS.contains(&&*id.kind) || id.kind.len() > NAME_COMPARED_BYTES_MAX {
        return None;
    }
    let kinds = EntityKind::ALL.map(|kind| kind.as_str().to_ascii_lowercase());
    let near = did_you_mean(&id.kind, kinds.iter().map(String::as_str))?;
    let headline = format!("no kind of entity is called {}", quoted(&id.kind));
    let diag = Diagnostic::finding(codes::UNKNOWN_ENTITY, reference.span, headline);
    Some(diag.help(format!("did you mean `{}`?", id.of_kind(near))))
}
