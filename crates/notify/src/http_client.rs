//! HTTP/1.1 with pooled connections, a guard on every address, and a deadline on every wait.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use evenkeel_model::TlsOptions;
use http::header::{HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request};
use http_body_util::Full;
use tokio::time::Instant;

use crate::address::Allowed;
use crate::connection::{BodyEnd, Connection, Raw, Wanted};
use crate::failure::{Fault, HttpError};
use crate::idle::Idle;
use crate::stream::{Dialer, Stage, dialer};
use crate::target::Target;

/// A client that shares its connections between all users of its clones.
#[derive(Debug, Clone)]
pub struct HttpClient {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    dialer: Arc<Dialer>,
    idle: Idle,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body up to the limit asked for.
    pub body: Vec<u8>,
    /// From the start of the request to the last byte of the answer that was read.
    pub took: Duration,
}

/// Until when something may last, and how long that was at the start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    pub(crate) at: Instant,
    pub(crate) length: Duration,
}

impl Deadline {
    pub(crate) fn after(length: Duration) -> Self {
        let length = length.min(LONGEST);
        Self { at: Instant::now() + length, length }
    }
}

/// No attempt lasts longer, whatever is asked; keeps the arithmetic within bounds, too.
const LONGEST: Duration = Duration::from_secs(3600);

/// One request to one place.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) target: &'a Target,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) tls: &'a TlsOptions,
    pub(crate) deadline: Deadline,
    /// So much of the answer's body is read.
    pub(crate) body_limit: usize,
    /// How long the body may take once the head is there.
    pub(crate) body_for: Duration,
}

const AGENT: HeaderValue = HeaderValue::from_static(concat!("Evenkeel/", env!("CARGO_PKG_VERSION")));

impl HttpClient {
    /// A client without connections yet.
    #[must_use]
    pub fn new() -> Self {
        Self { shared: Arc::new(Shared { dialer: dialer(), idle: Idle::default() }) }
    }

    /// GETs an address that stands literally in the ops repo, following no redirect.
    ///
    /// # Errors
    /// [`HttpError`] when no complete answer arrived within `timeout`. A body longer than `body_limit` is cut.
    pub async fn get(&self, url: &str, timeout: Duration, body_limit: usize) -> Result<Answer, HttpError> {
        let (start, deadline) = (Instant::now(), Deadline::after(timeout));
        let target = Target::read(url, Allowed::Literal)?;
        let mut headers = HeaderMap::new();
        if let Some(value) = target.basic.as_deref().and_then(|basic| format!("Basic {basic}").parse().ok()) {
            headers.insert(http::header::AUTHORIZATION, value);
        }
        let call = Call {
            method: Method::GET,
            target: &target,
            headers,
            body: Bytes::new(),
            tls: &TlsOptions::default(),
            deadline,
            body_limit,
            body_for: timeout,
        };
        let raw = self.call(&call).await?;
        match raw.end {
            BodyEnd::Whole | BodyEnd::Cut => Ok(Answer { status: raw.status, body: raw.body, took: start.elapsed() }),
            BodyEnd::Broken => Err(target.error(Fault::Broken, "the answer broke off")),
            BodyEnd::Late => {
                Err(target.error(Fault::Timeout, format!("no complete answer within {}", spelled(timeout))))
            }
        }
    }

    /// One exchange, on an idle connection where there is one.
    pub(crate) async fn call(&self, call: &Call<'_>) -> Result<Raw, HttpError> {
        let stage = Stage::default();
        match tokio::time::timeout_at(call.deadline.at, self.exchange(call, &stage)).await {
            Ok(result) => result,
            Err(_) => {
                self.shared.idle.forget(&call.key());
                let reason = format!("{} within {}", stage.missing(), spelled(call.deadline.length));
                Err(call.target.error(Fault::Timeout, reason))
            }
        }
    }

    async fn exchange(&self, call: &Call<'_>, stage: &Stage) -> Result<Raw, HttpError> {
        let key = call.key();
        if let Some(mut connection) = self.shared.idle.take(&key) {
            // The other side may have closed it this very moment. Sending again is safe: what is sent carries an
            // idempotency key or is a GET.
            if let Ok(raw) = connection.exchange(call.request(), call.wanted(), stage).await {
                self.shared.idle.put(&key, connection);
                return Ok(raw);
            }
        }
        // Boxed, so that the common case above stays small.
        let stream = Box::pin(self.shared.dialer.open(call.target, call.tls, call.deadline.at, stage)).await?;
        let broken = |error: &hyper::Error| call.target.error(Fault::Broken, explained(error));
        let mut connection = Box::pin(Connection::begin(stream)).await.map_err(|error| broken(&error))?;
        let raw = connection.exchange(call.request(), call.wanted(), stage).await.map_err(|error| broken(&error))?;
        self.shared.idle.put(&key, connection);
        Ok(raw)
    }

    /// Opens streams for others that need the guard.
    pub(crate) fn dialer(&self) -> &Dialer {
        &self.shared.dialer
    }
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::new()
    }
}

impl Call<'_> {
    /// What a connection must agree in to be used for this.
    fn key(&self) -> String {
        let scheme = if self.target.https { "https" } else { "http" };
        let word = if self.target.allowed == Allowed::Literal { "" } else { " guarded" };
        let mut key = String::with_capacity(self.target.host.len() + 24);
        let _ = write!(key, "{scheme} {} {}{word}", self.target.host, self.target.port);
        if self.target.https && *self.tls != TlsOptions::default() {
            let _ = write!(key, " {:?}", self.tls);
        }
        key
    }

    fn request(&self) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target.path.clone().into();
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        if let Ok(host) = HeaderValue::from_str(&self.target.authority()) {
            headers.insert(HOST, host);
        }
        headers.insert(USER_AGENT, AGENT);
        request
    }

    fn wanted(&self) -> Wanted {
        // A moment before the whole runs out, so that an answer whose body is late is still an answer.
        let end = self.deadline.at.checked_sub(Duration::from_millis(5)).unwrap_or(self.deadline.at);
        Wanted { limit: self.body_limit, until: end.min(Instant::now() + self.body_for) }
    }
}

/// What hyper's error means.
fn explained(error: &hyper::Error) -> String {
    use std::error::Error as _;
    let io = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
    match io {
        Some(io) => crate::stream::said(io),
        None if error.is_incomplete_message() || error.is_canceled() || error.is_closed() => {
            "the other side closed the connection without an answer".to_owned()
        }
        None if error.is_parse() => "the answer is not HTTP".to_owned(),
        None => "the exchange broke off".to_owned(),
    }
}

/// A length of time for people.
pub(crate) fn spelled(length: Duration) -> String {
    evenkeel_time::Duration(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)).to_string()
}
