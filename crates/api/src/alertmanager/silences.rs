//! `GET /silences` and `GET /silence/{id}`: silences, ended ones for a while too.

use std::cmp::Ordering;

use axum::response::Response;
use evenkeel_engine::{Silence, SilenceState};
use evenkeel_ids::SilenceId;
use evenkeel_labels::Matcher;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use serde::Serialize;

use super::filter;
use super::shown_alert::text;
use super::silence_id::{self, Read, shown_silence_id};
use crate::app::App;
use crate::query::Query;
use crate::{Desk, reply};

/// Code of go-openapi for a value of another type.
const INVALID_TYPE: u16 = 601;

/// Alertmanager's `gettableSilence`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownSilence<'a> {
    id: String,
    status: ShownStatus,
    #[serde(serialize_with = "text")]
    updated_at: Timestamp,
    comment: &'a str,
    created_by: &'a str,
    #[serde(serialize_with = "text")]
    ends_at: Timestamp,
    matchers: Vec<ShownMatcher<'a>>,
    #[serde(serialize_with = "text")]
    starts_at: Timestamp,
}

#[derive(Serialize)]
struct ShownStatus {
    state: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownMatcher<'a> {
    is_equal: bool,
    is_regex: bool,
    name: &'a str,
    value: &'a str,
}

/// Lists silences: active ones, pending ones, ended ones.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let filter = filter::matchers(&Query::of(uri)?)?;
    let (mut silences, now) = app.desk.look(|engine, now| {
        let asked_for = engine.state().alerting.silences().filter(|known| filter::asks_for(&filter, &known.matchers));
        (asked_for.cloned().collect::<Vec<_>>(), now)
    });
    silences.sort_by(|a, b| order(a, b, now));
    let shown: Vec<_> = silences.iter().map(|silence| shown(silence, now)).collect();
    Ok(reply::json(StatusCode::OK, &shown))
}

/// Shows one silence.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let id = id_in_path(uri)?;
    let (silence, now) = app.desk.look(|engine, now| (engine.state().alerting.silence(id).cloned(), now));
    let silence = silence.ok_or_else(|| reply::empty(StatusCode::NOT_FOUND))?;
    Ok(reply::json(StatusCode::OK, &shown(&silence, now)))
}

/// The id at the end of a path; a UUID that is none of ours is one of a silence that is not there.
pub(crate) fn id_in_path(uri: &Uri) -> Result<SilenceId, Response> {
    let last = uri.path().rsplit('/').next().unwrap_or("");
    match silence_id::read(last) {
        Read::Ours(id) => Ok(id),
        Read::Foreign => Err(reply::empty(StatusCode::NOT_FOUND)),
        Read::Malformed => {
            Err(reply::fault(INVALID_TYPE, &format!("silenceID in path must be of type uuid: {last:?}")))
        }
    }
}

/// What ends or begins soonest comes first; of what is over, what ended last. Source: Alertmanager, `api/v2.SortSilences`.
fn order(a: &Silence, b: &Silence, now: Timestamp) -> Ordering {
    let rank = |state| match state {
        SilenceState::Active => 0,
        SilenceState::Pending => 1,
        SilenceState::Expired => 2,
    };
    let (state, other) = (a.state(now), b.state(now));
    let within = match state {
        SilenceState::Active => a.ends_at.cmp(&b.ends_at),
        SilenceState::Pending => a.starts_at.cmp(&b.starts_at),
        SilenceState::Expired => b.ends_at.cmp(&a.ends_at),
    };
    rank(state).cmp(&rank(other)).then(within).then_with(|| a.id.cmp(&b.id))
}

fn shown(silence: &Silence, now: Timestamp) -> ShownSilence<'_> {
    ShownSilence {
        id: shown_silence_id(silence.id),
        status: ShownStatus { state: silence.state(now).as_str() },
        updated_at: silence.updated_at,
        comment: &silence.comment,
        created_by: &silence.created_by,
        ends_at: silence.ends_at,
        matchers: silence.matchers.0.iter().map(shown_matcher).collect(),
        starts_at: silence.starts_at,
    }
}

fn shown_matcher(matcher: &Matcher) -> ShownMatcher<'_> {
    ShownMatcher {
        is_equal: matcher.op().wants_match(),
        is_regex: matcher.op().takes_regex(),
        name: matcher.name(),
        value: matcher.value(),
    }
}
