//! Running one service on a listener.

use std::future::Future;
use std::io;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::accept::accept;
use crate::addresses::Addresses;
use crate::answer;
use crate::deadlines;
use crate::service::Service;
use crate::telemetry::{Meters, Telemetry};
use crate::{catalog, orders, web};

/// The most a request body may hold; no request of the shop needs one.
const REQUEST_BYTES_MAX: usize = 4 * 1024;

/// Serves one service until `shutdown` ends, then lets open requests finish within a deadline.
///
/// Dropping the future instead is the hard way: the listener and every connection close at once. What a service holds
/// lives in memory and starts anew with each call.
///
/// # Errors
/// When the listener can accept no more connections.
pub async fn serve(
    service: Service,
    listener: TcpListener,
    addresses: Addresses,
    telemetry: &Telemetry,
    shutdown: impl Future,
) -> io::Result<()> {
    let router = match service {
        Service::Catalog => catalog::router(),
        Service::Orders => orders::router(addresses, telemetry.meters.clone()),
        Service::Web => web::router(addresses, telemetry.meters.clone()),
    };
    accept(listener, bounded(router, telemetry.meters.clone()), shutdown).await
}

fn bounded(router: Router, meters: Meters) -> Router {
    let measured = middleware::from_fn_with_state(meters, measured);
    router.layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX)).layer(middleware::from_fn(in_time)).layer(measured)
}

async fn measured(State(meters): State<Meters>, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let (began, method) = (Instant::now(), request.method().clone());
    let answer = {
        let _active = meters.begun();
        next.run(request).await
    };
    // What has no route may be anything, and would be a series of its own each time.
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    meters.answered(method.as_str(), route, answer.status(), began.elapsed());
    answer
}

async fn in_time(request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(deadlines::REQUEST, next.run(request)).await;
    answered.unwrap_or_else(|_| answer::line(StatusCode::SERVICE_UNAVAILABLE, "the request took too long"))
}
