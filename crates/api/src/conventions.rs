//! What every operation of our own API has alike, round what each does: how often it may be called, sent again, asked for
//! when nothing changed, and done on top of what was looked at.

use std::future::Future;
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use evenkeel_identity::{Action, Identity};
use evenkeel_time::Timestamp;
use http::{Request, StatusCode, Uri};

use crate::app::App;
use crate::idempotency::{self, Begun};
use crate::openapi::Operation;
use crate::refused::Refused;
use crate::{Desk, Method, body, etag, incidents};

/// A larger body has no key; it is that of the largest delivery.
const BODY_BYTES_MAX: usize = 8 << 20;

/// Handles a request within what its operation has in common with others.
pub(crate) async fn around<D: Desk, F: Future<Output = Response>>(
    app: &App<D>,
    (operation, action): (&'static Operation, Action),
    caller: &Identity,
    request: Request<Body>,
    handle: impl FnOnce(Request<Body>) -> F,
) -> Response {
    let name = name(caller, &request);
    let now = app.desk.look(|_, now| now);
    let left = if counts(action) { Some(app.rates.count(&name, now)) } else { None };
    let left = match left.transpose() {
        Ok(left) => left,
        Err((left, refused)) => return left.said(refused.object()),
    };
    let response = match operation.method {
        Method::Get => {
            let asked = request.headers().clone();
            etag::tagged(handle(request).await, &asked).await
        }
        Method::Post => match posted(app, operation, (&name, now), request, handle).await {
            Ok(response) => response,
            Err(refused) => refused.object(),
        },
        Method::Delete => handle(request).await,
    };
    left.into_iter().fold(response, |response, left| left.said(response))
}

/// Whether calls are counted. What comes in is bounded by what can be made durable, and probes cost nothing.
const fn counts(action: Action) -> bool {
    match action {
        // What a dashboard asks is bounded by its own limits: samples, series and time of each question.
        Action::Probe | Action::Intake | Action::Measure | Action::Hook => false,
        Action::Health
        | Action::Access
        | Action::Report
        | Action::Read
        | Action::Respond
        | Action::Operate
        | Action::Administer
        | Action::Link
        | Action::Login => true,
    }
}

/// Who calls, as far as it tells callers apart: the token, else the address.
pub(crate) fn name(caller: &Identity, request: &Request<Body>) -> String {
    if let Some(token) = caller.token {
        return token.to_string();
    }
    if caller.role.is_some() {
        return caller.actor.to_string();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_canonical().to_string())
}

async fn posted<D: Desk, F: Future<Output = Response>>(
    app: &App<D>,
    operation: &Operation,
    (name, now): (&str, Timestamp),
    request: Request<Body>,
    handle: impl FnOnce(Request<Body>) -> F,
) -> Result<Response, Refused> {
    let Some(key) = idempotency::key_in(request.headers())? else {
        unchanged(app, operation, &request)?;
        return Ok(handle(request).await);
    };
    let (head, body) = request.into_parts();
    let held = body::read(app, Request::from_parts(head.clone(), body), BODY_BYTES_MAX).await?;
    let bytes = held.bytes.clone();
    drop(held);
    match app.idempotency.begin((name, head.uri.path(), key), &bytes, now)? {
        Begun::Answered(response) => Ok(response),
        Begun::Fresh(slot) => {
            let request = Request::from_parts(head, Body::from(bytes));
            unchanged(app, operation, &request)?;
            Ok(slot.keep(handle(request).await, now).await)
        }
    }
}

/// Refuses a change of what is not any more as the caller saw it.
fn unchanged<D: Desk>(app: &App<D>, operation: &Operation, request: &Request<Body>) -> Result<(), Refused> {
    if !operation.matched || !request.headers().contains_key(http::header::IF_MATCH) {
        return Ok(());
    }
    let path = request.uri().path().rsplit_once('/').map_or("", |(incident, _)| incident);
    let Ok(uri) = path.parse::<Uri>() else { return Ok(()) };
    if etag::outdated(request.headers(), &incidents::present(app, &uri)?) {
        let message = "the incident changed since it was looked at";
        let help = "look at it again, and send what still holds with its new ETag";
        return Err(Refused::new(StatusCode::PRECONDITION_FAILED, "changed-meanwhile", message).help(help));
    }
    Ok(())
}
