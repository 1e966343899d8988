//! Groups are teams. Who is in one is written in the group, in each user, or in both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned, did_you_mean};
use evenkeel_ids::DocumentRef;

use super::known::Known;
use super::places;
use crate::document::{Declared, Documents, EntityKind, EntityReference, MemberDocument, Name, TeamDocument};
use crate::{codes, quoted};

/// Adds groups to the teams there are, and members to all of them.
pub(super) fn join(known: &Known<'_>, documents: &mut Documents, diags: &mut Vec<Diagnostic>) {
    let mut ours = places(&documents.teams);
    for (entity, name) in known.named(&[EntityKind::Group]) {
        let escalation = entity.escalation.as_ref().and_then(|policy| declared(policy, documents, diags));
        let at = *ours.entry(Box::from(&*name)).or_insert_with(|| {
            let spec = TeamDocument { members: Vec::new(), escalation: None };
            documents.teams.push(Declared {
                name: Spanned::new(Box::from(&*name), entity.name.span),
                owner: None,
                spec,
            });
            documents.teams.len() - 1
        });
        if let Some(team) = documents.teams.get_mut(at) {
            team.spec.escalation = team.spec.escalation.take().or(escalation);
        }
    }
    let mut members = members(known);
    for team in &mut documents.teams {
        let found = members.remove(&*team.name.value).unwrap_or_default();
        let mut there: BTreeSet<Arc<str>> =
            team.spec.members.iter().map(|member| Arc::clone(&member.person.value)).collect();
        let new = found.into_iter().filter(|person| there.insert(Arc::clone(&person.value)));
        team.spec.members.extend(new.map(|person| MemberDocument { person, role: None }));
    }
}

/// Members by team: those that groups list, then those that say so themselves.
fn members(known: &Known<'_>) -> BTreeMap<Box<str>, Vec<Name>> {
    let mut members: BTreeMap<Box<str>, Vec<Name>> = BTreeMap::new();
    let person = |reference: &EntityReference| match known.documents_of(&reference.value).first() {
        Some(DocumentRef::Person(name)) => Some(Spanned::new(Arc::clone(name), reference.span)),
        Some(_) | None => None,
    };
    for (entity, team) in known.named(&[EntityKind::Group]) {
        members.entry(Box::from(&*team)).or_default().extend(entity.members.iter().filter_map(person));
    }
    for (entity, user) in known.named(&[EntityKind::User]) {
        for reference in &entity.members {
            if let Some(DocumentRef::Team(team)) = known.documents_of(&reference.value).first() {
                let member = Spanned::new(Arc::clone(&user), reference.span);
                members.entry(Box::from(&**team)).or_default().push(member);
            }
        }
    }
    members
}

/// The policy if there is one of that name. A foreign file that names a wrong one is no error.
fn declared(policy: &Name, documents: &Documents, diags: &mut Vec<Diagnostic>) -> Option<Name> {
    let names = || documents.policies.iter().map(|policy| &*policy.name.value);
    if names().any(|name| *name == *policy.value) {
        return Some(policy.clone());
    }
    if !documents.incomplete {
        let headline = format!("no escalation policy named {}", quoted(&policy.value));
        let diag = Diagnostic::finding(codes::UNKNOWN_POLICY, policy.span, headline).label("not declared");
        diags.push(match did_you_mean(&policy.value, names()) {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag,
        });
    }
    None
}
