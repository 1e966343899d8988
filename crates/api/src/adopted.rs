//! `/api/v1/plan`, `/plans` and `/findings`: what the ops repo says that is lived by, and what is wrong in it.

use axum::response::Response;
use evenkeel_ids::Seq;
use evenkeel_pages::{RecordFound, RecordsAsked};
use evenkeel_record::{FindingsFound, PlanAdopted};
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::{CURSOR as BAD_CURSOR, EVIDENCE};
use crate::openapi::{Given, Operation, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::records::consulted;
use crate::refused::Refused;
use crate::{Desk, reply};

/// `GET /plan`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/plan", "getPlan", Tag::Plan)
    .says("Shows the adopted plan", "Its hash is over the text without secrets.")
    .answers(&[Given::json::<ShownPlan>("the plan")]);

/// `GET /plans`
pub(crate) const LIST: Operation = Operation::get("/api/v1/plans", "listPlans", Tag::Plan)
    .says("Lists adopted plans", "The newest first.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<PlanList>("plans")])
    .refuses(&[BAD_CURSOR, EVIDENCE]);

/// `GET /findings`
pub(crate) const FINDINGS: Operation = Operation::get("/api/v1/findings", "listFindings", Tag::Plan)
    .says(
        "Lists what the check finds in the ops repo that is served",
        "By code and file, with how many there are. `evenkeel check` shows each with its place.",
    )
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<FindingList>("findings")])
    .refuses(&[BAD_CURSOR, EVIDENCE]);

/// The adopted plan.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plan")]
struct ShownPlan {
    hash: String,
    commit: Option<ShownCommit>,
    adopted_at: Instant,
    workload_count: usize,
    team_count: usize,
    person_count: usize,
    schedule_count: usize,
    receiver_count: usize,
    route_count: usize,
    procedure_count: usize,
}

/// Where a plan's text was committed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Commit")]
struct ShownCommit {
    id: Box<str>,
    author: Box<str>,
    summary: Box<str>,
}

/// Plans that were adopted.
#[derive(Debug, Serialize, JsonSchema)]
struct PlanList {
    plans: Vec<ShownAdoption>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A plan was adopted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Adoption")]
struct ShownAdoption {
    /// Nothing when who wrote it asked to be forgotten.
    hash: Option<String>,
    before: Option<String>,
    commit: Option<ShownCommit>,
    adopted_at: Instant,
    /// The number of the record that says so.
    record: u64,
    finding_count: Option<u32>,
    /// What it left behind.
    orphans: Vec<Box<str>>,
}

/// What the check finds.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingList {
    findings: Vec<ShownFinding>,
    /// The number of the record that says so; nothing when nothing was ever found.
    record: Option<u64>,
    at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What the check finds of one code in one file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct ShownFinding {
    code: Box<str>,
    /// The file; nothing: the repo as a whole.
    document: Option<Box<str>>,
    count: u32,
    /// How many more are accepted.
    allowed: u32,
}

/// Shows the adopted plan.
pub(crate) fn show<D: Desk>(app: &App<D>) -> Response {
    let shown = app.desk.look(|engine, _| {
        let (plan, catalogue) = (engine.plan(), &engine.plan().catalogue);
        let commit = plan.commit.as_ref();
        ShownPlan {
            hash: plan.hash.to_string(),
            commit: commit.map(|known| ShownCommit {
                id: known.id.clone(),
                author: known.author.clone(),
                summary: known.summary.clone(),
            }),
            adopted_at: Instant(engine.state().plan_at),
            workload_count: catalogue.workloads.len(),
            team_count: catalogue.teams.len(),
            person_count: catalogue.people.len(),
            schedule_count: catalogue.schedules.len(),
            receiver_count: plan.receivers.len(),
            route_count: plan.routes.routes.len(),
            procedure_count: catalogue.procedures.len(),
        }
    });
    reply::json(StatusCode::OK, &shown)
}

/// Lists plans that were adopted.
pub(crate) async fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging: Paging<u64> = Paging::read(&Query::read(uri)?, "plans")?;
    let asked = RecordsAsked {
        from: paging.after().map(|seq| Seq(*seq)),
        backwards: true,
        kinds: vec!["plan-adopted".to_owned()],
        limit: paging.limit(),
        ..RecordsAsked::default()
    };
    let found = consulted(app, asked).await?;
    let next = found.next.map(|seq| paging.cursor(&seq.0));
    let plans = found.records.iter().map(ShownAdoption::of).collect();
    let answer = reply::json(StatusCode::OK, &PlanList { plans, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Lists findings.
pub(crate) async fn findings<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging: Paging<(String, String)> = Paging::read(&Query::read(uri)?, "findings")?;
    let kinds = vec!["findings-found".to_owned()];
    let asked = RecordsAsked { backwards: true, kinds, limit: 1, ..RecordsAsked::default() };
    let found = consulted(app, asked).await?.records.into_iter().next();
    let listed = found.as_ref().and_then(body::<FindingsFound>).map(|body| body.findings).unwrap_or_default();
    let keyed = listed.into_iter().map(|one| {
        let key = (one.document.as_deref().unwrap_or_default().to_owned(), one.code.to_string());
        (key, ShownFinding { code: one.code, document: one.document, count: one.count, allowed: one.allowed })
    });
    let Cut { things: findings, next } = paging.pick(keyed);
    let record = found.as_ref().map(|record| record.seq.0);
    let at = found.as_ref().map(|record| Instant(record.at));
    let answer = reply::json(StatusCode::OK, &FindingList { findings, record, at, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

impl ShownAdoption {
    fn of(record: &RecordFound) -> Self {
        let said = body::<PlanAdopted>(record);
        let commit = said.as_ref().and_then(|said| said.commit.as_ref()).map(|known| ShownCommit {
            id: known.id.clone(),
            author: known.author.clone(),
            summary: known.summary.clone(),
        });
        Self {
            hash: said.as_ref().map(|said| said.plan.to_string()),
            before: said.as_ref().and_then(|said| said.before).map(|hash| hash.to_string()),
            commit,
            adopted_at: Instant(record.at),
            record: record.seq.0,
            finding_count: said.as_ref().map(|said| said.findings),
            orphans: said.map(|said| said.orphans).unwrap_or_default(),
        }
    }
}

/// The body of a record, as far as it is there and of today's version.
fn body<T: serde::de::DeserializeOwned>(record: &RecordFound) -> Option<T> {
    let value: Value = serde_json::from_str(record.body.as_deref()?).ok()?;
    serde_json::from_value(value).ok()
}
