//! Who stands in: overrides are listed, set and removed.
//!
//! Whoever operates sets them for anybody. Whoever responds does so for themselves: they take a turn over, and give it
//! back, and nobody is put on call by a colleague without being asked.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::{Action, Identity};
use evenkeel_ids::{DocumentRef, OverrideId};
use evenkeel_oncall::{Override, OverrideRefusal};
use http::{Request, StatusCode, Uri};
use serde::Serialize;

use super::posted::PostedOverride;
use crate::app::App;
use crate::instant::Instant;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply};

#[derive(Serialize)]
struct Listed {
    overrides: Vec<ShownOverride>,
}

#[derive(Serialize)]
struct ShownOverride {
    id: String,
    schedule: Arc<str>,
    from: Instant,
    until: Instant,
    person: DocumentRef,
    replaces: Option<DocumentRef>,
    reason: Box<str>,
}

#[derive(Serialize)]
struct Nothing {}

/// Lists those that hold or will hold; with `all`, those that were over lately too.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let all = query.last("all").is_some() && query.flag("all");
    let overrides = app.desk.look(|engine, now| {
        let known = engine.state().oncall.overrides().filter(|one| all || now < one.until);
        known.map(ShownOverride::of).collect()
    });
    Ok(reply::json(StatusCode::OK, &Listed { overrides }))
}

/// Sets one.
pub(crate) async fn set<D: Desk>(app: &App<D>, caller: &Identity, request: Request<Body>) -> Result<Response, Refused> {
    let schedule = path::name(request.uri())?;
    let example = r#"{"person":"bob","from":"2026-01-02T09:00:00Z","until":"2026-01-03T09:00:00Z"}"#;
    let posted: PostedOverride = posted::read(app, request, example).await?;
    let incoming = posted.of(&schedule)?;
    own(caller, &incoming.person)?;
    let id = submit(app, caller, Input::SetOverride(incoming)).await?;
    let shown = app.desk.look(|engine, _| engine.state().oncall.get(id).map(ShownOverride::of));
    shown.map(|one| reply::json(StatusCode::OK, &one)).ok_or_else(commanding::not_shown)
}

/// Removes one.
pub(crate) async fn remove<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Refused> {
    let id = path::id(uri, OverrideId, "override:9")?;
    let person = app.desk.look(|engine, _| engine.state().oncall.get(id).map(|one| one.person.clone()));
    own(caller, &person.ok_or_else(|| refused(&OverrideRefusal::NotFound(id)))?)?;
    submit(app, caller, Input::RemoveOverride(id)).await?;
    Ok(reply::json(StatusCode::OK, &Nothing {}))
}

/// Whether the caller may decide on the turn that this person takes.
fn own(caller: &Identity, person: &str) -> Result<(), Refused> {
    if caller.allows(Action::Operate) || caller.person.as_deref() == Some(person) {
        return Ok(());
    }
    let message = format!("the turn is for person:{person}, and this token is not theirs");
    let help = format!("person:{person} can do this with a token of their own, and so can the role operator");
    Err(Refused::new(StatusCode::FORBIDDEN, "not-your-turn", message).help(help))
}

async fn submit<D: Desk>(app: &App<D>, caller: &Identity, input: Input) -> Result<OverrideId, Refused> {
    match app.submit(caller, input).await? {
        Ok(Answer::Override(id)) => Ok(id),
        Ok(_) => Err(commanding::not_shown()),
        Err(Refusal::Override(refusal)) => Err(refused(&refusal)),
        Err(
            other @ (Refusal::Silence(_)
            | Refusal::Command(_)
            | Refusal::Token(_)
            | Refusal::Ledger(_)
            | Refusal::TooManyAlerts { .. }),
        ) => Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
}

fn refused(refusal: &OverrideRefusal) -> Refused {
    let status = match refusal {
        OverrideRefusal::UnknownSchedule { .. } | OverrideRefusal::NotFound(_) => StatusCode::NOT_FOUND,
        OverrideRefusal::TooMany | OverrideRefusal::Over(_) => StatusCode::CONFLICT,
        OverrideRefusal::UnknownPerson { .. }
        | OverrideRefusal::SamePerson(_)
        | OverrideRefusal::EndsBeforeStart
        | OverrideRefusal::Past
        | OverrideRefusal::TooLong
        | OverrideRefusal::ReasonTooLong => StatusCode::BAD_REQUEST,
    };
    Refused::new(status, refusal.code(), refusal.to_string()).help(refusal.help())
}

impl ShownOverride {
    fn of(one: &Override) -> Self {
        Self {
            id: one.id.to_string(),
            schedule: one.schedule.clone(),
            from: Instant(one.from),
            until: Instant(one.until),
            person: DocumentRef::Person(one.person.clone()),
            replaces: one.replaces.clone().map(DocumentRef::Person),
            reason: one.reason.clone(),
        }
    }
}
