//! Components, systems and resources are workloads. What depends on an API stands on whoever provides it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;

use super::known::Known;
use super::places;
use crate::document::{
    Declared, DependencyDocument, EntityDocument, EntityKind, EntityReference, Name, Reference, WorkloadDocument,
};
use crate::{Impact, codes, quoted};

const OPERATED: [EntityKind; 3] = [EntityKind::Component, EntityKind::System, EntityKind::Resource];
/// Labels of ours are read, not kept.
const OWN_PREFIX: &str = "evenkeel.dev/";

/// Adds them to the workloads there are.
pub(super) fn join(known: &Known<'_>, workloads: &mut Vec<Declared<WorkloadDocument>>, diags: &mut Vec<Diagnostic>) {
    let ours = places(workloads);
    for (entity, name) in known.named(&OPERATED) {
        let foreign = workload(entity, &name, known);
        match ours.get(&*name).and_then(|place| workloads.get_mut(*place)) {
            Some(own) => merge(own, foreign, entity, known, diags),
            None => workloads.push(foreign),
        }
    }
    let mut reversed = reversed(known);
    for workload in workloads {
        let more = reversed.remove(&*workload.name.value).unwrap_or_default();
        add(&workload.name.value, &mut workload.spec.depends_on, more);
    }
}

fn workload(entity: &EntityDocument, name: &str, known: &Known<'_>) -> Declared<WorkloadDocument> {
    let mut depends_on = Vec::new();
    add(name, &mut depends_on, entity.depends_on.iter().flat_map(|on| dependencies(on, known)).collect());
    let around = entity.part_of.iter().filter_map(|around| operated(around, known));
    let owner = entity.owner.as_ref().and_then(|owner| self::owner(owner, known));
    let spec = WorkloadDocument {
        tier: entity.tier.map(|tier| tier.value),
        impact: Impact::default(),
        components: Vec::new(),
        depends_on,
        environments: Vec::new(),
        priority: None,
        labels: labels(entity),
        part_of: around.filter(|around| *around.value != *name).collect(),
        owned_elsewhere: entity.owner.is_some() && owner.is_none(),
    };
    Declared { name: Spanned::new(name.into(), entity.name.span), owner, spec }
}

/// Who owns it, when they are known here.
fn owner(written: &EntityReference, known: &Known<'_>) -> Option<Reference> {
    let found = known.documents_of(&written.value).into_iter().next()?;
    let owns = matches!(found, DocumentRef::Team(_) | DocumentRef::Person(_));
    owns.then(|| Spanned::new(found.to_string().into_boxed_str(), written.span))
}

/// What a reference to something operated means.
fn operated(written: &EntityReference, known: &Known<'_>) -> Option<Name> {
    match known.documents_of(&written.value).into_iter().next()? {
        DocumentRef::Workload(name) => Some(Spanned::new(name, written.span)),
        DocumentRef::Person(_)
        | DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_) => None,
    }
}

/// The dependencies that a reference is: hard, unless several provide the API and one of them is enough.
fn dependencies(written: &EntityReference, known: &Known<'_>) -> Vec<DependencyDocument> {
    let found = known.documents_of(&written.value);
    let hard = found.len() == 1;
    let workloads = found.into_iter().filter(|one| matches!(one, DocumentRef::Workload(_)));
    let name = |one: DocumentRef| Spanned::new(Arc::clone(one.name()), written.span);
    workloads.map(|one| DependencyDocument { workload: name(one), hard }).collect()
}

/// Adds dependencies that are not there yet, on others than the workload itself.
fn add(of: &str, there: &mut Vec<DependencyDocument>, more: Vec<DependencyDocument>) {
    let mut seen: BTreeSet<Arc<str>> = there.iter().map(|one| Arc::clone(&one.workload.value)).collect();
    let new = more.into_iter().filter(|one| *one.workload.value != *of && seen.insert(Arc::clone(&one.workload.value)));
    there.extend(new);
}

/// `dependencyOf` turned round: by workload what it stands on.
fn reversed(known: &Known<'_>) -> BTreeMap<Box<str>, Vec<DependencyDocument>> {
    let mut reversed: BTreeMap<Box<str>, Vec<DependencyDocument>> = BTreeMap::new();
    for (entity, name) in known.named(&OPERATED) {
        for reference in &entity.dependency_of {
            for above in dependencies(reference, known) {
                let workload = Spanned::new(Arc::clone(&name), reference.span);
                let below = DependencyDocument { workload, hard: true };
                reversed.entry(Box::from(&*above.workload.value)).or_default().push(below);
            }
        }
    }
    reversed
}

/// Labels with names as Prometheus would have them: every other character is `_`.
fn labels(entity: &EntityDocument) -> LabelSet {
    let kept = entity.labels.iter().filter(|(name, _)| !name.value.starts_with(OWN_PREFIX));
    LabelSet::new(kept.map(|(name, value)| (label_name(&name.value), value.value.clone())))
}

fn label_name(name: &str) -> String {
    let mapped = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let digit = name.starts_with(|c: char| c.is_ascii_digit());
    digit.then_some('_').into_iter().chain(mapped).collect()
}

/// Ours says what it says; Backstage's fills in the rest.
fn merge(
    own: &mut Declared<WorkloadDocument>,
    foreign: Declared<WorkloadDocument>,
    entity: &EntityDocument,
    known: &Known<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    contradiction(own, entity, known, diags);
    own.owner = own.owner.take().or(foreign.owner);
    own.spec.labels = LabelSet::new(foreign.spec.labels.iter().chain(own.spec.labels.iter()));
    own.spec.part_of = foreign.spec.part_of;
    own.spec.owned_elsewhere = foreign.spec.owned_elsewhere && own.owner.is_none();
    let name = own.name.value.clone();
    add(&name, &mut own.spec.depends_on, foreign.spec.depends_on);
}

fn contradiction(
    own: &Declared<WorkloadDocument>,
    entity: &EntityDocument,
    known: &Known<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    let (Some(ours), Some(theirs)) = (&own.owner, &entity.owner) else { return };
    let Some(meant) = known.would_be(&theirs.value).map(|document| document.to_string()) else { return };
    if *meant == *ours.value {
        return;
    }
    let name = quoted(&own.name.value);
    let headline =
        format!("{} owns the workload {name} here, and {} in Backstage", quoted(&ours.value), quoted(&meant));
    let diag = Diagnostic::finding(codes::CONTRADICTING_OWNER, ours.span, headline);
    let diag = diag.label("this one counts").related(theirs.span, "the other owner");
    diags.push(diag.help("let both say the same, or leave the owner to Backstage"));
}
