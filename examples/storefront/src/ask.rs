//! Asking another service over HTTP, with a deadline and a bound on the answer.
//!
//! Connections are not kept: a pooled one would go on talking to a process that no longer listens, or fail for one
//! that has come back, and what is said about a dependency has to be true now.

use std::error::Error as _;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::Instant;

use crate::addresses::Addresses;
use crate::telemetry::Meters;

/// The most an answer may hold; the largest real one, the page, is a few kilobytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Why there is no answer. Reads on after the name of the one asked: "catalog cannot be reached".
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No connection.
    #[error("cannot be reached")]
    Unreachable(#[source] hyper_util::client::legacy::Error),
    /// The deadline passed.
    #[error("gives no answer within {} ms", within.as_millis())]
    Deadline { within: Duration },
    /// The answer is larger than anything the shop says.
    #[error("answers with more than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    /// The connection broke, or what came is not HTTP.
    #[error("breaks off its answer")]
    BrokenOff(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Returns what went wrong, in a word: the attribute `error.type` of measurements.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Deadline { .. } => "timeout",
            Self::TooLarge => "too_large",
            Self::BrokenOff(_) => "broken_off",
        }
    }

    /// Returns the message and, where there is one, its root cause, in one line.
    pub(crate) fn reason(&self) -> String {
        let mut cause = self.source();
        while let Some(deeper) = cause.and_then(std::error::Error::source) {
            cause = Some(deeper);
        }
        cause.map_or_else(|| self.to_string(), |cause| format!("{self}: {cause}"))
    }
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Returns the first line of the body, for reasons.
    pub(crate) fn first_line(&self) -> String {
        String::from_utf8_lossy(&self.body).lines().next().unwrap_or_default().to_owned()
    }
}

/// Asks other services.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    client: Client<HttpConnector, Full<Bytes>>,
    /// Where to measure it, and who answers where.
    measured: Option<(Meters, Addresses)>,
}

impl Asker {
    pub(crate) fn new() -> Self {
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http();
        Self { client, measured: None }
    }

    /// One whose questions to the services at `addresses` are measured.
    pub(crate) fn measured(meters: Meters, addresses: Addresses) -> Self {
        Self { measured: Some((meters, addresses)), ..Self::new() }
    }

    /// Asks with GET.
    pub(crate) async fn get(&self, at: SocketAddr, path: &str, within: Duration) -> Result<Answer, Error> {
        self.ask(Method::GET, at, path, Bytes::new(), within).await
    }

    /// Asks with POST.
    pub(crate) async fn post(
        &self,
        at: SocketAddr,
        path: &str,
        body: Bytes,
        within: Duration,
    ) -> Result<Answer, Error> {
        self.ask(Method::POST, at, path, body, within).await
    }

    async fn ask(
        &self,
        method: Method,
        at: SocketAddr,
        path: &str,
        body: Bytes,
        within: Duration,
    ) -> Result<Answer, Error> {
        let request = Request::builder().method(method).uri(format!("http://{at}{path}")).body(body);
        let request = request.map_err(|error| Error::BrokenOff(error.into()))?;
        let began = Instant::now();
        let answered = self.send(request, within).await;
        if let Some((meters, addresses)) = &self.measured
            && let Some(service) = addresses.who(at)
        {
            let failed = match &answered {
                Ok(answer) => answer.status.is_server_error().then_some(answer.status.as_str()),
                Err(error) => Some(error.kind()),
            };
            meters.asked(service, failed, began.elapsed());
        }
        answered
    }

    /// Sends a request whose address is its own.
    pub(crate) async fn send(&self, request: Request<Bytes>, within: Duration) -> Result<Answer, Error> {
        let answered = tokio::time::timeout(within, self.answer(request.map(Full::new))).await;
        answered.unwrap_or(Err(Error::Deadline { within }))
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> Result<Answer, Error> {
        let response = self.client.request(request).await.map_err(|error| match error.is_connect() {
            true => Error::Unreachable(error),
            false => Error::BrokenOff(error.into()),
        })?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|error| match error.is::<LengthLimitError>() {
            true => Error::TooLarge,
            false => Error::BrokenOff(error),
        })?;
        Ok(Answer { status, body: body.to_bytes() })
    }
}

#[cfg(test)]
mod tests;
