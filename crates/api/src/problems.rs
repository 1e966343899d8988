//! `/api/v1/problems`: causes of incidents that are not removed.

mod shown;

use std::cmp::Reverse;

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_identity::Identity;
use evenkeel_ids::{IncidentId, ProblemId};
use evenkeel_incident::{Command, Problem, Subject};
use http::{Request, StatusCode};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply};
use shown::ShownProblem;

#[derive(Serialize)]
struct Listed {
    problems: Vec<ShownProblem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    title: Box<str>,
    #[serde(default)]
    incidents: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Linking {
    incident: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolution {
    reason: Box<str>,
}

/// Lists problems: those whose cause is still there first, the newest before older ones.
pub(crate) fn list<D: Desk>(app: &App<D>) -> Response {
    let problems = app.desk.look(|engine, _| listed(engine));
    reply::json(StatusCode::OK, &Listed { problems })
}

fn listed(engine: &Engine) -> Vec<ShownProblem> {
    let mut problems: Vec<&Problem> = engine.state().incident.problems().collect();
    problems.sort_by_key(|problem| (problem.resolved.is_some(), Reverse(problem.id)));
    problems.into_iter().map(ShownProblem::of).collect()
}

/// Opens a problem.
pub(crate) async fn open<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let example = r#"{"title":"the queue fills up","incidents":["incident:4"]}"#;
    let Opening { title, incidents } = posted::read(app, request, example).await?;
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
    let Linking { incident } = posted::read(app, request, r#"{"incident":"incident:4"}"#).await?;
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
    let Resolution { reason } = posted::read(app, request, r#"{"reason":"the queue has a bound"}"#).await?;
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
