//! `GET /oncall/{schedule}/shifts`: who is on call when, with the times when nobody is.

use axum::response::Response;
use evenkeel_ids::DocumentRef;
use evenkeel_oncall::Span;
use evenkeel_time::Duration;
use http::{StatusCode, Uri};
use serde::Serialize;

use super::asked::{Known, window};
use super::now::people;
use crate::app::App;
use crate::instant::Instant;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, path, reply};

/// So long, unless it is said until when.
const LENGTH: Duration = Duration::hours(14 * 24);

#[derive(Serialize)]
struct Listed {
    shifts: Vec<ShownShift>,
}

#[derive(Serialize)]
struct ShownShift {
    from: Instant,
    until: Instant,
    people: Vec<DocumentRef>,
    because: String,
}

/// Lists shifts.
pub(crate) fn shifts<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let known = Known::of(app);
    let schedule = known.schedule(&path::name(uri)?)?;
    let (from, until) = window(&Query::read(uri)?, known.now, |from| from.saturating_add(LENGTH))?;
    let spans = evenkeel_oncall::shifts(schedule, &known.overrides, from, until);
    Ok(reply::json(StatusCode::OK, &Listed { shifts: spans.into_iter().map(shown).collect() }))
}

fn shown(span: Span) -> ShownShift {
    ShownShift {
        from: Instant(span.from),
        until: Instant(span.until),
        people: people(&span.on_call.people),
        because: span.on_call.because.to_string(),
    }
}
