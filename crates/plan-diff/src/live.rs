//! What a running server has open, and what of it a plan would leave behind.

use evenkeel_ids::DocumentRef;
use evenkeel_model::Plan;
use evenkeel_oncall::policy_for;

/// Something that a running server has open and that goes by names of the ops repo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveObject {
    /// An open incident.
    Incident {
        /// `incident:17`.
        id: Box<str>,
        /// The response plan it was opened under.
        response_plan: Box<str>,
        /// The policy it goes by now.
        policy: Option<Box<str>>,
        /// Who owns it.
        owner: Option<DocumentRef>,
        /// Who was asked and may still answer.
        asked: Vec<DocumentRef>,
    },
    /// A group of alerts that somebody is told of.
    Group {
        /// The receiver.
        receiver: Box<str>,
        /// How many alerts are in it.
        alerts: usize,
    },
    /// An override of a schedule, set at run time.
    Override {
        /// `override:4`.
        id: Box<str>,
        /// The schedule.
        schedule: Box<str>,
        /// Who stands in.
        people: Vec<Box<str>>,
    },
}

/// Each thing that the plan has no place for, with what becomes of it.
#[must_use]
pub fn left_behind(plan: &Plan, live: &[LiveObject]) -> Vec<Box<str>> {
    live.iter().flat_map(|object| of(plan, object)).collect()
}

fn of(plan: &Plan, object: &LiveObject) -> Vec<Box<str>> {
    match object {
        LiveObject::Incident { id, response_plan, policy, owner, asked } => {
            incident(plan, id, response_plan, policy.as_deref(), owner.as_ref(), asked)
        }
        LiveObject::Group { receiver, alerts } => {
            let gone = !plan.receivers.contains_key(receiver.as_ref());
            let text = || format!("receiver `{receiver}` is gone: its {alerts} alerts are routed anew").into();
            gone.then(text).into_iter().collect()
        }
        LiveObject::Override { id, schedule, people } => overriding(plan, id, schedule, people),
    }
}

fn incident(
    plan: &Plan,
    id: &str,
    response_plan: &str,
    policy: Option<&str>,
    owner: Option<&DocumentRef>,
    asked: &[DocumentRef],
) -> Vec<Box<str>> {
    let next = match policy_for(plan, response_plan, owner) {
        Some(choice) if choice.last_resort => format!("goes on by policy `{}`, the last resort", choice.policy.name),
        Some(choice) => format!("goes on by policy `{}`", choice.policy.name),
        None => "nobody can be paged".to_owned(),
    };
    let mut found: Vec<Box<str>> = Vec::new();
    if !plan.catalogue.response_plans.contains_key(response_plan) {
        found.push(format!("{id}: response plan `{response_plan}` is gone: {next}").into());
    }
    if let Some(policy) = policy.filter(|policy| !plan.catalogue.policies.contains_key(*policy)) {
        found.push(format!("{id}: escalation policy `{policy}` is gone: {next}").into());
    }
    for to in asked {
        let there = match to {
            DocumentRef::Person(name) => plan.catalogue.people.contains_key(name),
            DocumentRef::Receiver(name) => plan.receivers.contains_key(name),
            DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => true,
        };
        if !there {
            found.push(format!("{id}: {to} was asked and is gone: escalation goes on without").into());
        }
    }
    found
}

fn overriding(plan: &Plan, id: &str, schedule: &str, people: &[Box<str>]) -> Vec<Box<str>> {
    if !plan.catalogue.schedules.contains_key(schedule) {
        return vec![format!("{id}: schedule `{schedule}` is gone: it has no effect any more").into()];
    }
    let gone = people.iter().filter(|person| !plan.catalogue.people.contains_key(person.as_ref()));
    gone.map(|person| format!("{id}: person `{person}` is gone: nobody stands in").into()).collect()
}
