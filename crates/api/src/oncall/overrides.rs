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
use schemars::JsonSchema;
use serde::Serialize;

use super::posted::PostedOverride;
use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::{CURSOR as BAD_CURSOR, OVERRIDE};
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::reply::Nothing;
use crate::{Desk, commanding, path, posted, reply};

/// `GET /overrides`
pub(crate) const LIST: Operation = Operation::get("/api/v1/overrides", "listOverrides", Tag::OnCall)
    .says("Lists who stands in, now or later", "")
    .params(&[Param::query("all", Sort::Flag, "also those that were over lately"), LIMIT, CURSOR])
    .answers(&[Given::json::<Listed>("overrides")])
    .refuses(&[BAD_CURSOR]);

/// `POST /oncall/{schedule}/overrides`
pub(crate) const SET: Operation =
    Operation::post("/api/v1/oncall/{schedule}/overrides", "setOverride", Tag::OnCall)
        .says(
            "Somebody stands in",
            "The role operator sets it for anybody. A responder does where the person who takes the turn is the token's own: \
             turns are taken over, not given away.",
        )
        .params(&[PATH])
        .takes::<PostedOverride>(
            r#"{"person":"bob","from":"2026-01-02T09:00:00Z","until":"2026-01-03T09:00:00Z"}"#,
        )
        .answers(&[Given::json::<ShownOverride>("the override")])
        .refuses(&[OVERRIDE]);

/// `DELETE /overrides/{id}`
pub(crate) const REMOVE: Operation = Operation::delete("/api/v1/overrides/{id}", "removeOverride", Tag::OnCall)
    .says("Takes an override back", "One's own, or with the role operator any.")
    .params(&[Param::path("id", Sort::Pattern("^(override:)?[0-9]{1,19}$"), "an override, as `override:9` or `9`")])
    .answers(&[Given::json::<Nothing>("it holds no more")])
    .refuses(&[OVERRIDE]);

/// Which schedule.
pub(super) const PATH: Param =
    Param::path("schedule", Sort::Text(300), "a schedule's name; `schedule:primary` is taken too");

/// Who stands in.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OverrideList")]
struct Listed {
    overrides: Vec<ShownOverride>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Somebody stands in.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Override")]
struct ShownOverride {
    id: String,
    schedule: Arc<str>,
    from: Instant,
    until: Instant,
    #[schemars(with = "Ref")]
    person: DocumentRef,
    #[schemars(with = "Option<Ref>")]
    replaces: Option<DocumentRef>,
    reason: Box<str>,
}

/// Lists those that hold or will hold; with `all`, those that were over lately too.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let all = query.last("all").is_some() && query.flag("all");
    let paging = Paging::read(&query, "overrides")?;
    let Cut { things: overrides, next } = app.desk.look(|engine, now| {
        let known = engine.state().oncall.overrides().filter(|one| all || now < one.until);
        paging.pick(known.map(|one| (one.id.seq().0, one))).map(ShownOverride::of)
    });
    let answer = reply::json(StatusCode::OK, &Listed { overrides, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Sets one.
pub(crate) async fn set<D: Desk>(app: &App<D>, caller: &Identity, request: Request<Body>) -> Result<Response, Refused> {
    let schedule = path::name(request.uri())?;
    let posted: PostedOverride = posted::read(app, request).await?;
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
