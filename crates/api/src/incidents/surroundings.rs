//! What is round an incident: who suffers, what stands on what, what may be done, and what changed last.

use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_ids::{DocumentRef, PlanHash};
use evenkeel_incident::{Incident, direct_dependants, related};
use evenkeel_model::Workload;
use evenkeel_oncall::policy_for;
use evenkeel_time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::shown::{ShownIncident, workload};
use crate::instant::Instant;
use crate::openapi::shapes::Ref;

/// So much of a hash tells plans apart. Units: hexadecimal digits.
const HASH_SHOWN: usize = 12;

/// Who and what suffers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Impact")]
pub(crate) struct ShownImpact {
    pub(crate) tier: u8,
    pub(crate) who: Box<str>,
    pub(crate) what: Box<str>,
    pub(crate) customers: bool,
    pub(crate) components: Vec<Arc<str>>,
}

/// What stands on what, one step up and down.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "Dependencies")]
pub(crate) struct ShownDependencies {
    pub(crate) depends_on: Vec<ShownDependency>,
    pub(crate) dependants: Vec<ShownDependency>,
}

/// A workload on which this one stands, or that stands on it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Dependency")]
pub(crate) struct ShownDependency {
    #[schemars(with = "Ref")]
    pub(crate) workload: DocumentRef,
    pub(crate) hard: bool,
    pub(crate) open_incidents: Vec<String>,
}

/// Another incident that may have to do with it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RelatedIncident")]
pub(crate) struct ShownRelated {
    pub(crate) incident: ShownIncident,
    pub(crate) relation: &'static str,
}

/// What changed last that Evenkeel knows of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LastChange")]
pub(crate) struct ShownChange {
    pub(crate) what: String,
    pub(crate) at: Instant,
}

pub(super) fn impact(engine: &Engine, incident: &Incident) -> Option<ShownImpact> {
    workload(engine.plan(), incident).map(ShownImpact::of)
}

impl ShownImpact {
    /// Who and what suffers when a workload fails.
    pub(crate) fn of(workload: &Workload) -> Self {
        Self {
            tier: workload.tier,
            who: workload.impact.who.clone(),
            what: workload.impact.what.clone(),
            customers: workload.impact.customers,
            components: workload.components.iter().map(|component| component.name.clone()).collect(),
        }
    }
}

pub(super) fn dependencies(engine: &Engine, incident: &Incident) -> ShownDependencies {
    let plan = engine.plan();
    let Some(workload) = workload(plan, incident) else { return ShownDependencies::default() };
    let shown = |(name, hard): (Arc<str>, bool)| ShownDependency {
        open_incidents: open_incidents(engine, &name),
        workload: DocumentRef::Workload(name),
        hard,
    };
    let below = workload.depends_on.iter().map(|edge| (edge.workload.clone(), edge.hard));
    ShownDependencies {
        depends_on: below.map(shown).collect(),
        dependants: direct_dependants(plan, &workload.name).into_iter().map(shown).collect(),
    }
}

fn open_incidents(engine: &Engine, workload: &str) -> Vec<String> {
    let active = engine.state().incident.incidents().filter(|one| one.active());
    active.filter(|one| one.workload.as_deref() == Some(workload)).map(|one| one.id.to_string()).collect()
}

pub(super) fn related_to(engine: &Engine, now: Timestamp, incident: &Incident) -> Vec<ShownRelated> {
    let state = &engine.state().incident;
    let found = related(state, engine.plan(), incident).into_iter();
    let known = found.filter_map(|(id, relation)| Some((state.incident(id)?, relation)));
    let shown = known.map(|(one, relation)| ShownRelated {
        incident: ShownIncident::of(engine, now, one),
        relation: relation.as_str(),
    });
    shown.collect()
}

/// As the incident's own policy has it; where that says nothing, as the one does that escalation goes by now.
pub(super) fn without_asking(engine: &Engine, now: Timestamp, incident: &Incident) -> Vec<Box<str>> {
    let plan = engine.plan();
    let owner = engine.with_incidents(now, |cx| cx.owner(incident));
    let own = policy_for(plan, &incident.response_plan, owner.as_ref()).map(|choice| choice.policy);
    let goes_by = incident.escalation.as_ref().and_then(|goes_by| plan.catalogue.policies.get(&goes_by.policy));
    let says = own.into_iter().chain(goes_by).find(|policy| !policy.without_asking.is_empty());
    says.map(|policy| policy.without_asking.clone()).unwrap_or_default()
}

pub(super) fn procedure(engine: &Engine, now: Timestamp, incident: &Incident) -> Option<Box<str>> {
    engine.with_incidents(now, |cx| cx.response_plan(incident).and_then(|plan| plan.procedure.clone()))
}

/// The newest plan.
pub(super) fn last_change(engine: &Engine) -> Option<ShownChange> {
    let state = engine.state();
    let adopted = (state.plan != PlanHash::NONE).then(|| state.plan.to_string())?;
    let hash: String = adopted.chars().take(HASH_SHOWN).collect();
    Some(ShownChange { what: format!("plan {hash} adopted"), at: Instant(state.plan_at) })
}
