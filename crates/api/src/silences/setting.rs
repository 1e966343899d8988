//! `POST /silences` and `DELETE /silences/{id}`: a silence is set, changed or ended.

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, IncomingSilence, Input, Refusal, SilenceRefusal};
use evenkeel_identity::Identity;
use evenkeel_ids::SilenceId;
use http::{Request, StatusCode, Uri};

use super::list::{ID, UNKNOWN, shown, unknown};
use super::posted::{SilenceSetting, instant, read};
use super::shown::ShownSilence;
use crate::alerts::list::BAD_MATCHER;
use crate::app::App;
use crate::openapi::{Code, Given, Operation, Tag};
use crate::refused::Refused;
use crate::reply::Nothing;
use crate::{Desk, commanding, path, posted, reply};

/// `POST /silences`
pub(crate) const SET: Operation = Operation::post("/api/v1/silences", "setSilence", Tag::Silences)
    .says(
        "Sets a silence, or changes one",
        "With `id` the silence is changed in place where the matchers are the same and the start takes nothing back; else that \
         one ends, and a new one begins.",
    )
    .takes::<SilenceSetting>(
        r#"{"matchers":["alertname=\"OrdersDown\""],"ends_at":"2026-01-02T06:00:00Z","comment":"planned work"}"#,
    )
    .answers(&[Given::json::<ShownSilence>("the silence")])
    .refuses(&[BAD_MATCHER, UNKNOWN, &[Code::new(400, "invalid-silence")]]);

/// `DELETE /silences/{id}`
pub(crate) const END: Operation = Operation::delete("/api/v1/silences/{id}", "endSilence", Tag::Silences)
    .says("Ends a silence now", "")
    .params(&[ID])
    .answers(&[Given::json::<Nothing>("it is over")])
    .refuses(&[UNKNOWN, &[Code::new(409, "silence-over")]]);

/// Sets or changes a silence.
pub(crate) async fn set<D: Desk>(app: &App<D>, caller: &Identity, request: Request<Body>) -> Result<Response, Refused> {
    let posted: SilenceSetting = posted::read(app, request).await?;
    let now = app.desk.look(|_, now| now);
    let incoming = IncomingSilence {
        id: posted.id.as_deref().map(|id| path::read_id(id, SilenceId, "silence:4")).transpose()?,
        matchers: read(&posted.matchers)?,
        starts_at: posted.starts_at.as_deref().map_or(Ok(now), |text| instant("starts_at", text))?,
        ends_at: instant("ends_at", &posted.ends_at)?,
        created_by: posted.created_by.unwrap_or_else(|| caller.actor.to_string().into()),
        comment: posted.comment,
    };
    match app.submit(caller, Input::SetSilence(incoming)).await? {
        Ok(Answer::Silence(id)) => shown(app, id),
        Ok(_) => Err(commanding::not_shown()),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// Ends a silence.
pub(crate) async fn end<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Refused> {
    let id = path::id(uri, SilenceId, "silence:4")?;
    match app.submit(caller, Input::ExpireSilence(id)).await? {
        Ok(_) => Ok(reply::json(StatusCode::OK, &Nothing {})),
        Err(refusal) => Err(refused(&refusal)),
    }
}

fn refused(refusal: &Refusal) -> Refused {
    match refusal {
        Refusal::Silence(SilenceRefusal::NotFound(id)) => unknown(*id),
        Refusal::Silence(SilenceRefusal::AlreadyExpired(id)) => {
            Refused::new(StatusCode::CONFLICT, "silence-over", format!("{id} is over already")).help("set another one")
        }
        Refusal::Silence(SilenceRefusal::Invalid(why)) => {
            let help = "let it end after it starts, and after now, with a comment";
            Refused::new(StatusCode::BAD_REQUEST, "invalid-silence", (*why).to_owned()).help(help)
        }
        other @ (Refusal::Command(_)
        | Refusal::Override(_)
        | Refusal::Token(_)
        | Refusal::Ledger(_)
        | Refusal::TooManyAlerts { .. }) => Refused::new(StatusCode::CONFLICT, "refused", other.to_string()),
    }
}
