//! `POST /alerts`: takes what is valid, and says what is wrong with the rest.

use axum::body::Body;
use axum::response::Response;
use evenkeel_alerting::InvalidAlert;
use evenkeel_engine::{Input, Refusal};
use evenkeel_identity::Identity;
use http::{Request, StatusCode};

use super::posted_alert::{self, PostedAlerts};
use crate::app::App;
use crate::{Desk, body, reply};

/// So many faults are spelled out; the rest is counted.
const FAULTS_MAX: usize = 20;
/// When to send again while too many alerts are open: what is resolved is gone by then. Units: seconds.
const TOO_MANY_RETRY_AFTER_S: u64 = 60;

/// Takes alerts in.
pub(crate) async fn post<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Response> {
    let PostedAlerts { valid, invalid } = read(app, request).await?;
    count(app, &valid, &invalid);
    let taken = if valid.is_empty() {
        None
    } else {
        app.submit(caller, Input::Alerts(valid)).await.map_err(|refused| refused.text())?.err()
    };
    let faults = faults(&invalid);
    Ok(match taken {
        Some(
            refusal @ (Refusal::TooManyAlerts { .. }
            | Refusal::Silence(_)
            | Refusal::Command(_)
            | Refusal::Override(_)
            | Refusal::Token(_)
            | Refusal::Ledger(_)),
        ) => {
            let reason = if faults.is_empty() { refusal.to_string() } else { format!("{refusal}; {faults}") };
            reply::later(StatusCode::TOO_MANY_REQUESTS, &reason, TOO_MANY_RETRY_AFTER_S)
        }
        None if faults.is_empty() => reply::empty(StatusCode::OK),
        None => reply::refused(StatusCode::BAD_REQUEST, &faults),
    })
}

/// The room of the body is given back before the alerts are handed in.
async fn read<D>(app: &App<D>, request: Request<Body>) -> Result<PostedAlerts, Response> {
    let body = body::read(app, request, usize::MAX).await.map_err(|refused| refused.text())?;
    posted_alert::read(&body.bytes).map_err(|error| {
        let reason = format!("the request body is not a list of alerts: {error}");
        reply::refused(StatusCode::BAD_REQUEST, &reason)
    })
}

fn count<D: Desk>(app: &App<D>, valid: &[evenkeel_alerting::IncomingAlert], invalid: &[(usize, InvalidAlert)]) {
    let now = app.desk.health().now;
    let resolved = valid.iter().filter(|alert| alert.ends_at.is_some_and(|end| end <= now)).count();
    app.metrics.received("firing", valid.len() - resolved);
    app.metrics.received("resolved", resolved);
    app.metrics.received("invalid", invalid.len());
}

/// Each fault with the place of its alert, from 0.
fn faults(invalid: &[(usize, InvalidAlert)]) -> String {
    let mut faults: Vec<String> =
        invalid.iter().take(FAULTS_MAX).map(|(index, fault)| format!("alert {index}: {fault}")).collect();
    if let Some(more) = invalid.len().checked_sub(FAULTS_MAX).filter(|more| *more > 0) {
        faults.push(format!("and {more} more"));
    }
    faults.join("; ")
}
