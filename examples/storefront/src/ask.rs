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
}

impl Asker {
    pub(crate) fn new() -> Self {
        Self { client: Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http() }
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
        let request = Request::builder().method(method).uri(format!("http://{at}{path}")).body(Full::new(body));
        let request = request.map_err(|error| Error::BrokenOff(error.into()))?;
        let answered = tokio::time::timeout(within, self.answer(request)).await;
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
