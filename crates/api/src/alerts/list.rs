//! `GET /alerts` and `GET /alerts/{id}`.

use axum::response::Response;
use evenkeel_engine::{Alert, Engine};
use evenkeel_ids::AlertId;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::shown::{ShownAlert, matchers};
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, path, reply};

/// One or more matchers.
pub(crate) const FILTER: Param =
    Param::query("filter", Sort::Text(4096), "only what these matchers fit, such as `severity=\"page\"`").many();
/// A filter that cannot be read.
pub(crate) const BAD_MATCHER: &[Code] = &[Code::new(400, "bad-matcher")];
const STATES: &[&str] = &["active", "suppressed", "resolved", "firing"];

/// `GET /alerts`
pub(crate) const LIST: Operation = Operation::get("/api/v1/alerts", "listAlerts", Tag::Alerts)
    .says("Lists alerts", "Those that came first, first: what fires, and what ended and is not told everywhere yet.")
    .params(&[
        FILTER,
        Param::query("state", Sort::Word(STATES), "only in this state; `firing` is active or suppressed"),
        Param::query("receiver", Sort::Text(300), "only what this receiver is told of"),
        LIMIT,
        CURSOR,
    ])
    .answers(&[Given::json::<AlertList>("alerts")])
    .refuses(&[BAD_CURSOR, BAD_MATCHER]);

/// `GET /alerts/{id}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/alerts/{id}", "getAlert", Tag::Alerts)
    .says("Shows an alert", "As long as it fires, or its end is not told everywhere.")
    .params(&[Param::path("id", Sort::Pattern("^(alert:)?[0-9]{1,19}$"), "an alert, as `alert:5` or `5`")])
    .answers(&[Given::json::<ShownAlert>("the alert")])
    .refuses(&[&[Code::new(404, "unknown-alert")]]);

/// Alerts.
#[derive(Debug, Serialize, JsonSchema)]
struct AlertList {
    alerts: Vec<ShownAlert>,
    /// How many fire at all, whatever was asked for.
    firing_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists alerts.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging = Paging::read(&query, "alerts")?;
    let filter = matchers(query.all("filter"))?;
    let state = query.last("state").map(str::to_owned);
    if let Some(word) = state.as_deref().filter(|word| !STATES.contains(word)) {
        let message = format!("no alert is in the state `{word}`");
        let help = format!("name one of {}", STATES.join(", "));
        return Err(Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help));
    }
    let receiver = query.last("receiver");
    let (cut, firing_count) = app.desk.look(|engine, now| {
        let alerting = &engine.state().alerting;
        let told = |alert: &Alert| {
            let mut groups = alert.groups.iter().filter_map(|id| alerting.group(*id));
            receiver.is_none_or(|name| groups.any(|group| &*group.receiver == name))
        };
        let wanted = |alert: &&Alert| {
            filter.matches(&alert.labels) && told(alert) && in_state(engine, now, alert, state.as_deref())
        };
        let cut = paging.first(alerting.alerts().map(|alert| (alert.id.seq().0, alert)), |alert| wanted(&alert));
        (cut.map(|alert| ShownAlert::of(engine, now, alert)), alerting.firing())
    });
    let Cut { things: alerts, next } = cut;
    let answer = reply::json(StatusCode::OK, &AlertList { alerts, firing_count, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one alert.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let id = path::id(uri, AlertId, "alert:5")?;
    let alert =
        app.desk.look(|engine, now| engine.state().alerting.alert(id).map(|alert| ShownAlert::of(engine, now, alert)));
    alert.map(|alert| reply::json(StatusCode::OK, &alert)).ok_or_else(|| {
        let message = format!("there is no {id}, or its end is told everywhere");
        let help = "`GET /api/v1/records?about=alert:5` finds what was recorded of one";
        Refused::new(StatusCode::NOT_FOUND, "unknown-alert", message).help(help)
    })
}

fn in_state(engine: &Engine, now: Timestamp, alert: &Alert, state: Option<&str>) -> bool {
    let suppressed = || engine.context(now).suppressed(&alert.labels);
    match state {
        Some("resolved") => !alert.fires(),
        Some("firing") => alert.fires(),
        Some("active") => alert.fires() && !suppressed(),
        Some("suppressed") => alert.fires() && suppressed(),
        Some(_) | None => true,
    }
}
