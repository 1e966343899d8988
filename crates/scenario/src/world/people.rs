//! What people do in scripts: `ada ack 12`, `ada escalate 12 to person:bob`.

use std::sync::Arc;

use evenkeel_engine::{Effect, Input};
use evenkeel_ids::{IncidentId, PageId, ProblemId, Seq, UpdateId};
use evenkeel_incident::{By, Command};
use evenkeel_oncall::IncomingOverride;
use evenkeel_record::IncidentRole;

use super::World;
use crate::script::span;

const REASON: &str = "said so";

impl World {
    /// `person ada COMMAND`, or `person - COMMAND` for somebody the plan does not know.
    pub(crate) fn person(&mut self, rest: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [who, what, about, tail @ ..] = words.as_slice() else {
            return Err("`person WHO WHAT ABOUT …`".to_owned());
        };
        let person = (*who != "-").then(|| Arc::from(*who));
        let page = match tail {
            [.., "page", number] => Some(PageId(seq(number)?)),
            _ => None,
        };
        if *what == "override" {
            return self.set_override(about, tail);
        }
        let command = command(what, about, tail)?;
        let may_approve = person.is_none();
        let actor = person.as_ref().map_or_else(|| "owner".to_owned(), |person| format!("person:{person}"));
        self.step_by(&actor, Input::Command { by: By { person, page, may_approve }, command })
    }

    /// `override SCHEDULE PERSON from 1h until 3h`.
    fn set_override(&mut self, schedule: &str, tail: &[&str]) -> Result<(), String> {
        let [person, "from", from, "until", until] = tail else {
            return Err("`override SCHEDULE PERSON from LENGTH until LENGTH`".to_owned());
        };
        let (from, until) = (self.wall(span(from)?), self.wall(span(until)?));
        let (schedule, person, reason) = (schedule.into(), (*person).into(), Box::default());
        self.step(Input::SetOverride(IncomingOverride { schedule, from, until, person, replaces: None, reason }))
    }

    /// `incident 12 open|acknowledged|resolved|closed|merged|paused|unroutable`.
    pub(crate) fn incident_is(&mut self, rest: &str) -> Result<(), String> {
        let (number, wanted) = rest.split_once(' ').ok_or("`incident NUMBER STATE`")?;
        let id = IncidentId(seq(number)?);
        let incident = self.driver()?.engine().state().incident.incident(id).ok_or("no such incident")?;
        let is = match (&incident.paused, &incident.unroutable) {
            (Some(_), _) => "paused",
            (None, Some(_)) => "unroutable",
            (None, None) => incident.phase.as_str(),
        };
        if is == wanted { Ok(()) } else { Err(format!("{id} is {is}")) }
    }
}

fn seq(text: &str) -> Result<Seq, String> {
    text.parse().map(Seq).map_err(|_| format!("`{text}` is no number"))
}

fn command(what: &str, about: &str, tail: &[&str]) -> Result<Command, String> {
    if what == "open" {
        return Ok(Command::Open { response_plan: about.into(), title: tail.join(" ").into() });
    }
    let number = seq(about)?;
    let (incident, update, problem) = (IncidentId(number), UpdateId(number), ProblemId(number));
    let reason: Box<str> = REASON.into();
    Ok(match (what, tail) {
        ("ack", _) => Command::Acknowledge(incident),
        ("escalate", ["to", to, ..]) => {
            let to = to.parse().map_err(|error| format!("{error}"))?;
            Command::Escalate { incident, to: Some(to), reason: None }
        }
        ("escalate", _) => Command::Escalate { incident, to: None, reason: Some(reason) },
        ("resolve", tail) => {
            Command::Resolve { incident, reason: None, workaround: tail.first() == Some(&"workaround") }
        }
        ("reopen", _) => Command::Reopen { incident, reason },
        ("close", _) => Command::Close { incident, reason },
        ("note", text) => Command::Note { incident, text: text.join(" ").into(), for_updates: true },
        ("assign", [person]) => {
            Command::Assign { incident, role: IncidentRole::Responder, person: (*person).into(), reason: None }
        }
        ("merge", ["into", into]) => Command::Merge { incident, into: IncidentId(seq(into)?), reason },
        ("severity", [severity]) => {
            let severity = severity.parse().map_err(|error| format!("{error}"))?;
            Command::SetSeverity { incident, severity, reason }
        }
        ("visible", [yes]) => Command::SetVisibility { incident, customer_visible: *yes == "yes", reason },
        ("approve", _) => Command::ApproveUpdate { update, text: None },
        ("withdraw", _) => Command::WithdrawUpdate { update, reason },
        ("solve", _) => Command::ResolveProblem { problem, reason },
        _ => return Err(format!("people do not `{what}`")),
    })
}

/// How a page or an update reads in a script: `page person:ada/phone acknowledge: the disk is full`.
pub(crate) fn shown(effect: &Effect) -> Option<String> {
    match effect {
        Effect::Notify { .. } => None,
        Effect::Page { message, .. } => {
            let ask = format!("{:?}", message.ask).to_lowercase();
            let ask = ask.split('(').next().unwrap_or_default();
            Some(format!("page {}/{} {ask}: {}", message.to, message.contact, message.title))
        }
        Effect::Update { message, .. } => {
            let kind = format!("{:?}", message.kind).to_lowercase();
            Some(format!("update {} {kind} {}: {}", message.audience, message.address, message.text))
        }
    }
}
