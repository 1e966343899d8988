//! Who is paged by one target of an escalation step.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::Plan;
use evenkeel_time::Timestamp;

use crate::{State, on_call};

/// Somebody to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// A person or a receiver.
    pub to: DocumentRef,
    /// How the target led to them, such as `schedule primary, layer weekly, turn 3 of 4`; empty: it names them.
    pub because: Vec<Box<str>>,
}

/// A target, or a part of it, that leads to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// The plan does not have it.
    Gone(DocumentRef),
    /// The plan does not have the person that it leads to.
    GoneFrom {
        /// A schedule or a team.
        target: DocumentRef,
        /// Whom it leads to.
        person: Arc<str>,
    },
    /// Nobody is on call, or the team has no members.
    Nobody(DocumentRef),
    /// It is nothing that can be paged.
    NotPaged(DocumentRef),
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(target) => write!(f, "{target} is not in the ops repo any more"),
            Self::GoneFrom { target, person } => {
                write!(f, "{target} leads to person:{person}, who is not in the ops repo any more")
            }
            Self::Nobody(team @ DocumentRef::Team(_)) => write!(f, "{team} has no members"),
            Self::Nobody(target) => write!(f, "nobody is on call on {target}"),
            Self::NotPaged(target) => {
                write!(f, "{target} cannot be paged: only people, teams, schedules and receivers can")
            }
        }
    }
}

/// Whom a target leads to at an instant, each once, and where it leads to nobody.
#[must_use]
pub fn recipients(
    plan: &Plan,
    overrides: &State,
    to: &DocumentRef,
    at: Timestamp,
) -> (Vec<Recipient>, Vec<Unresolved>) {
    let catalogue = &plan.catalogue;
    let named = |known: bool| match known {
        true => (vec![Recipient { to: to.clone(), because: Vec::new() }], Vec::new()),
        false => (Vec::new(), vec![Unresolved::Gone(to.clone())]),
    };
    let led = |people: Vec<(Arc<str>, Box<str>)>| led_to(plan, to, people);
    match to {
        DocumentRef::Person(name) => named(catalogue.people.contains_key(name)),
        DocumentRef::Receiver(name) => named(plan.receivers.contains_key(name)),
        DocumentRef::Schedule(name) => catalogue.schedules.get(name).map_or_else(
            || named(false),
            |schedule| {
                let now = on_call(schedule, overrides, at);
                let because: Box<str> = format!("schedule {name}, {}", now.because).into();
                led(now.people.into_iter().map(|person| (person, because.clone())).collect())
            },
        ),
        DocumentRef::Team(name) => catalogue.teams.get(name).map_or_else(
            || named(false),
            |team| {
                let because = |role: &Option<Box<str>>| match role {
                    Some(role) => format!("team {name}, {role}").into(),
                    None => format!("team {name}").into(),
                };
                led(team.members.iter().map(|member| (member.person.clone(), because(&member.role))).collect())
            },
        ),
        DocumentRef::Policy(_) | DocumentRef::Workload(_) => (Vec::new(), vec![Unresolved::NotPaged(to.clone())]),
    }
}

fn led_to(plan: &Plan, to: &DocumentRef, people: Vec<(Arc<str>, Box<str>)>) -> (Vec<Recipient>, Vec<Unresolved>) {
    if people.is_empty() {
        return (Vec::new(), vec![Unresolved::Nobody(to.clone())]);
    }
    let (mut found, mut unresolved): (Vec<Recipient>, Vec<Unresolved>) = (Vec::new(), Vec::new());
    for (person, because) in people {
        let recipient = Recipient { to: DocumentRef::Person(person.clone()), because: vec![because] };
        if !plan.catalogue.people.contains_key(&person) {
            unresolved.push(Unresolved::GoneFrom { target: to.clone(), person });
        } else if !found.iter().any(|known| known.to == recipient.to) {
            found.push(recipient);
        }
    }
    (found, unresolved)
}

#[cfg(test)]
mod tests;
