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
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::attestations::subject;
use crate::instant::Instant;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply, telling};

const EXAMPLE: &str =
    r#"{"practice":"oe.operate.escalation-paths","subject":"shop","owner":"team:shop","title":"…","lens":"…"}"#;

#[derive(Serialize)]
struct Listed {
    improvements: Vec<ShownImprovement>,
}

#[derive(Debug, Serialize)]
struct ShownImprovement {
    id: String,
    practice: Box<str>,
    subject: Box<str>,
    owner: DocumentRef,
    title: Box<str>,
    at: Instant,
    closed_at: Option<Instant>,
    reopened: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PostedImprovement {
    practice: Box<str>,
    subject: String,
    owner: String,
    title: Box<str>,
    lens: Box<str>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drop {
    #[serde(default)]
    reason: Box<str>,
}

/// Lists those that are not dropped: open ones first, the oldest before newer ones.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let wanted = |name: &str, value: &str| query.last(name).is_none_or(|wanted| wanted == value);
    let improvements = app.desk.look(|engine, _| {
        let all = engine.state().ledger.improvements();
        let mut those: Vec<&Improvement> =
            all.filter(|one| wanted("practice", &one.practice) && wanted("subject", &one.subject)).collect();
        those.sort_by_key(|one| (one.closed_at.is_some(), one.id));
        those.into_iter().map(ShownImprovement::of).collect()
    });
    Ok(reply::json(StatusCode::OK, &Listed { improvements }))
}

/// Takes one up.
pub(crate) async fn take_up<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let PostedImprovement { practice, subject: of, owner, title, lens } = posted::read(app, request, EXAMPLE).await?;
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
    let Drop { reason } = posted::read(app, request, r#"{"reason":"the workload is switched off"}"#).await?;
    submit(app, caller, Input::DropImprovement { improvement, reason }).await?;
    Ok(reply::json(StatusCode::OK, &serde_json::json!({})))
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
