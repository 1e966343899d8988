//! What the reader can do about an incident, and what their forms offer.

use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Incident, Phase};
use evenkeel_oncall::on_call;
use evenkeel_record::IncidentRole;
use evenkeel_severity::Severity;

use super::head::role_word;
use crate::incident_line::{Urgencies, first};
use crate::incident_named::cut;
use crate::{Asked, Kept};

/// So many names are offered in a form; any other can be typed.
const OFFERED_MAX: usize = 15;
/// So many schedules are looked at for names.
const SCHEDULES_MAX: usize = 20;

pub(super) const ROLES: [IncidentRole; 4] =
    [IncidentRole::Responder, IncidentRole::Commander, IncidentRole::Communicator, IncidentRole::Scribe];

#[derive(Debug)]
pub(super) struct Acts {
    pub(super) id: String,
    pub(super) may: bool,
    /// The words on the button that takes it on; `None` where there is nothing to take on.
    pub(super) take: Option<&'static str>,
    /// What a step further means.
    pub(super) active: bool,
    pub(super) resolved: bool,
    pub(super) severity: &'static str,
    pub(super) customers: bool,
    pub(super) people: Vec<String>,
    pub(super) targets: Vec<String>,
    /// Other open incidents.
    pub(super) others: Vec<(String, String)>,
    pub(super) problems: Vec<(String, String)>,
    pub(super) has_problem: bool,
    pub(super) roles: [&'static str; 4],
    pub(super) severities: [&'static str; 5],
    kept: Kept,
}

impl Acts {
    pub(super) fn of(asked: &Asked<'_>, incident: &Incident) -> Self {
        let (may, active) = (asked.may_respond(), incident.active());
        let offers = may && active;
        Self {
            id: incident.id.to_string(),
            may,
            take: take(asked, incident),
            active,
            resolved: incident.phase == Phase::Resolved,
            severity: incident.severity.as_str(),
            customers: incident.customer_visible,
            people: if offers { people(asked, incident) } else { Vec::new() },
            targets: if offers { targets(asked) } else { Vec::new() },
            others: if offers { others(asked, incident) } else { Vec::new() },
            problems: if may { problems(asked) } else { Vec::new() },
            has_problem: incident.problem.is_some(),
            roles: ROLES.map(role_word),
            severities: Severity::ALL.map(Severity::as_str),
            kept: asked.kept.clone(),
        }
    }

    /// What was typed into a field of a form that was not taken.
    pub(super) fn typed(&self, field: &str) -> &str {
        self.kept.get(field).map_or("", String::as_str)
    }

    /// Whether that form was sent and not taken, so that it stands open.
    pub(super) fn open(&self, form: &str) -> bool {
        self.typed("form") == form
    }

    /// What is chosen: what was, or else how it stands.
    pub(super) fn chosen<'a>(&'a self, field: &str, stands: &'a str) -> &'a str {
        match self.typed(field) {
            "" => stands,
            typed => typed,
        }
    }
}

fn take(asked: &Asked<'_>, incident: &Incident) -> Option<&'static str> {
    let held = incident.acknowledged.as_ref().and_then(|held| held.person.as_ref());
    match incident.phase {
        Phase::Open => Some("Acknowledge: I take it"),
        Phase::Acknowledged if held.is_some() && held == asked.caller.person.as_ref() => Some("Still mine: I go on"),
        Phase::Acknowledged => Some("Take over: it is mine"),
        Phase::Resolved | Phase::Closed | Phase::Merged => None,
    }
}

/// Those who answer for it first, then whoever is on call.
fn people(asked: &Asked<'_>, incident: &Incident) -> Vec<String> {
    let catalogue = &asked.engine.plan().catalogue;
    let mut found = Vec::new();
    let mut add = |name: &str| {
        if found.len() < OFFERED_MAX && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    };
    match asked.engine.with_incidents(asked.now, |cx| cx.owner(incident)) {
        Some(DocumentRef::Team(team)) => {
            let members = catalogue.teams.get(&team).into_iter().flat_map(|team| &team.members);
            members.for_each(|member| add(&member.person));
        }
        Some(DocumentRef::Person(name)) => add(&name),
        Some(
            DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Receiver(_) | DocumentRef::Workload(_),
        )
        | None => {}
    }
    for schedule in catalogue.schedules.values().take(SCHEDULES_MAX) {
        let now = on_call(schedule, &asked.engine.state().oncall, asked.now);
        now.people.iter().for_each(|person| add(person));
    }
    found
}

fn targets(asked: &Asked<'_>) -> Vec<String> {
    let catalogue = &asked.engine.plan().catalogue;
    let schedules = catalogue.schedules.keys().take(OFFERED_MAX).map(|name| format!("schedule:{name}"));
    let teams = catalogue.teams.keys().take(OFFERED_MAX).map(|name| format!("team:{name}"));
    let policies = catalogue.policies.keys().take(OFFERED_MAX).map(|name| format!("policy:{name}"));
    schedules.chain(teams).chain(policies).collect()
}

/// The most urgent of the others.
fn others(asked: &Asked<'_>, incident: &Incident) -> Vec<(String, String)> {
    let state = &asked.engine.state().incident;
    let urgencies = Urgencies::under(asked.engine.plan());
    let active = state.incidents().filter(|other| other.active() && other.id != incident.id);
    let urgent = first(active.map(|other| urgencies.of(other)).collect(), 0, OFFERED_MAX);
    let known = urgent.into_iter().filter_map(|(_, _, _, _, id)| state.incident(id));
    known.map(|other| (other.id.to_string(), cut(&other.title, 60))).collect()
}

/// The newest that are not resolved.
fn problems(asked: &Asked<'_>) -> Vec<(String, String)> {
    let open: Vec<_> = asked.engine.state().incident.problems().filter(|one| one.resolved.is_none()).collect();
    open.iter().rev().take(OFFERED_MAX).map(|one| (one.id.to_string(), cut(&one.title, 60))).collect()
}
