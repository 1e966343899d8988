//! `GET /receivers`: who can be told.

use axum::response::Response;
use http::StatusCode;

use super::shown_alert::ShownReceiver;
use crate::app::App;
use crate::{Desk, reply};

/// Lists the plan's receivers by name.
pub(crate) fn list<D: Desk>(app: &App<D>) -> Response {
    let plan = app.desk.look(|engine, _| engine.plan().clone());
    let shown: Vec<_> = plan.receivers.keys().map(|name| ShownReceiver { name }).collect();
    reply::json(StatusCode::OK, &shown)
}
