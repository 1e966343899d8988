//! `POST /silences` and `DELETE /silence/{id}`: a silence is set, changed or ended.

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal, SilenceRefusal};
use evenkeel_identity::Identity;
use evenkeel_ids::SilenceId;
use http::{Request, StatusCode, Uri};
use serde::Serialize;

use super::posted_silence::{Fault, PostedSilence};
use super::silence_id::{self, Read, shown_silence_id};
use super::silences::id_in_path;
use crate::app::App;
use crate::{Desk, body, reply};

/// A silence is a few matchers and a comment.
const SILENCE_BYTES_MAX: usize = 256 * 1024;
/// Code of go-openapi for a field that has to be there.
const REQUIRED: u16 = 602;

#[derive(Serialize)]
struct Set {
    #[serde(rename = "silenceID")]
    silence_id: String,
}

/// Sets or changes a silence.
pub(crate) async fn post<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Response> {
    let posted = read(app, request).await?;
    let id = id_in_body(posted.id.as_deref())?;
    let incoming = posted.check(id).map_err(|fault| match fault {
        Fault::Missing(message) => reply::fault(REQUIRED, &message),
        Fault::Meaningless(reason) => reply::refused(StatusCode::BAD_REQUEST, &reason),
    })?;
    match app.submit(caller, Input::SetSilence(incoming)).await.map_err(|refused| refused.text())? {
        Ok(Answer::Silence(id)) => Ok(reply::json(StatusCode::OK, &Set { silence_id: shown_silence_id(id) })),
        Ok(_) => Ok(reply::empty(StatusCode::OK)),
        Err(refusal) => {
            let missing = matches!(refusal, Refusal::Silence(SilenceRefusal::NotFound(_)));
            let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
            Err(reply::refused(status, &refusal.to_string()))
        }
    }
}

/// Ends a silence.
pub(crate) async fn expire<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Response> {
    let id = id_in_path(uri)?;
    match app.submit(caller, Input::ExpireSilence(id)).await.map_err(|refused| refused.text())? {
        Ok(_) => Ok(reply::empty(StatusCode::OK)),
        Err(Refusal::Silence(SilenceRefusal::NotFound(_))) => Err(reply::empty(StatusCode::NOT_FOUND)),
        Err(Refusal::Silence(SilenceRefusal::AlreadyExpired(_))) => {
            let reason = format!("silence {} already expired", shown_silence_id(id));
            Err(reply::refused(StatusCode::BAD_REQUEST, &reason))
        }
        Err(
            refusal @ (Refusal::Silence(SilenceRefusal::Invalid(_))
            | Refusal::TooManyAlerts { .. }
            | Refusal::Command(_)
            | Refusal::Override(_)
            | Refusal::Token(_)
            | Refusal::Ledger(_)),
        ) => Err(reply::refused(StatusCode::BAD_REQUEST, &refusal.to_string())),
    }
}

async fn read<D>(app: &App<D>, request: Request<Body>) -> Result<PostedSilence, Response> {
    let body = body::read(app, request, SILENCE_BYTES_MAX).await.map_err(|refused| refused.text())?;
    serde_json::from_slice(&body.bytes).map_err(|error| {
        let reason = format!("the request body is not a silence: {error}");
        reply::refused(StatusCode::BAD_REQUEST, &reason)
    })
}

/// An id in a body that is none of ours is one of a silence that is not there.
fn id_in_body(id: Option<&str>) -> Result<Option<SilenceId>, Response> {
    match id.filter(|id| !id.is_empty()).map(silence_id::read) {
        None => Ok(None),
        Some(Read::Ours(id)) => Ok(Some(id)),
        Some(Read::Foreign | Read::Malformed) => Err(reply::refused(StatusCode::NOT_FOUND, "silence not found")),
    }
}
