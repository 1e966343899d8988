//! Owners that cannot be reached.
//!
//! A team can be reached by its policy, or by a member with a contact; a person by a contact. A repo in which nobody has
//! a contact and nothing escalates pages nobody, and is not told so for each owner. Whoever a policy pages is judged
//! there.

use std::collections::BTreeMap;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Catalogue, codes, quoted};

use super::no_owner::owned;
use super::paged::paged;
use crate::Repo;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() || !reaches_anybody(repo.catalogue) {
        return;
    }
    let paged = paged(repo.catalogue);
    for (owner, things) in things(repo) {
        let Some(why) = unreachable(&owner, repo.catalogue).filter(|_| !paged.contains(&owner)) else { continue };
        diags.extend(described(&owner, why, &things, repo));
    }
}

/// Whether the repo is meant to reach people at all.
fn reaches_anybody(catalogue: &Catalogue) -> bool {
    !catalogue.policies.is_empty() || catalogue.people.values().any(|person| !person.contacts.is_empty())
}

/// What each owner owns.
fn things(repo: &Repo<'_>) -> BTreeMap<DocumentRef, Vec<DocumentRef>> {
    let mut things: BTreeMap<DocumentRef, Vec<DocumentRef>> = BTreeMap::new();
    for (thing, owner) in owned(repo) {
        things.entry(owner).or_default().push(thing);
    }
    things
}

/// Why an owner cannot be reached.
fn unreachable(owner: &DocumentRef, catalogue: &Catalogue) -> Option<&'static str> {
    let has_contact = |person: &str| catalogue.people.get(person).is_some_and(|known| !known.contacts.is_empty());
    match owner {
        DocumentRef::Team(name) => {
            let team = catalogue.teams.get(name).filter(|team| team.escalation.is_none())?;
            if team.members.is_empty() {
                return Some("has no members, and no `escalation`");
            }
            let anybody = team.members.iter().any(|member| has_contact(&member.person));
            (!anybody).then_some("none of its members has a contact, and it has no `escalation`")
        }
        DocumentRef::Person(name) => {
            let known = catalogue.people.contains_key(name);
            (known && !has_contact(name)).then_some("has no contact")
        }
        DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Receiver(_) | DocumentRef::Workload(_) => None,
    }
}

fn described(owner: &DocumentRef, why: &str, things: &[DocumentRef], repo: &Repo<'_>) -> Option<Diagnostic> {
    let place = repo.place(owner)?;
    let first = things.first()?;
    let more = match things.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (kind, name) = (owner.kind(), quoted(owner.name()));
    let thing = format!("the {} {}", first.kind(), quoted(first.name()));
    let headline = format!("the {kind} {name} owns {thing}{more}, and cannot be reached");
    let diag = Diagnostic::finding(codes::UNREACHABLE_OWNER, place, headline).label(why);
    let diag = match repo.place(first) {
        Some(there) => diag.related(there, "owned by them"),
        None => diag,
    };
    Some(diag.help(match owner {
        DocumentRef::Team(_) => "give it members with `contacts`, or an `escalation`",
        DocumentRef::Person(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => "write `contacts` for them, or let a team own it",
    }))
}
