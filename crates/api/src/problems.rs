//! `/api/v1/problems`: causes of incidents that are not removed.

mod shown;

use std::cmp::Reverse;

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_ids::{IncidentId, ProblemId};
use evenkeel_incident::{Command, Problem, Subject};
use http::{Request, StatusCode, Uri};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::openapi::problems::{CURSOR as BAD_CURSOR, PROBLEM};
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply};
use shown::ShownProblem;

/// `GET /problems`
pub(crate) const LIST: Operation = Operation::get("/api/v1/problems", "listProblems", Tag::Problems)
    .says("Lists problems", "Those whose cause is still there first, the newest before older ones.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<ProblemList>("problems")])
    .refuses(&[BAD_CURSOR]);

/// `POST /problems`
pub(crate) const OPEN: Operation = Operation::post("/api/v1/problems", "openProblem", Tag::Problems)
    .says("Says that incidents have one cause", "")
    .takes::<Opening>(r#"{"title":"the queue fills up","incidents":["incident:4"]}"#)
    .answers(SHOWN)
    .refuses(&[PROBLEM]);

/// `POST /problems/{id}/link`
pub(crate) const LINK: Operation = Operation::post("/api/v1/problems/{id}/link", "linkProblem", Tag::Problems)
    .says("Says that an incident has that cause too", "")
    .params(PATH)
    .takes::<Linking>(r#"{"incident":"incident:4"}"#)
    .answers(SHOWN)
    .refuses(&[PROBLEM]);

/// `POST /problems/{id}/resolve`
pub(crate) const RESOLVE: Operation = Operation::post("/api/v1/problems/{id}/resolve", "resolveProblem", Tag::Problems)
    .says("Says that the cause is removed", "")
    .params(PATH)
    .takes::<Resolution>(r#"{"reason":"the queue has a bound"}"#)
    .answers(SHOWN)
    .refuses(&[PROBLEM]);

const PATH: &[Param] =
    &[Param::path("id", Sort::Pattern("^(problem:)?[0-9]{1,19}$"), "a problem, as `problem:9` or `9`")];
const SHOWN: &[Given] = &[Given::json::<ShownProblem>("the problem as it stands now")];

/// Problems.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProblemList")]
struct ProblemList {
    problems: Vec<ShownProblem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ProblemOpening")]
struct Opening {
    title: Box<str>,
    #[serde(default)]
    incidents: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ProblemLinking")]
struct Linking {
    incident: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ProblemResolution")]
struct Resolution {
    reason: Box<str>,
}

/// Lists problems.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging = Paging::read(&Query::read(uri)?, "problems")?;
    let Cut { things: problems, next } = app.desk.look(|engine, _| {
        let known = engine.state().incident.problems();
        let key = |problem: &Problem| (problem.resolved.is_some(), Reverse(problem.id.seq().0));
        paging.pick(known.map(|problem| (key(problem), problem))).map(ShownProblem::of)
    });
    let answer = reply::json(StatusCode::OK, &ProblemList { problems, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Opens a problem.
pub(crate) async fn open<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let Opening { title, incidents } = posted::read(app, request).await?;
    let incidents = incidents.iter().map(|id| path::read_id(id, IncidentId, "incident:4")).collect::<Result<_, _>>()?;
    done(app, caller, Command::OpenProblem { title, incidents }).await
}

/// Says that an incident has that cause too.
pub(crate) async fn link<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let problem = path::id(request.uri(), ProblemId, "problem:9")?;
    let Linking { incident } = posted::read(app, request).await?;
    let incident = path::read_id(&incident, IncidentId, "incident:4")?;
    done(app, caller, Command::LinkProblem { problem, incident }).await
}

/// Says that the cause is removed.
pub(crate) async fn resolve<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let problem = path::id(request.uri(), ProblemId, "problem:9")?;
    let Resolution { reason } = posted::read(app, request).await?;
    done(app, caller, Command::ResolveProblem { problem, reason }).await
}

async fn done<D: Desk>(app: &App<D>, caller: &Identity, command: Command) -> Result<Response, Refused> {
    let subject = commanding::command(app, caller, commanding::by(caller), command).await?;
    let shown = app.desk.look(|engine, _| match subject {
        Subject::Problem(id) => engine.state().incident.problem(id).map(ShownProblem::of),
        Subject::Incident(_) | Subject::Update(_) => None,
    });
    shown.map(|problem| reply::json(StatusCode::OK, &problem)).ok_or_else(commanding::not_shown)
}
