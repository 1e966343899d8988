//! `GET /silences` and `GET /silences/{id}`.

use axum::response::Response;
use evenkeel_engine::{Silence, SilenceState};
use evenkeel_ids::SilenceId;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::shown::ShownSilence;
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, path, reply};

const STATES: &[&str] = &["pending", "active", "expired"];

/// Which silence.
pub(super) const ID: Param =
    Param::path("id", Sort::Pattern("^(silence:)?[0-9]{1,19}$"), "a silence, as `silence:4` or `4`");
/// A silence that is not there.
pub(super) const UNKNOWN: &[Code] = &[Code::new(404, "unknown-silence")];

/// `GET /silences`
pub(crate) const LIST: Operation = Operation::get("/api/v1/silences", "listSilences", Tag::Silences)
    .says("Lists silences", "Active ones first, then pending ones, then those that ended within five days.")
    .params(&[Param::query("state", Sort::Word(STATES), "only in this state"), LIMIT, CURSOR])
    .answers(&[Given::json::<SilenceList>("silences")])
    .refuses(&[BAD_CURSOR]);

/// `GET /silences/{id}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/silences/{id}", "getSilence", Tag::Silences)
    .says("Shows a silence", "")
    .params(&[ID])
    .answers(&[Given::json::<ShownSilence>("the silence")])
    .refuses(&[UNKNOWN]);

/// Silences.
#[derive(Debug, Serialize, JsonSchema)]
struct SilenceList {
    silences: Vec<ShownSilence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists silences.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging = Paging::read(&query, "silences")?;
    let state = query.last("state");
    if let Some(word) = state.filter(|word| !STATES.contains(word)) {
        let message = format!("no silence is in the state `{word}`");
        let help = format!("name one of {}", STATES.join(", "));
        return Err(Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help));
    }
    let Cut { things: silences, next } = app.desk.look(|engine, now| {
        let rank = |silence: &Silence| match silence.state(now) {
            SilenceState::Active => 0_u8,
            SilenceState::Pending => 1,
            SilenceState::Expired => 2,
        };
        let known = engine.state().alerting.silences();
        let wanted = known.filter(|silence| state.is_none_or(|word| silence.state(now).as_str() == word));
        let cut = paging.pick(wanted.map(|silence| ((rank(silence), silence.ends_at.0, silence.id.seq().0), silence)));
        cut.map(|silence| ShownSilence::of(engine, now, silence))
    });
    let answer = reply::json(StatusCode::OK, &SilenceList { silences, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one silence.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    shown(app, path::id(uri, SilenceId, "silence:4")?)
}

/// A silence as it stands now.
pub(super) fn shown<D: Desk>(app: &App<D>, id: SilenceId) -> Result<Response, Refused> {
    let silence = app
        .desk
        .look(|engine, now| engine.state().alerting.silence(id).map(|silence| ShownSilence::of(engine, now, silence)));
    silence.map(|silence| reply::json(StatusCode::OK, &silence)).ok_or_else(|| unknown(id))
}

/// There is none.
pub(super) fn unknown(id: SilenceId) -> Refused {
    let message = format!("there is no {id}, or it ended more than five days ago");
    Refused::new(StatusCode::NOT_FOUND, "unknown-silence", message)
        .help("`GET /api/v1/silences` lists those that are known")
}
