//! `GET /oncall`: who is on call at an instant, since when, until when, and who then.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Schedule;
use evenkeel_oncall::{current, next_after};
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use serde::Serialize;

use super::asked::{Known, instant};
use crate::app::App;
use crate::instant::Instant;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

#[derive(Serialize)]
struct Shown {
    at: Instant,
    schedules: Vec<ShownOnCall>,
}

#[derive(Serialize)]
struct ShownOnCall {
    schedule: Arc<str>,
    people: Vec<DocumentRef>,
    because: String,
    since: Option<Instant>,
    until: Option<Instant>,
    next: Option<ShownNext>,
}

#[derive(Serialize)]
struct ShownNext {
    people: Vec<DocumentRef>,
    from: Instant,
}

/// Shows who is on call.
pub(crate) fn now<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let known = Known::of(app);
    let at = instant(&query, "at")?.unwrap_or(known.now);
    let schedules = known.schedules(&query)?.into_iter().map(|schedule| on_call(&known, schedule, at)).collect();
    Ok(reply::json(StatusCode::OK, &Shown { at: Instant(at), schedules }))
}

fn on_call(known: &Known, schedule: &Schedule, at: Timestamp) -> ShownOnCall {
    let stretch = current(schedule, &known.overrides, at);
    let next = next_after(schedule, &known.overrides, at);
    ShownOnCall {
        schedule: schedule.name.clone(),
        people: people(&stretch.on_call.people),
        because: stretch.on_call.because.to_string(),
        since: stretch.since.map(Instant),
        until: stretch.until.map(Instant),
        next: next.and_then(|next| {
            let from = Instant(next.since?);
            Some(ShownNext { people: people(&next.on_call.people), from })
        }),
    }
}

pub(super) fn people(names: &[Arc<str>]) -> Vec<DocumentRef> {
    names.iter().cloned().map(DocumentRef::Person).collect()
}
