//! Metrics: Prometheus's API under `/prometheus`, and series that are sent there.
//!
//! What the store has to say lies behind the [`Desk`]; here is the way to it: the body within its size and time, and the room
//! there is for all.

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_record::Actor;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, body, reply};

/// Where Prometheus's API is served.
pub const PROMETHEUS_PREFIX: &str = "/prometheus";
/// A form with a query is short; Prometheus takes no more either.
const FORM_BYTES_MAX: usize = 10 << 20;

/// A question of Prometheus's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricsAsked {
    /// `GET`, `POST` and so on.
    pub method: Method,
    /// The path below `/prometheus`, still escaped.
    pub path: String,
    /// What follows the question mark, still escaped; empty without one.
    pub query: String,
    /// The body of a form; empty without one.
    pub form: Vec<u8>,
}

/// Its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricsAnswer {
    /// The status.
    pub status: u16,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

/// Series that were sent by remote write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesSent {
    /// Who sends, as records name them.
    pub sender: Actor,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// The value of `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesTaken {
    /// The status: 204 once all of it is durable.
    pub status: u16,
    /// What is wrong; empty when nothing is.
    pub text: String,
    /// What was written, in the headers of remote write 2.0.
    pub written: Vec<(&'static str, String)>,
    /// When to send the same again. Units: seconds.
    pub retry_after_s: Option<u64>,
}

/// Answers a question of Prometheus's API.
pub(crate) async fn ask<D: Desk>(app: &App<D>, request: Request<Body>) -> Result<Response, Refused> {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path().strip_prefix(PROMETHEUS_PREFIX).unwrap_or_default().to_owned();
    let form = if method == Method::POST { body::read(app, request, FORM_BYTES_MAX).await?.bytes } else { Vec::new() };
    let asked = MetricsAsked { method, path, query: uri.query().unwrap_or_default().to_owned(), form };
    let MetricsAnswer { status, content_type, body } = app.desk.ask_metrics(asked).await;
    Ok(reply::with_type(of_number(status), content_type, body))
}

/// Takes series that are sent by remote write; answers once they are durable.
pub(crate) async fn write<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let field = |name: HeaderName, headers: &HeaderMap| {
        headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let content_type = field(CONTENT_TYPE, request.headers());
    let content_encoding = field(CONTENT_ENCODING, request.headers());
    // The room is kept until the series are in the store: what unpacks takes a multiple of it.
    let held = body::read_encoded(app, request, usize::MAX).await?;
    let (body, _share) = held.into_parts();
    let taken =
        app.desk.take_series(SeriesSent { sender: caller.actor.clone(), content_type, content_encoding, body }).await;
    Ok(answer(taken))
}

fn answer(taken: SeriesTaken) -> Response {
    let mut response = if taken.text.is_empty() {
        reply::empty(of_number(taken.status))
    } else {
        reply::with_type(of_number(taken.status), "text/plain; charset=utf-8", format!("{}\n", taken.text))
    };
    let headers = response.headers_mut();
    for (name, value) in taken.written {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    if let Some(seconds) = taken.retry_after_s {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn of_number(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
