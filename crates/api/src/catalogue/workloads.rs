//! Workloads: who owns them, who suffers, what stands on what, what is wrong with them.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::Incident;
use evenkeel_model::{Graph, Workload};
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::procedures::ShownProcedure;
use super::{NAME, UNKNOWN, name, unknown};
use crate::app::App;
use crate::incidents::{IncidentAlert, ShownImpact, ShownIncident, firing_alert};
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::{Labels, Ref};
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So many alerts and incidents are shown with a workload; counts say how many there are.
const SHOWN_MAX: usize = 100;

/// `GET /workloads`
pub(crate) const LIST: Operation = Operation::get("/api/v1/workloads", "listWorkloads", Tag::Catalogue)
    .says("Lists workloads", "By name.")
    .params(&[
        Param::query("owner", Sort::Text(300), "only those of this owner, as `team:shop` or `person:ada`"),
        Param::query("tier", Sort::Whole(1, 4), "only of this tier"),
        LIMIT,
        CURSOR,
    ])
    .answers(&[Given::json::<WorkloadList>("workloads")])
    .refuses(&[BAD_CURSOR]);

/// `GET /workloads/{name}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/workloads/{name}", "getWorkload", Tag::Catalogue)
    .says("Shows a workload", "With what stands on what directly, active incidents, their alerts, and procedures.")
    .params(&[NAME])
    .answers(&[Given::json::<WorkloadDetail>("the workload")])
    .refuses(&[UNKNOWN]);

/// Workloads.
#[derive(Debug, Serialize, JsonSchema)]
struct WorkloadList {
    workloads: Vec<ShownWorkload>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What is operated.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Workload")]
struct ShownWorkload {
    #[schemars(with = "Ref")]
    workload: DocumentRef,
    #[schemars(with = "Option<Ref>")]
    owner: Option<DocumentRef>,
    /// The workload that the owner is inherited from.
    #[schemars(with = "Option<Ref>")]
    owner_from: Option<DocumentRef>,
    /// 1 is what the organisation lives from, 4 what it can do without for days.
    tier: u8,
    /// The organisation's priority it serves.
    priority: Option<Arc<str>>,
    impact: ShownImpact,
    #[schemars(with = "Labels")]
    labels: evenkeel_labels::LabelSet,
    environments: Vec<ShownEnvironment>,
    /// Active incidents.
    incident_count: usize,
}

/// Where a workload runs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Environment")]
struct ShownEnvironment {
    name: Arc<str>,
    production: bool,
}

/// One workload stands on another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edge")]
struct ShownEdge {
    #[schemars(with = "Ref")]
    workload: DocumentRef,
    /// Whether it fails with the other.
    hard: bool,
}

/// All that is known of a workload.
#[derive(Debug, Serialize, JsonSchema)]
struct WorkloadDetail {
    #[serde(flatten)]
    workload: ShownWorkload,
    depends_on: Vec<ShownEdge>,
    dependants: Vec<ShownEdge>,
    /// Active ones, the worst first, at most 100.
    incidents: Vec<ShownIncident>,
    /// Those that fire in active incidents, at most 100.
    alerts: Vec<IncidentAlert>,
    procedures: Vec<ShownProcedure>,
}

/// Lists workloads.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging = Paging::read(&query, "workloads")?;
    let (owner, tier) = (query.last("owner").map(str::to_owned), query.last("tier").map(str::to_owned));
    let wanted = |workload: &Workload| {
        let owned =
            owner.as_ref().is_none_or(|owner| workload.owner.as_ref().is_some_and(|known| known.to_string() == *owner));
        owned && tier.as_ref().is_none_or(|tier| workload.tier.to_string() == *tier)
    };
    let Cut { things: workloads, next } = app.desk.look(|engine, _| {
        let graph = Graph::of(&engine.plan().catalogue);
        let known = engine.plan().catalogue.workloads.values().filter(|workload| wanted(workload));
        let cut = paging.pick(known.map(|workload| (workload.name.to_string(), workload)));
        cut.map(|workload| ShownWorkload::of(engine, &graph, workload))
    });
    let answer = reply::json(StatusCode::OK, &WorkloadList { workloads, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one workload.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let name = name(uri, "workload")?;
    let detail = app.desk.look(|engine, now| {
        let workloads = &engine.plan().catalogue.workloads;
        let known = workloads.get(name.as_str());
        known
            .map(|workload| WorkloadDetail::of(engine, now, workload))
            .ok_or_else(|| unknown("workload", &name, workloads.keys().map(AsRef::as_ref)))
    })?;
    Ok(reply::json(StatusCode::OK, &detail))
}

fn active<'a>(engine: &'a Engine, workload: &'a str) -> impl Iterator<Item = &'a Incident> {
    let incidents = engine.state().incident.incidents();
    incidents.filter(move |one| one.active() && one.workload.as_deref() == Some(workload))
}

impl ShownWorkload {
    fn of(engine: &Engine, graph: &Graph<'_>, workload: &Workload) -> Self {
        let from = graph.owner(&workload.name).and_then(|owner| owner.inherited_from);
        let environment = |known: &evenkeel_model::Environment| ShownEnvironment {
            name: known.name.clone(),
            production: known.production,
        };
        Self {
            workload: DocumentRef::Workload(workload.name.clone()),
            owner: workload.owner.clone(),
            owner_from: from.cloned().map(DocumentRef::Workload),
            tier: workload.tier,
            priority: workload.priority.clone(),
            impact: ShownImpact::of(workload),
            labels: workload.labels.clone(),
            environments: workload.environments.iter().map(environment).collect(),
            incident_count: active(engine, &workload.name).count(),
        }
    }
}

impl WorkloadDetail {
    fn of(engine: &Engine, now: Timestamp, workload: &Workload) -> Self {
        let catalogue = &engine.plan().catalogue;
        let graph = Graph::of(catalogue);
        let edge = |(name, hard): (&Arc<str>, bool)| ShownEdge { workload: DocumentRef::Workload(name.clone()), hard };
        let mut incidents: Vec<&Incident> = active(engine, &workload.name).collect();
        incidents.sort_by_key(|one| (one.severity, one.opened_at, one.id));
        let alerting = &engine.state().alerting;
        let alerts = incidents.iter().flat_map(|one| &one.alerts).filter_map(|id| alerting.alert(*id));
        let helps = |name: &Arc<str>| {
            let plans =
                catalogue.response_plans.values().filter(|plan| plan.workload.as_deref() == Some(&*workload.name));
            plans.filter_map(|plan| catalogue.helped_by.get(&plan.name)).any(|known| known == name)
        };
        let about =
            |known: &&evenkeel_model::Procedure| known.workload.as_ref() == Some(&workload.name) || helps(&known.name);
        Self {
            workload: ShownWorkload::of(engine, &graph, workload),
            depends_on: workload.depends_on.iter().map(|known| edge((&known.workload, known.hard))).collect(),
            dependants: graph.above(&workload.name).iter().map(|(name, hard)| edge((name, *hard))).collect(),
            alerts: alerts.filter(|alert| alert.fires()).take(SHOWN_MAX).map(firing_alert).collect(),
            incidents: incidents.into_iter().take(SHOWN_MAX).map(|one| ShownIncident::of(engine, now, one)).collect(),
            procedures: catalogue.procedures.values().filter(about).map(ShownProcedure::of).collect(),
        }
    }
}
