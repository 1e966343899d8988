//! Whether the process lives, whether it takes work, and its numbers.

use axum::response::Response;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::counts::Tally;
use crate::openapi::{Given, Operation, Tag};
use crate::{Desk, reply};

const TEXT: &str = "text/plain; charset=utf-8";
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET /healthz`
pub(crate) const ALIVE: Operation = Operation::get("/healthz", "isAlive", Tag::Meta)
    .says("Says whether the process lives", "It asks nothing of the engine.")
    .answers(&[Given::text(TEXT, "`ok`")]);

/// `GET /readyz`
pub(crate) const READY: Operation = Operation::get("/readyz", "isReady", Tag::Meta)
    .says("Says whether inputs are taken and made durable", "")
    .answers(&[Given::json::<Readiness>("they are"), Given::json::<Readiness>("they are not, and why").status(503)]);

/// Whether inputs are taken.
#[derive(Serialize, JsonSchema)]
struct Readiness {
    ready: bool,
    reasons: Vec<String>,
}

/// The process lives; asks nothing of the engine.
pub(crate) fn alive() -> Response {
    reply::with_type(StatusCode::OK, TEXT, "ok\n")
}

/// Whether inputs are taken and made durable.
pub(crate) fn ready<D: Desk>(app: &App<D>) -> Response {
    let health = app.desk.health();
    reply::json(readiness(health.ready), &Readiness { ready: health.ready, reasons: health.reasons })
}

/// Alertmanager's word for living.
pub(crate) fn alertmanager_alive() -> Response {
    reply::with_type(StatusCode::OK, TEXT, "OK")
}

/// Alertmanager's word for ready, or the reasons why not.
pub(crate) fn alertmanager_ready<D: Desk>(app: &App<D>) -> Response {
    let health = app.desk.health();
    let text = if health.ready { "OK".to_owned() } else { health.reasons.join("\n") };
    reply::with_type(readiness(health.ready), TEXT, text)
}

/// Everything that is counted.
pub(crate) fn metrics<D: Desk>(app: &App<D>) -> Response {
    let counts = app.desk.look(Tally::at).count();
    let text = app.metrics.render(&counts, app.desk.health().ready, &app.desk.metrics());
    reply::with_type(StatusCode::OK, OPEN_METRICS, text)
}

fn readiness(ready: bool) -> StatusCode {
    if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
