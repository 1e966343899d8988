//! `/api/v1/improvements`: practices that somebody set out to have practised.
//!
//! They close and open themselves by what a review finds; people take them up and drop them.

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::Identity;
use evenkeel_ids::{DocumentRef, ImprovementId};
use evenkeel_ledger::{Improvement, IncomingImprovement};
use http::{Request, StatusCode, Uri};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::attestations::{PRACTICE, SUBJECT, subject};
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::reply::Nothing;
use crate::{Desk, commanding, path, posted, reply, telling};

/// `GET /improvements`
pub(crate) const LIST: Operation = Operation::get("/api/v1/improvements", "listImprovements", Tag::Practices)
    .says("Lists practices that somebody set out to have practised", "Open ones first, the oldest before newer ones.")
    .params(&[PRACTICE, SUBJECT, LIMIT, CURSOR])
    .answers(&[Given::json::<ImprovementList>("improvements")])
    .refuses(&[BAD_CURSOR]);

/// `POST /improvements`
pub(crate) const TAKE_UP: Operation = Operation::post("/api/v1/improvements", "takeUpImprovement", Tag::Practices)
    .says(
        "Takes an improvement up",
        "It closes itself when a review finds the practice practised, and opens itself again. `lens` is the lens's content hash.",
    )
    .takes::<PostedImprovement>(
        r#"{"practice":"oe.operate.escalation-paths","subject":"shop","owner":"team:shop","title":"page a second person","lens":"a1b2"}"#,
    )
    .answers(&[Given::json::<ShownImprovement>("the improvement")])
    .refuses(&[&[
        Code::new(400, "invalid-practice"),
        Code::new(400, "unknown-subject"),
        Code::new(400, "invalid-owner"),
        Code::new(400, "unknown-owner"),
        Code::new(400, "invalid-title"),
        Code::new(400, "invalid-lens"),
        Code::new(409, "improvement-there"),
        Code::new(409, "too-many-improvements"),
    ]]);

/// `POST /improvements/{id}/drop`
pub(crate) const GIVE_UP: Operation =
    Operation::post("/api/v1/improvements/{id}/drop", "dropImprovement", Tag::Practices)
        .says("Gives an improvement up", "")
        .params(&[Param::path(
            "id",
            Sort::Pattern("^(improvement:)?[0-9]{1,19}$"),
            "an improvement, as `improvement:9` or `9`",
        )])
        .may_take::<Drop>(r#"{"reason":"the workload is switched off"}"#)
        .answers(&[Given::json::<Nothing>("nobody pursues it any more")])
        .refuses(&[&[Code::new(400, "too-long"), Code::new(404, "unknown-improvement")]]);

/// Improvements.
#[derive(Serialize, JsonSchema)]
struct ImprovementList {
    improvements: Vec<ShownImprovement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Improvement")]
struct ShownImprovement {
    id: String,
    practice: Box<str>,
    subject: Box<str>,
    #[schemars(with = "Ref")]
    owner: DocumentRef,
    title: Box<str>,
    at: Instant,
    closed_at: Option<Instant>,
    reopened: u32,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ImprovementTaking")]
#[serde(deny_unknown_fields)]
struct PostedImprovement {
    practice: Box<str>,
    subject: String,
    owner: String,
    title: Box<str>,
    lens: Box<str>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ImprovementDropping")]
#[serde(deny_unknown_fields)]
struct Drop {
    #[serde(default)]
    reason: Box<str>,
}

/// Lists those that are not dropped: open ones first, the oldest before newer ones.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let wanted = |name: &str, value: &str| query.last(name).is_none_or(|wanted| wanted == value);
    let paging = Paging::read(&query, "improvements")?;
    let Cut { things: improvements, next } = app.desk.look(|engine, _| {
        let all = engine.state().ledger.improvements();
        let those = all.filter(|one| wanted("practice", &one.practice) && wanted("subject", &one.subject));
        let key = |one: &Improvement| (one.closed_at.is_some(), one.id.seq().0);
        paging.pick(those.map(|one| (key(one), one))).map(ShownImprovement::of)
    });
    let answer = reply::json(StatusCode::OK, &ImprovementList { improvements, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Takes one up.
pub(crate) async fn take_up<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let PostedImprovement { practice, subject: of, owner, title, lens } = posted::read(app, request).await?;
    let owner = owner.parse::<DocumentRef>().map_err(|error| {
        let message = format!("`{owner}` is {error}");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write the owner as `team:shop`")
    })?;
    let incoming = IncomingImprovement { practice, subject: subject(&of), owner, title, lens };
    let id = submit(app, caller, Input::OpenImprovement(incoming)).await?;
    let shown = app.desk.look(|engine, _| engine.state().ledger.improvement(id).map(ShownImprovement::of));
    shown.map(|one| reply::json(StatusCode::OK, &one)).ok_or_else(commanding::not_shown)
}

/// Nobody pursues it any more.
pub(crate) async fn give_up<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let improvement = path::id(request.uri(), ImprovementId, "improvement:9")?;
    let Drop { reason } = posted::read(app, request).await?;
    submit(app, caller, Input::DropImprovement { improvement, reason }).await?;
    Ok(reply::json(StatusCode::OK, &Nothing {}))
}

async fn submit<D: Desk>(app: &App<D>, caller: &Identity, input: Input) -> Result<ImprovementId, Refused> {
    match app.submit(caller, input).await? {
        Ok(Answer::Improvement(id)) => Ok(id),
        Ok(_) => Err(commanding::not_shown()),
        Err(Refusal::Ledger(refusal)) => Err(telling::ledger(&refusal)),
        Err(other) => Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
}

impl ShownImprovement {
    fn of(one: &Improvement) -> Self {
        Self {
            id: one.id.to_string(),
            practice: one.practice.clone(),
            subject: one.subject.clone(),
            owner: one.owner.clone(),
            title: one.title.clone(),
            at: Instant(one.at),
            closed_at: one.closed_at.map(Instant),
            reopened: one.reopened,
        }
    }
}
