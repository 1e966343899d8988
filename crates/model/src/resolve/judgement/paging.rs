//! Whoever may be paged can be reached.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_ids::DocumentRef;

use crate::resolve::names::Names;
use crate::{Catalogue, Schedule, codes, quoted};

/// Reports people without contacts, teams without members and receivers that send nothing, where somebody relies on
/// them.
pub(super) fn reachable(catalogue: &Catalogue, names: &mut Names<'_>) {
    let targets = targets(catalogue, names);
    let mut paged: BTreeMap<&Arc<str>, Span> = BTreeMap::new();
    for (target, span) in &targets {
        match target {
            DocumentRef::Person(name) => _ = paged.entry(name).or_insert(*span),
            DocumentRef::Schedule(name) => {
                let people = catalogue.schedules.get(name).into_iter().flat_map(on_call);
                people.for_each(|person| _ = paged.entry(person).or_insert(*span));
            }
            DocumentRef::Team(name) => {
                let Some(team) = catalogue.teams.get(name) else { continue };
                if team.members.is_empty() {
                    empty_team(name, *span, names);
                }
                team.members.iter().for_each(|member| _ = paged.entry(&member.person).or_insert(*span));
            }
            DocumentRef::Receiver(name) => silent_receiver(name, *span, names),
            DocumentRef::Policy(_) | DocumentRef::Workload(_) => {}
        }
    }
    for (person, span) in paged {
        if catalogue.people.get(person).is_some_and(|known| known.contacts.is_empty()) {
            unreachable_person(person, span, names);
        }
    }
}

/// Whom policies page and who approves or is told what is sent, each with the first document that names it.
fn targets(catalogue: &Catalogue, names: &Names<'_>) -> BTreeMap<DocumentRef, Span> {
    let mut targets = BTreeMap::new();
    for policy in catalogue.policies.values() {
        let Some(span) = names.policies.span(&policy.name) else { continue };
        for target in policy.steps.iter().flat_map(|step| &step.to) {
            targets.entry(target.clone()).or_insert(span);
        }
    }
    for plan in catalogue.communications.values() {
        let Some(span) = names.communications.span(&plan.name) else { continue };
        for audience in &plan.audiences {
            let receivers = audience.receivers.iter().map(|name| DocumentRef::Receiver(Arc::clone(name)));
            for target in audience.approvers.iter().cloned().chain(receivers) {
                targets.entry(target).or_insert(span);
            }
        }
    }
    targets
}

fn on_call(schedule: &Schedule) -> impl Iterator<Item = &Arc<str>> {
    let turns = schedule.layers.iter().flat_map(|layer| &layer.turns).flatten();
    turns.chain(schedule.overrides.iter().flat_map(|one| &one.people))
}

fn unreachable_person(name: &str, by: Span, names: &mut Names<'_>) {
    let Some(span) = names.people.span(name) else { return };
    let headline = format!("the person {} may be paged and has no contact", quoted(name));
    let diag = Diagnostic::finding(codes::UNREACHABLE_PERSON, span, headline).related(by, "paged by this");
    names.diags.push(diag.help("write `contacts` into their `spec`"));
}

fn empty_team(name: &str, by: Span, names: &mut Names<'_>) {
    let Some(span) = names.teams.span(name) else { return };
    let headline = format!("the team {} may be paged and has no members", quoted(name));
    let diag = Diagnostic::finding(codes::EMPTY_TEAM, span, headline).related(by, "paged by this");
    names.diags.push(diag.help("write its `members`"));
}

fn silent_receiver(name: &str, by: Span, names: &mut Names<'_>) {
    let sends = names.receivers.get(name).is_none_or(|receiver| !receiver.integrations.is_empty());
    let Some(span) = names.receivers.span(name).filter(|_| !sends) else { return };
    let headline = format!("the receiver {} is relied on and sends nothing", quoted(name));
    let diag = Diagnostic::finding(codes::SILENT_RECEIVER, span, headline).related(by, "relied on by this");
    names.diags.push(diag.help("give it an integration such as `webhook_configs`, or name another receiver"));
}
