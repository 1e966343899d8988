//! How an incident stands, in sentences for the person at the page.

use evenkeel_ids::DocumentRef;

use super::clock::Clock;
use super::facts::Facts;
use crate::incidents::{ShownAcknowledged, ShownIncident};

/// Who has it, what happens next, and how bad it is and why.
pub(super) fn standing(facts: &Facts) -> Vec<String> {
    let incident = &facts.detail.incident;
    let mut lines = vec![who_has_it(facts)];
    if let Some(paused) = &incident.paused {
        let until = paused.until.map_or_else(String::new, |until| format!(", until {}", facts.clock.at(until.0)));
        lines.push(format!("Nobody is paged for now: {}{until}.", paused.reason));
    }
    if let Some(reason) = &incident.unroutable {
        lines.push(format!("Nobody can be paged: {reason}."));
    }
    lines.extend(next_step(incident, &facts.clock));
    lines.push(format!("{} because {}.", incident.severity, incident.severity_reason));
    lines
}

/// Who has it, or how it ended.
pub(super) fn who_has_it(facts: &Facts) -> String {
    let incident = &facts.detail.incident;
    let resolved = || incident.resolved_at.map_or_else(String::new, |at| format!(" since {}", facts.clock.since(at.0)));
    match (incident.status, &incident.acknowledged, &incident.merged_into) {
        ("acknowledged", Some(holder), _) => holds(holder, &facts.page.to, &facts.clock),
        ("merged", _, Some(into)) => format!("It is part of {into} now."),
        ("resolved", _, _) if incident.workaround => format!("It is resolved{}, by a way around.", resolved()),
        ("resolved" | "closed", _, _) => format!("It is {}{}.", incident.status, resolved()),
        _ => "Nobody has it.".to_owned(),
    }
}

fn holds(holder: &ShownAcknowledged, reader: &DocumentRef, clock: &Clock) -> String {
    let (at, until) = (clock.at(holder.at.0), clock.at(holder.until.0));
    match &holder.person {
        Some(person) if person == reader => format!("You have it since {at}, until {until}."),
        Some(person) => format!("{} has it since {at}, until {until}.", person.name()),
        None => format!("It was acknowledged by {} at {at}, until {until}.", holder.actor),
    }
}

fn next_step(incident: &ShownIncident, clock: &Clock) -> Option<String> {
    let escalation = incident.escalation.as_ref()?;
    let next = clock.at(escalation.next_at.filter(|_| incident.status == "open" && incident.paused.is_none())?.0);
    let last_resort = if escalation.last_resort { ", the last resort" } else { "" };
    let (policy, step, steps) = (&escalation.policy, escalation.step, escalation.steps);
    Some(format!("Step {step} of {steps} of policy {policy}{last_resort}; the next ones are paged at {next}."))
}
