//! Procedures: runbooks and playbooks, and what they help with.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Procedure;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::{NAME, UNKNOWN, name, unknown};
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// `GET /procedures`
pub(crate) const LIST: Operation = Operation::get("/api/v1/procedures", "listProcedures", Tag::Catalogue)
    .says("Lists runbooks and playbooks", "By name.")
    .params(&[Param::query("workload", Sort::Text(300), "only about this workload"), LIMIT, CURSOR])
    .answers(&[Given::json::<ProcedureList>("procedures")])
    .refuses(&[BAD_CURSOR]);

/// `GET /procedures/{name}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/procedures/{name}", "getProcedure", Tag::Catalogue)
    .says("Shows a procedure", "With the response plans that lead to it.")
    .params(&[NAME])
    .answers(&[Given::json::<ProcedureDetail>("the procedure")])
    .refuses(&[UNKNOWN]);

/// Procedures.
#[derive(Debug, Serialize, JsonSchema)]
struct ProcedureList {
    procedures: Vec<ShownProcedure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A runbook or a playbook.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Procedure")]
pub(super) struct ShownProcedure {
    name: Arc<str>,
    /// `runbook` does something, `playbook` finds out something.
    kind: &'static str,
    title: Box<str>,
    /// In the ops repo.
    path: Arc<str>,
    #[schemars(with = "Option<Ref>")]
    owner: Option<DocumentRef>,
    #[schemars(with = "Option<Ref>")]
    workload: Option<DocumentRef>,
    /// Names of its steps, in order.
    steps: Vec<Arc<str>>,
}

/// All that is known of a procedure.
#[derive(Debug, Serialize, JsonSchema)]
struct ProcedureDetail {
    #[serde(flatten)]
    procedure: ShownProcedure,
    /// The response plans that lead to it.
    response_plans: Vec<Arc<str>>,
}

/// Lists procedures.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging = Paging::read(&query, "procedures")?;
    let workload = query.last("workload").map(|name| name.strip_prefix("workload:").unwrap_or(name).to_owned());
    let Cut { things: procedures, next } = app.desk.look(|engine, _| {
        let known = engine.plan().catalogue.procedures.values();
        let wanted = known.filter(|one| workload.as_deref().is_none_or(|name| one.workload.as_deref() == Some(name)));
        paging.pick(wanted.map(|one| (one.name.to_string(), one))).map(ShownProcedure::of)
    });
    let answer = reply::json(StatusCode::OK, &ProcedureList { procedures, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one procedure.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let name = name(uri, "procedure")?;
    let procedure = app.desk.look(|engine, _| {
        let procedures = &engine.plan().catalogue.procedures;
        let known = procedures.get(name.as_str()).map(|one| ProcedureDetail::of(engine, one));
        known.ok_or_else(|| unknown("procedure", &name, procedures.keys().map(AsRef::as_ref)))
    })?;
    Ok(reply::json(StatusCode::OK, &procedure))
}

impl ShownProcedure {
    pub(super) fn of(one: &Procedure) -> Self {
        Self {
            name: one.name.clone(),
            kind: one.kind.as_str(),
            title: one.title.clone(),
            path: one.path.clone(),
            owner: one.owner.clone(),
            workload: one.workload.clone().map(DocumentRef::Workload),
            steps: one.steps.clone(),
        }
    }
}

impl ProcedureDetail {
    fn of(engine: &Engine, one: &Procedure) -> Self {
        let helped = engine.plan().catalogue.helped_by.iter().filter(|(_, procedure)| **procedure == one.name);
        Self { procedure: ShownProcedure::of(one), response_plans: helped.map(|(plan, _)| plan.clone()).collect() }
    }
}
