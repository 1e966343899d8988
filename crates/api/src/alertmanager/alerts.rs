//! `GET /alerts`: what fires.

use axum::response::Response;
use http::{StatusCode, Uri};

use super::filter::AlertFilter;
use super::snapshot::Looked;
use crate::app::App;
use crate::query::Query;
use crate::{Desk, reply};

/// Lists firing alerts by fingerprint.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let filter = AlertFilter::of(&Query::of(uri)?)?;
    let snap = app.desk.look(|engine, now| Looked::at(engine, now, &filter)).settle(&filter);
    let routed = snap.alerts.iter().map(|alert| (alert, alert.receivers(&snap.plan)));
    let wanted = routed.filter(|(_, receivers)| receivers.iter().any(|name| filter.receiver(name)));
    let shown: Vec<_> = wanted.map(|(alert, receivers)| alert.shown(receivers, &[])).collect();
    Ok(reply::json(StatusCode::OK, &shown))
}
