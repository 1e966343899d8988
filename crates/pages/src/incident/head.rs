//! The head of an incident's page: how bad and why, who suffers, who has it, since when, what comes next.

use evenkeel_incident::{Incident, Phase};
use evenkeel_record::{IncidentRole, ResolvedBy};

use crate::incident_named::{Named, cut};
use crate::incident_standing::{Has, Next, has, next, suffers, workload};
use crate::mark::Mark;
use crate::{Asked, Moment, Section};

/// A title stands so far in the head, and so far behind "all of it". Units: characters.
const TITLE_MAX: usize = 160;
const WHOLE_MAX: usize = 1_500;
const REASON_MAX: usize = 200;

/// A text, cut, with more of it where there is more.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) shown: String,
    pub(super) whole: Option<String>,
}

#[derive(Debug)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) mark: Mark,
    pub(super) title: Text,
    pub(super) status: &'static str,
    pub(super) has: Has,
    pub(super) until: Option<Moment>,
    pub(super) next: Option<Next>,
    pub(super) opened: Moment,
    pub(super) suffers: String,
    pub(super) customers: bool,
    pub(super) workload: Option<Named>,
    pub(super) tier: Option<u8>,
    pub(super) priority: Option<String>,
    pub(super) owner: Option<Named>,
    pub(super) severity_reason: String,
    pub(super) by_hand: bool,
    pub(super) plan: String,
    pub(super) step: Option<String>,
    pub(super) roles: Vec<(&'static str, Named)>,
    pub(super) problem: Option<Named>,
    pub(super) merged_into: Option<Named>,
    pub(super) ended: Option<String>,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let whole = text.chars().nth(TITLE_MAX).is_some().then(|| cut(text, WHOLE_MAX));
        Self { shown: cut(text, TITLE_MAX), whole }
    }
}

impl Head {
    pub(super) fn of(asked: &Asked<'_>, incident: &Incident) -> Self {
        let frame = asked.frame(Section::Incidents, "");
        let root = &frame.root;
        let hit = workload(asked.engine, incident);
        let owner = asked.engine.with_incidents(asked.now, |cx| cx.owner(incident));
        let title = if incident.title.trim().is_empty() { incident.id.to_string() } else { incident.title.to_string() };
        let held = incident.acknowledged.as_ref().filter(|_| incident.phase == Phase::Acknowledged);
        Self {
            id: incident.id.to_string(),
            mark: Mark::of(incident.severity),
            title: Text::of(&title),
            status: if incident.active() && incident.paused.is_some() { "paused" } else { incident.phase.as_str() },
            has: has(&frame, incident),
            until: held.map(|held| frame.moment(held.until)),
            next: next(asked, &frame, incident),
            opened: frame.moment(incident.opened_at),
            suffers: suffers(asked.engine, incident),
            customers: incident.customer_visible,
            workload: incident.workload.as_ref().map(|name| Named::workload(root, name)),
            tier: hit.map(|workload| workload.tier),
            priority: hit.and_then(|workload| workload.priority.as_ref()).map(|name| cut(name, 80)),
            owner: owner.map(|owner| Named::document(root, &owner)),
            severity_reason: cut(&incident.severity_reason, REASON_MAX),
            by_hand: incident.severity_by_hand,
            plan: cut(&incident.response_plan, 80),
            step: step(asked, incident),
            roles: incident.roles.iter().map(|(role, who)| (role_word(*role), Named::person(root, who))).collect(),
            problem: incident.problem.map(|id| Named::entity(root, "/problems/{id}", &id.to_string())),
            merged_into: incident.merged_into.map(|id| Named::entity(root, "/incidents/{id}", &id.to_string())),
            ended: ended(incident),
        }
    }
}

/// `step 2 of 3 of policy orders, second round`
fn step(asked: &Asked<'_>, incident: &Incident) -> Option<String> {
    let stands = incident.escalation.as_ref().filter(|_| incident.active())?;
    let number = stands.step.saturating_add(1);
    let policy = asked.engine.plan().catalogue.policies.get(&stands.policy);
    let steps = policy.map_or_else(String::new, |policy| format!(" of {}", policy.steps.len()));
    let named = if stands.policy.is_empty() { "no policy".to_owned() } else { format!("policy {}", stands.policy) };
    let round = if stands.round > 0 { format!(", round {}", stands.round.saturating_add(1)) } else { String::new() };
    let last = if stands.last_resort { ", the last resort" } else { "" };
    Some(format!("step {number}{steps} of {}{round}{last}", cut(&named, 80)))
}

/// How it ended, in words.
fn ended(incident: &Incident) -> Option<String> {
    let resolved = incident.resolved.as_ref().filter(|_| !incident.active())?;
    let how = match resolved.cause {
        ResolvedBy::Alerts => "None of its alerts fires any more.".to_owned(),
        ResolvedBy::Person => "A person said so.".to_owned(),
    };
    let reason = resolved.reason.as_deref().map_or_else(String::new, |reason| format!(" {}", cut(reason, REASON_MAX)));
    Some(format!("{how}{reason}"))
}

pub(super) const fn role_word(role: IncidentRole) -> &'static str {
    match role {
        IncidentRole::Responder => "responder",
        IncidentRole::Commander => "commander",
        IncidentRole::Communicator => "communicator",
        IncidentRole::Scribe => "scribe",
    }
}
