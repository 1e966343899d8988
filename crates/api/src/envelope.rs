//! What is round every request: its id, how many at once, its count, and the headers of its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::extract::{MatchedPath, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, call, page};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A longer id is not echoed.
const REQUEST_ID_BYTES_MAX: usize = 128;

/// Numbers requests that come without an id.
#[derive(Debug, Default)]
pub(crate) struct RequestIds(AtomicU64);

impl RequestIds {
    /// The id that came along, if it is printable and short; else the next number.
    fn of(&self, request: &Request<Body>) -> HeaderValue {
        let fits = |value: &&HeaderValue| {
            !value.is_empty()
                && value.len() <= REQUEST_ID_BYTES_MAX
                && value.as_bytes().iter().all(u8::is_ascii_graphic)
        };
        let given = request.headers().get(REQUEST_ID).filter(fits).cloned();
        given.unwrap_or_else(|| HeaderValue::from(self.0.fetch_add(1, Ordering::Relaxed) + 1))
    }
}

/// Handles one request within the envelope.
pub(crate) async fn around<D: Desk>(State(app): State<Arc<App<D>>>, request: Request<Body>, next: Next) -> Response {
    let started = Instant::now();
    let id = app.request_ids.of(&request);
    let method = method_label(request.method());
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let path = request.uri().path().to_owned();
    let answered = call::with_id(id.clone(), admit(&app, request, next, route.clone(), id.clone())).await;
    let mut response = page::written(answered, &path);
    let code = response.status().as_u16();
    let after = started.elapsed();
    tracing::debug!(method, route, code, request_id = ?id, duration_ms = after.as_secs_f64() * 1e3, "request answered");
    app.metrics.answered(method, &route, code, after);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Links are secrets, and stand in addresses; pages of ours need their origin said all the same.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn admit<D: Desk>(app: &App<D>, request: Request<Body>, next: Next, route: String, id: HeaderValue) -> Response {
    match app.requests.clone().try_acquire_owned() {
        Ok(permit) => isolated(request, next, permit, route, id).await,
        Err(_) => {
            let message = "too many requests at once; send again later";
            let refused = Refused::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-requests", message);
            refused.later(1).for_path(request.uri())
        }
    }
}

/// Runs in a task of its own, so that a bug in here is this request's answer and nothing else's end.
async fn isolated(
    request: Request<Body>,
    next: Next,
    permit: OwnedSemaphorePermit,
    route: String,
    id: HeaderValue,
) -> Response {
    let uri = request.uri().clone();
    let task = tokio::spawn(call::with_id(id, async move {
        let response = next.run(request).await;
        drop(permit);
        response
    }));
    task.await.unwrap_or_else(|error| {
        tracing::error!(route, %error, "a request could not be handled because of a bug in evenkeel");
        let message = "a bug in evenkeel kept this request from being handled";
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "bug", message).for_path(&uri)
    })
}

/// Methods are a caller's words, so only known ones become labels.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::PUT => "PUT",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
