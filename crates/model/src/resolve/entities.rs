//! Backstage's entities join the documents of ours: a group is a team, a user a person, a component, system or
//! resource a workload.
//!
//! What the two say about one name is put together: ours says tier, impact, escalation and contacts, Backstage's says
//! owner, members and dependencies where ours says none. References that lead nowhere are left out here; `check` reports
//! them. Nothing in a foreign catalogue is ever an error.

mod canonical;
mod known;
mod persons;
mod teams;
mod workloads;

use std::collections::BTreeMap;

use evenkeel_diagnostic::Diagnostic;

use crate::Origin;
use crate::document::{Declared, Documents};
use known::Known;

/// Joins them. `mails`: whether a mail needs nothing but an address.
pub(super) fn join(documents: &mut Documents, mails: bool, diags: &mut Vec<Diagnostic>) -> Origin {
    let entities = std::mem::take(&mut documents.entities);
    if entities.is_empty() {
        return Origin::default();
    }
    let known = Known::of(&entities, documents, diags);
    persons::join(&known, mails, &mut documents.people);
    teams::join(&known, documents, diags);
    workloads::join(&known, &mut documents.workloads, diags);
    known.origin
}

/// Where each name is in a list of documents.
fn places<T>(documents: &[Declared<T>]) -> BTreeMap<Box<str>, usize> {
    documents.iter().enumerate().rev().map(|(place, document)| (document.name.value.clone(), place)).collect()
}
