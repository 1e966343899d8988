//! What people change in a catalogue between two commits: everything in it comes, changes, and goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::Plan;
use evenkeel_time::Timestamp;

use super::{COMMUNICATIONS, PEOPLE, POLICIES, RESPONSES, SCHEDULES, TEAMS, WORKLOADS, rotas};
use super::{add_communication, add_person, add_policy, add_response, add_team, add_workload};
use crate::random::Random;

/// One change.
pub(crate) fn edit(plan: &mut Plan, start: Timestamp, random: &mut Random) {
    let catalogue = &mut plan.catalogue;
    match random.below(19) {
        0 => drop(catalogue.people.remove(*random.pick(&PEOPLE))),
        1 => drop(catalogue.teams.remove(*random.pick(&TEAMS))),
        2 => drop(catalogue.schedules.remove(*random.pick(&SCHEDULES))),
        3 => drop(catalogue.policies.remove(*random.pick(&POLICIES))),
        4 => drop(catalogue.workloads.remove(*random.pick(&WORKLOADS))),
        5 => drop(catalogue.response_plans.remove(*random.pick(&RESPONSES))),
        6 => drop(catalogue.communications.remove(*random.pick(&COMMUNICATIONS))),
        7 => lose_contact(plan, random),
        8 => plan.last_resort.policy = None,
        9 => plan.last_resort.policy = Some("last".into()),
        10 | 11 => add_person(plan, random.pick::<&str>(&PEOPLE), random),
        12 => add_team(plan, random.pick::<&str>(&TEAMS), random),
        13 | 14 => {
            let name = *random.pick(&SCHEDULES);
            catalogue.schedules.insert(name.into(), rotas::schedule(name, start, random));
        }
        15 => add_policy(plan, random.pick::<&str>(&POLICIES), random),
        16 => add_workload(plan, random.pick::<&str>(&WORKLOADS), random),
        17 => add_response(plan, random.pick::<&str>(&RESPONSES), random),
        _ => add_communication(plan, random.pick::<&str>(&COMMUNICATIONS), random),
    }
}

fn lose_contact(plan: &mut Plan, random: &mut Random) {
    let Some(person) = plan.catalogue.people.get_mut(*random.pick(&PEOPLE)) else { return };
    let Some(gone) = person.contacts.keys().next().cloned() else { return };
    person.contacts.remove(&gone);
    person.notify.retain(|rule| rule.contact != gone);
}

/// Takes out what refers to nothing, as whoever commits has to, and attaches response plans to their receivers.
pub(crate) fn mend(plan: &mut Plan) {
    attach(plan);
    let known = |plan: &Plan, to: &DocumentRef| match to {
        DocumentRef::Person(name) => plan.catalogue.people.contains_key(name),
        DocumentRef::Team(name) => plan.catalogue.teams.contains_key(name),
        DocumentRef::Schedule(name) => plan.catalogue.schedules.contains_key(name),
        DocumentRef::Policy(name) => plan.catalogue.policies.contains_key(name),
        DocumentRef::Receiver(name) => plan.receivers.contains_key(name),
        DocumentRef::Workload(name) => plan.catalogue.workloads.contains_key(name),
    };
    mend_rotas(plan);
    let before = plan.clone();
    let known = |to: &DocumentRef| known(&before, to);
    let catalogue = &mut plan.catalogue;
    for policy in catalogue.policies.values_mut() {
        policy.steps.iter_mut().for_each(|step| step.to.retain(known));
        policy.steps.retain(|step| !step.to.is_empty());
    }
    catalogue.policies.retain(|_, policy| !policy.steps.is_empty());
    let policies: Vec<Arc<str>> = catalogue.policies.keys().cloned().collect();
    let is_policy = |name: &Arc<str>| policies.contains(name);
    for team in catalogue.teams.values_mut() {
        team.escalation = team.escalation.take().filter(is_policy);
    }
    for workload in catalogue.workloads.values_mut() {
        workload.owner = workload.owner.take().filter(known);
        workload.depends_on.retain(|edge| before.catalogue.workloads.contains_key(&edge.workload));
    }
    for audience in catalogue.communications.values_mut().flat_map(|known| known.audiences.iter_mut()) {
        audience.receivers.retain(|name| before.receivers.contains_key(name));
        audience.approvers.retain(known);
    }
    for response in catalogue.response_plans.values_mut() {
        response.owner = response.owner.take().filter(known);
        response.workload = response.workload.take().filter(|name| before.catalogue.workloads.contains_key(name));
        response.escalation = response.escalation.take().filter(is_policy);
        let told = |name: &Arc<str>| before.catalogue.communications.contains_key(name);
        response.communication = response.communication.take().filter(told);
    }
    plan.last_resort.policy = plan.last_resort.policy.take().filter(is_policy);
}

fn mend_rotas(plan: &mut Plan) {
    let people: Vec<Arc<str>> = plan.catalogue.people.keys().cloned().collect();
    let there = |name: &Arc<str>| people.contains(name);
    for team in plan.catalogue.teams.values_mut() {
        team.members.retain(|member| there(&member.person));
    }
    for schedule in plan.catalogue.schedules.values_mut() {
        for layer in &mut schedule.layers {
            layer.turns.iter_mut().for_each(|turn| turn.retain(there));
            layer.turns.retain(|turn| !turn.is_empty());
        }
        schedule.layers.retain(|layer| !layer.turns.is_empty());
        schedule.overrides.iter_mut().for_each(|known| known.people.retain(there));
        schedule.overrides.retain(|known| !known.people.is_empty());
    }
}

/// A receiver has one response plan at most.
pub(crate) fn attach(plan: &mut Plan) {
    let mut attached: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    for response in plan.catalogue.response_plans.values_mut() {
        response.receivers.retain(|name| plan.receivers.contains_key(name) && !attached.contains_key(name));
        attached.extend(response.receivers.iter().map(|receiver| (receiver.clone(), response.name.clone())));
    }
    plan.catalogue.attached = attached;
}
