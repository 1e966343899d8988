//! `GET /oncall`: who is on call at an instant, since when, until when, and who then.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Schedule;
use evenkeel_oncall::{current, next_after};
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Known, SCHEDULE, UNKNOWN, instant};
use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// `GET /oncall`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/oncall", "whoIsOnCall", Tag::OnCall)
    .says(
        "Shows who is on call",
        "By schedule: since when, until when, and who then. No people means nobody; `since`, `until` and `next` are null where \
         nothing changes within 400 days.",
    )
    .params(&[Param::query("at", Sort::Instant, "at this time; now unless given"), SCHEDULE, LIMIT, CURSOR])
    .answers(&[Given::json::<Shown>("who is on call")])
    .refuses(&[BAD_CURSOR, UNKNOWN]);

/// Who is on call at an instant.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OnCall")]
struct Shown {
    at: Instant,
    schedules: Vec<ShownOnCall>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Who is on call by one schedule.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OnCallBySchedule")]
struct ShownOnCall {
    schedule: Arc<str>,
    #[schemars(with = "Vec<Ref>")]
    people: Vec<DocumentRef>,
    because: String,
    since: Option<Instant>,
    until: Option<Instant>,
    next: Option<ShownNext>,
}

/// Who comes next.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NextOnCall")]
struct ShownNext {
    #[schemars(with = "Vec<Ref>")]
    people: Vec<DocumentRef>,
    from: Instant,
}

/// Shows who is on call.
pub(crate) fn now<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let known = Known::of(app);
    let at = instant(&query, "at")?.unwrap_or(known.now);
    let schedules = known.schedules(&query)?.into_iter().map(|schedule| (schedule.name.to_string(), schedule));
    let cut = Paging::read(&query, "oncall")?.pick(schedules);
    let Cut { things: schedules, next } = cut.map(|schedule| on_call(&known, schedule, at));
    let answer = reply::json(StatusCode::OK, &Shown { at: Instant(at), schedules, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
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
