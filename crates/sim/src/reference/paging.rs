//! Whom targets lead to, and how and when each person is tried, worked out plainly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::{Person, Plan};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use super::on_call;
use crate::cases::StandIn;

/// Quiet hours put nothing off for longer.
const QUIET_MAX: Duration = Duration::hours(8 * 24);

/// Everybody that the targets lead to, and whether any target, or part of one, leads to nobody.
pub(crate) fn led_to(
    plan: &Plan,
    stand_ins: &[&StandIn],
    targets: &[DocumentRef],
    at: Timestamp,
) -> (BTreeSet<DocumentRef>, bool) {
    let (mut found, mut astray) = (BTreeSet::new(), false);
    for target in targets {
        let one = leads(plan, stand_ins, target, at);
        let there = |to: &DocumentRef| match to {
            DocumentRef::Person(name) => plan.catalogue.people.contains_key(name),
            DocumentRef::Receiver(name) => plan.receivers.contains_key(name),
            DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => {
                false
            }
        };
        astray |= one.is_empty() || !one.iter().all(there);
        found.extend(one.into_iter().filter(there));
    }
    (found, astray)
}

fn leads(plan: &Plan, stand_ins: &[&StandIn], target: &DocumentRef, at: Timestamp) -> Vec<DocumentRef> {
    let people = match target {
        DocumentRef::Person(_) | DocumentRef::Receiver(_) => return vec![target.clone()],
        DocumentRef::Schedule(name) => plan
            .catalogue
            .schedules
            .get(name)
            .map(|schedule| on_call::on_call(schedule, stand_ins.iter().copied(), at))
            .unwrap_or_default(),
        DocumentRef::Team(name) => {
            let team = plan.catalogue.teams.get(name);
            team.map(|team| team.members.iter().map(|member| member.person.clone()).collect()).unwrap_or_default()
        }
        DocumentRef::Policy(_) | DocumentRef::Workload(_) => Vec::new(),
    };
    people.into_iter().map(DocumentRef::Person).collect()
}

/// Each contact with when it is tried.
pub(crate) fn tries(
    plan: &Plan,
    to: &DocumentRef,
    severity: Severity,
    now: Timestamp,
) -> BTreeSet<(Arc<str>, Timestamp)> {
    match to {
        DocumentRef::Person(name) => {
            plan.catalogue.people.get(name).map(|one| of(one, severity, now)).unwrap_or_default()
        }
        DocumentRef::Receiver(name) => {
            let integrations = plan.receivers.get(name).map_or(&[][..], |receiver| &receiver.integrations);
            integrations.iter().map(|integration| (integration.name.clone(), now)).collect()
        }
        DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => {
            BTreeSet::new()
        }
    }
}

fn of(person: &Person, severity: Severity, now: Timestamp) -> BTreeSet<(Arc<str>, Timestamp)> {
    let mut tries: Vec<(Arc<str>, Timestamp)> = Vec::new();
    for rule in &person.notify {
        let meant = rule.severities.is_empty() || rule.severities.contains(&severity);
        if meant && person.contacts.contains_key(&rule.contact) {
            tries.push((rule.contact.clone(), now + rule.after));
        }
    }
    if tries.is_empty() {
        tries.extend(person.contacts.keys().map(|contact| (contact.clone(), now)));
    }
    // Each contact once, by the earliest of its rules.
    let mut earliest: BTreeMap<Arc<str>, Timestamp> = BTreeMap::new();
    for (contact, at) in tries {
        let at = audible(person, severity, at);
        earliest.entry(contact).and_modify(|known| *known = at.min(*known)).or_insert(at);
    }
    earliest.into_iter().collect()
}

/// The first instant from then on at which it is not quiet.
fn audible(person: &Person, severity: Severity, at: Timestamp) -> Timestamp {
    let mut audible = at;
    loop {
        let quiet = person.quiet_hours.iter().filter(|quiet| quiet.severities.contains(&severity));
        let end = quiet.filter_map(|quiet| on_call::inside(&quiet.window, &person.zone, audible)).next();
        match end {
            Some(_) if audible >= at + QUIET_MAX => return audible,
            Some(end) => audible = end.min(at + QUIET_MAX),
            None => return audible,
        }
    }
}

/// When the first of them is tried: now, where nobody is tried at all or a receiver is among them.
pub(crate) fn first_try(plan: &Plan, who: &BTreeSet<DocumentRef>, severity: Severity, now: Timestamp) -> Timestamp {
    let mut first: Option<Timestamp> = None;
    for to in who {
        let own = match to {
            DocumentRef::Receiver(_) => Some(now),
            DocumentRef::Person(_)
            | DocumentRef::Team(_)
            | DocumentRef::Schedule(_)
            | DocumentRef::Policy(_)
            | DocumentRef::Workload(_) => tries(plan, to, severity, now).into_iter().map(|(_, at)| at).min(),
        };
        first = first.into_iter().chain(own).min();
    }
    first.unwrap_or(now)
}
