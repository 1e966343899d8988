//! What a new plan leaves behind of open incidents.

use evenkeel_ids::DocumentRef;
use evenkeel_oncall::policy_for;

use crate::Incident;
use crate::decision::Context;

/// Active incidents whose response plan, policy or asked people the plan does not have, each with what becomes of it.
#[must_use]
pub fn orphans(cx: &Context<'_>) -> Vec<Box<str>> {
    cx.state.incidents().filter(|incident| incident.active()).flat_map(|incident| of(cx, incident)).collect()
}

fn of(cx: &Context<'_>, incident: &Incident) -> Vec<Box<str>> {
    let mut found = Vec::new();
    let id = incident.id;
    let owner = cx.owner(incident);
    let next = match policy_for(cx.plan, &incident.response_plan, owner.as_ref()) {
        Some(choice) if choice.last_resort => format!("goes on by policy `{}`, the last resort", choice.policy.name),
        Some(choice) => format!("goes on by policy `{}`", choice.policy.name),
        None => "nobody can be paged".to_owned(),
    };
    if cx.response_plan(incident).is_none() {
        found.push(format!("{id}: response plan `{}` is gone: {next}", incident.response_plan).into());
    }
    let policy = incident.escalation.as_ref().map(|escalation| &escalation.policy);
    if let Some(policy) =
        policy.filter(|policy| !policy.is_empty() && !cx.plan.catalogue.policies.contains_key(*policy))
    {
        found.push(format!("{id}: escalation policy `{policy}` is gone: {next}").into());
    }
    for page in incident
        .pages
        .iter()
        .filter_map(|page| cx.state.page(*page))
        .filter(|page| page.contacts.iter().any(crate::Address::open))
    {
        let there = match &page.to {
            DocumentRef::Person(name) => cx.plan.catalogue.people.contains_key(name),
            DocumentRef::Receiver(name) => cx.plan.receivers.contains_key(name),
            DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => true,
        };
        if !there {
            found.push(format!("{}: {} is gone: escalation goes on without", page.id, page.to).into());
        }
    }
    found
}
