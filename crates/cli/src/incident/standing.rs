//! How an incident stands: who has it, and what happens next by itself.

use std::fmt::Write as _;

use super::answer::{Acknowledged, Escalation, Incident};
use super::list::tone;
use crate::client::{Context, Tone, line};

/// A label and what it says, with how loud.
pub(super) type Fact = (&'static str, String, Option<Tone>);

/// What a command did, and how the incident stands now.
pub(super) fn done(word: &str, incident: &Incident, cx: &Context) -> String {
    let (id, title) = (line(&incident.id), line(&incident.title));
    let severity = cx.paint(tone(incident.severity), incident.severity.as_str());
    format!("{word}: {id} ({severity}) {title}\n{}{}\n", facts(&standing(incident, cx), cx), cx.zone_note())
}

/// Facts below each other.
pub(super) fn facts(facts: &[Fact], cx: &Context) -> String {
    let mut out = String::new();
    for (label, text, tone) in facts {
        let text = tone.map_or_else(|| text.clone(), |tone| cx.paint(tone, text));
        let _ = writeln!(out, "  {}  {text}", cx.paint(Tone::Quiet, &format!("{label:<12}")));
    }
    out
}

/// How it stands.
pub(super) fn standing(incident: &Incident, cx: &Context) -> Vec<Fact> {
    let mut facts = vec![status(incident, cx)];
    if let Some(reason) = &incident.unroutable {
        facts.push(("unroutable", format!("nobody can be paged: {}", line(reason)), Some(Tone::Bad)));
    }
    if let Some(paused) = &incident.paused {
        let until = paused.until.map_or_else(String::new, |until| format!(" until {}", cx.when(until.0)));
        let text = format!("nobody is paged{until}: {}", line(&paused.reason));
        facts.push(("paused", text, Some(Tone::Warning)));
    }
    if let Some(escalation) = &incident.escalation {
        facts.push(("escalation", escalates(escalation, cx), None));
    }
    if !incident.roles.is_empty() {
        let roles: Vec<String> =
            incident.roles.iter().map(|(role, who)| format!("{} {}", line(who), line(role))).collect();
        facts.push(("roles", roles.join(", "), None));
    }
    if let Some(problem) = &incident.problem {
        facts.push(("problem", line(problem), None));
    }
    facts
}

fn status(incident: &Incident, cx: &Context) -> Fact {
    let since = cx.when(incident.opened_at.0);
    match (incident.status.as_str(), &incident.acknowledged) {
        ("open", _) => ("open", format!("since {since}; nobody has it"), Some(Tone::Bad)),
        ("acknowledged", Some(by)) => ("acknowledged", acknowledged(by, cx), Some(Tone::Good)),
        ("resolved", _) => {
            let at = incident.resolved_at.map_or_else(String::new, |at| format!("at {}", cx.when(at.0)));
            let around = if incident.workaround { ", by a way around" } else { "" };
            ("resolved", format!("{at}{around}"), Some(Tone::Good))
        }
        ("merged", _) => {
            let into = incident.merged_into.as_deref().unwrap_or("another incident");
            ("merged", format!("into {}, which goes on", line(into)), None)
        }
        (other, _) => ("status", format!("{}; opened {since}", line(other)), None),
    }
}

fn acknowledged(by: &Acknowledged, cx: &Context) -> String {
    let who = match (&by.person, &by.actor) {
        (Some(person), _) => line(person),
        (None, Some(actor)) => format!("{} (no person)", line(actor)),
        (None, None) => "somebody".to_owned(),
    };
    let until = by.until.map_or_else(String::new, |until| format!(", until {}", cx.when(until.0)));
    format!("by {who} at {}{until}", cx.minute(by.at.0))
}

fn escalates(escalation: &Escalation, cx: &Context) -> String {
    let mut out = if escalation.last_resort { "last resort, ".to_owned() } else { String::new() };
    let _ = write!(out, "policy {}, step {} of {}", line(&escalation.policy), escalation.step, escalation.steps);
    if escalation.round > 0 {
        let _ = write!(out, ", time {} through its steps", escalation.round + 1);
    }
    if let Some(next) = escalation.next_at {
        let _ = write!(out, "; next step at {}", cx.when(next.0));
    }
    out
}
