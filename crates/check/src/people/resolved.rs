//! Documents beside what they came to, where all of their names were found.
//!
//! What is written and could not be resolved is an error already, and nothing is to be found in what is left of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{AudienceDocument, Declared, Name, PolicyDocument, Reference, ScheduleDocument};
use evenkeel_model::{EscalationPolicy, Schedule};

use crate::Repo;

/// Every policy of which all names were found, each once.
pub(super) fn policies<'a>(
    repo: &Repo<'a>,
) -> impl Iterator<Item = (&'a Declared<PolicyDocument>, &'a EscalationPolicy)> {
    let catalogue = repo.catalogue;
    repo.documents.policies.iter().filter_map(move |document| {
        let name = &*document.name.value;
        let policy = catalogue.policies.get(name)?;
        let first = repo.place(&DocumentRef::Policy(Arc::from(name))) == Some(document.name.span);
        let mut steps = document.spec.steps.iter().zip(&policy.steps);
        let whole = document.spec.steps.len() == policy.steps.len()
            && steps.all(|(written, step)| all_found(&written.to, &step.to));
        (first && whole).then_some((document, policy))
    })
}

/// Every schedule of which all names were found, each once.
pub(super) fn schedules<'a>(repo: &Repo<'a>) -> impl Iterator<Item = (&'a Declared<ScheduleDocument>, &'a Schedule)> {
    let catalogue = repo.catalogue;
    repo.documents.schedules.iter().filter_map(move |document| {
        let name = &*document.name.value;
        let schedule = catalogue.schedules.get(name)?;
        let first = repo.place(&DocumentRef::Schedule(Arc::from(name))) == Some(document.name.span);
        let known = |people: &[Name]| people.iter().all(|person| catalogue.people.contains_key(&person.value));
        let spec = &document.spec;
        let whole = spec.layers.len() == schedule.layers.len()
            && spec.layers.iter().flat_map(|layer| &layer.turns).all(|turn| known(turn))
            && spec.overrides.iter().all(|one| known(&one.people) && known(one.replaces.as_slice()));
        (first && whole).then_some((document, schedule))
    })
}

/// Every audience all of whose approvers were found, with the communication plan's name.
pub(super) fn audiences<'a>(
    repo: &Repo<'a>,
) -> impl Iterator<Item = (&'a str, &'a AudienceDocument, &'a [DocumentRef])> {
    let catalogue = repo.catalogue;
    repo.documents.communications.iter().flat_map(move |document| {
        let plan = catalogue.communications.get(&*document.name.value);
        document.spec.audiences.iter().filter_map(move |written| {
            let audience = plan?.audiences.iter().find(|audience| audience.name == written.name.value)?;
            let whole = all_found(&written.approvers, &audience.approvers);
            whole.then_some((&*document.name.value, written, audience.approvers.as_slice()))
        })
    })
}

fn all_found(written: &[Reference], found: &[DocumentRef]) -> bool {
    let found: BTreeSet<&DocumentRef> = found.iter().collect();
    written.iter().all(|one| meant(one).is_some_and(|meant| found.contains(&meant)))
}

/// What a reference says.
pub(super) fn meant(written: &Reference) -> Option<DocumentRef> {
    written.value.parse().ok()
}
