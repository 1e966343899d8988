//! `GET /oncall/{schedule}/shifts`: who is on call when, with the times when nobody is.

use axum::response::Response;
use evenkeel_ids::DocumentRef;
use evenkeel_oncall::Span;
use evenkeel_time::Duration;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{FROM, Known, UNKNOWN, UNTIL, window};
use super::now::people;
use super::overrides::PATH;
use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, path, reply};

/// So long, unless it is said until when.
const LENGTH: Duration = Duration::hours(14 * 24);

/// `GET /oncall/{schedule}/shifts`
pub(crate) const LIST: Operation = Operation::get("/api/v1/oncall/{schedule}/shifts", "listShifts", Tag::OnCall)
    .says("Lists who is on call when", "Without holes, for 14 days from now unless said; no people means nobody.")
    .params(&[PATH, FROM, UNTIL, LIMIT, CURSOR])
    .answers(&[Given::json::<Listed>("shifts")])
    .refuses(&[BAD_CURSOR, UNKNOWN]);

/// Who is on call when.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ShiftList")]
struct Listed {
    shifts: Vec<ShownShift>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A time in which the same people are on call.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Shift")]
struct ShownShift {
    from: Instant,
    until: Instant,
    #[schemars(with = "Vec<Ref>")]
    people: Vec<DocumentRef>,
    because: String,
}

/// Lists shifts.
pub(crate) fn shifts<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let known = Known::of(app);
    let schedule = known.schedule(&path::name(uri)?)?;
    let query = Query::read(uri)?;
    let (from, until) = window(&query, known.now, |from| from.saturating_add(LENGTH))?;
    let spans = evenkeel_oncall::shifts(schedule, &known.overrides, from, until);
    // By its end: the first begins whenever it is asked for.
    let keyed = spans.into_iter().map(|span| (span.until.0, span));
    let Cut { things: shifts, next } = Paging::read(&query, "shifts")?.pick(keyed).map(shown);
    let answer = reply::json(StatusCode::OK, &Listed { shifts, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

fn shown(span: Span) -> ShownShift {
    ShownShift {
        from: Instant(span.from),
        until: Instant(span.until),
        people: people(&span.on_call.people),
        because: span.on_call.because.to_string(),
    }
}
