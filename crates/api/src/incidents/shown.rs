//! An incident as our own API shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Acknowledged, Escalation, Incident, Phase};
use evenkeel_model::{Plan, Workload};
use evenkeel_record::IncidentRole;
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::{PhaseWord, Ref, Roles, SeverityWord};

/// An incident as our own API shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Incident")]
pub(crate) struct ShownIncident {
    pub(crate) id: String,
    pub(crate) title: Box<str>,
    #[schemars(with = "PhaseWord")]
    pub(crate) status: &'static str,
    pub(crate) paused: Option<ShownPaused>,
    #[schemars(with = "SeverityWord")]
    pub(crate) severity: Severity,
    pub(crate) severity_reason: Box<str>,
    pub(crate) customer_visible: bool,
    #[schemars(with = "Option<Ref>")]
    pub(crate) workload: Option<DocumentRef>,
    #[schemars(with = "Option<Ref>")]
    pub(crate) owner: Option<DocumentRef>,
    pub(crate) response_plan: Arc<str>,
    pub(crate) priority: Option<Arc<str>>,
    pub(crate) opened_at: Instant,
    pub(crate) acknowledged: Option<ShownAcknowledged>,
    pub(crate) resolved_at: Option<Instant>,
    pub(crate) workaround: bool,
    #[schemars(with = "Roles")]
    pub(crate) roles: BTreeMap<IncidentRole, DocumentRef>,
    pub(crate) alert_count: usize,
    pub(crate) firing_count: usize,
    pub(crate) escalation: Option<ShownEscalation>,
    pub(crate) unroutable: Option<Box<str>>,
    pub(crate) problem: Option<String>,
    pub(crate) merged_into: Option<String>,
}

/// Escalation stands still.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Paused")]
pub(crate) struct ShownPaused {
    pub(crate) reason: Box<str>,
    pub(crate) until: Option<Instant>,
}

/// Who has it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Acknowledged")]
pub(crate) struct ShownAcknowledged {
    #[schemars(with = "Option<Ref>")]
    pub(crate) person: Option<DocumentRef>,
    pub(crate) actor: Arc<str>,
    pub(crate) at: Instant,
    pub(crate) until: Instant,
}

/// How far escalation is. Steps count from 1, rounds from 0.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Escalation")]
pub(crate) struct ShownEscalation {
    pub(crate) policy: Arc<str>,
    pub(crate) step: usize,
    pub(crate) steps: usize,
    pub(crate) round: u32,
    pub(crate) last_resort: bool,
    pub(crate) next_at: Option<Instant>,
}

impl ShownIncident {
    /// The incident as it stands under the present plan.
    pub(crate) fn of(engine: &Engine, now: Timestamp, incident: &Incident) -> Self {
        let plan = engine.plan();
        let workload = workload(plan, incident);
        let alerting = &engine.state().alerting;
        let fires = |id: &&evenkeel_ids::AlertId| alerting.alert(**id).is_some_and(evenkeel_engine::Alert::fires);
        let role = |(role, person): &(IncidentRole, Arc<str>)| (*role, DocumentRef::Person(person.clone()));
        let resolved = incident.resolved.as_ref();
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            status: incident.phase.as_str(),
            paused: incident
                .paused
                .as_ref()
                .map(|paused| ShownPaused { reason: paused.reason.clone(), until: paused.until.map(Instant) }),
            severity: incident.severity,
            severity_reason: incident.severity_reason.clone(),
            customer_visible: incident.customer_visible,
            workload: incident.workload.clone().map(DocumentRef::Workload),
            owner: engine.with_incidents(now, |cx| cx.owner(incident)),
            response_plan: incident.response_plan.clone(),
            priority: workload.and_then(|workload| workload.priority.clone()),
            opened_at: Instant(incident.opened_at),
            acknowledged: acknowledged(incident),
            resolved_at: resolved.map(|resolved| Instant(resolved.at)),
            workaround: resolved.is_some_and(|resolved| resolved.workaround),
            roles: incident.roles.iter().map(role).collect(),
            alert_count: incident.alerts.len(),
            firing_count: incident.alerts.iter().filter(fires).count(),
            escalation: incident.escalation.as_ref().map(|now| ShownEscalation::of(plan, now)),
            unroutable: incident.unroutable.as_ref().map(|unroutable| unroutable.reason.clone()),
            problem: incident.problem.map(|id| id.to_string()),
            merged_into: incident.merged_into.map(|id| id.to_string()),
        }
    }
}

impl ShownEscalation {
    /// A policy that the plan does not have any more counts as many steps as were taken.
    fn of(plan: &Plan, escalation: &Escalation) -> Self {
        let step = usize::try_from(escalation.step).unwrap_or(usize::MAX).saturating_add(1);
        let policy = plan.catalogue.policies.get(&escalation.policy);
        Self {
            policy: escalation.policy.clone(),
            step,
            steps: policy.map_or(step, |policy| policy.steps.len()),
            round: escalation.round,
            last_resort: escalation.last_resort,
            next_at: escalation.next_at.map(Instant),
        }
    }
}

/// What is hit, as the present plan has it.
pub(super) fn workload<'a>(plan: &'a Plan, incident: &Incident) -> Option<&'a Workload> {
    incident.workload.as_ref().and_then(|name| plan.catalogue.workloads.get(name))
}

/// One that ran out, or was escalated over, holds nothing.
fn acknowledged(incident: &Incident) -> Option<ShownAcknowledged> {
    let Acknowledged { person, actor, at, until } =
        incident.acknowledged.clone().filter(|_| incident.phase != Phase::Open)?;
    let person = person.map(DocumentRef::Person);
    Some(ShownAcknowledged { person, actor, at: Instant(at), until: Instant(until) })
}
