//! `GET /oncall/gaps`: when nobody will be on call.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_time::Duration;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{DAYS_MAX, Known, SCHEDULE, UNKNOWN, malformed};
use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So far ahead, unless it is said how far. Units: days.
const DAYS: i64 = 365;

/// `GET /oncall/gaps`
pub(crate) const LIST: Operation = Operation::get("/api/v1/oncall/gaps", "listGaps", Tag::OnCall)
    .says("Lists when nobody will be on call", "By time.")
    .params(&[Param::query("days", Sort::Whole(1, 400), "so many days ahead").usual("365"), SCHEDULE, LIMIT, CURSOR])
    .answers(&[Given::json::<Listed>("gaps")])
    .refuses(&[BAD_CURSOR, UNKNOWN]);

/// When nobody will be on call.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GapList")]
struct Listed {
    gaps: Vec<ShownGap>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A time when nobody will be on call.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Gap")]
struct ShownGap {
    schedule: Arc<str>,
    from: Instant,
    until: Instant,
    hours: f64,
}

/// Lists gaps, by time.
pub(crate) fn gaps<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let known = Known::of(app);
    let until = known.now.saturating_add(Duration::hours(24 * days(&query)?));
    let mut gaps: Vec<ShownGap> = Vec::new();
    for schedule in known.schedules(&query)? {
        let found = evenkeel_oncall::gaps(schedule, &known.overrides, known.now, until);
        gaps.extend(found.into_iter().map(|(from, until)| ShownGap {
            schedule: schedule.name.clone(),
            from: Instant(from),
            until: Instant(until),
            hours: hours(until - from),
        }));
    }
    let keyed = gaps.into_iter().map(|gap| ((gap.from.0.0, gap.schedule.to_string()), gap));
    let Cut { things: gaps, next } = Paging::read(&query, "gaps")?.pick(keyed);
    let answer = reply::json(StatusCode::OK, &Listed { gaps, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

fn days(query: &Query) -> Result<i64, Refused> {
    let Some(text) = query.last("days") else { return Ok(DAYS) };
    text.parse().ok().filter(|days| (1..=DAYS_MAX).contains(days)).ok_or_else(|| {
        let help = format!("write a whole number from 1 to {DAYS_MAX}");
        malformed(format!("`days` is `{text}`, which is no number of days"), &help)
    })
}

fn hours(length: Duration) -> f64 {
    length.0 as f64 / Duration::hours(1).0 as f64
}
