//! A request that a person makes: to an address they gave, with a credential, sent once.

use std::time::{Duration, Instant};

use bytes::Bytes;
use evenkeel_model::TlsOptions;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::address::Allowed;
use crate::connection::BodyEnd;
use crate::failure::{Fault, HttpError};
use crate::http_client::{Answer, Call, Deadline, HttpClient, spelled};
use crate::target::Target;

/// What is asked of whom.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// How.
    pub method: Method,
    /// An absolute address; that it was given is its permission.
    pub url: &'a str,
    /// The token to show, if any.
    pub bearer: Option<&'a str>,
    /// A body, if any; JSON unless `headers` say otherwise.
    pub body: Option<Vec<u8>>,
    /// Further headers; one that would be there anyway is this one.
    pub headers: &'a [(HeaderName, HeaderValue)],
    /// How long the whole may take.
    pub timeout: Duration,
    /// A longer answer is an error.
    pub body_limit: usize,
}

/// How something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// To be shown something.
    Get,
    /// To have something done.
    Post,
    /// To have something ended.
    Delete,
}

impl HttpClient {
    /// Makes one request, following no redirect. It is sent once, on a connection of its own: what it asks for need not
    /// bear being done twice.
    ///
    /// # Errors
    /// [`HttpError`] when no complete answer arrived in time.
    pub async fn request(request: Request<'_>) -> Result<Answer, HttpError> {
        Self::new().repeatable(request).await
    }

    /// The same, on a connection of before where there is one. What it asks for has to bear being done twice: the other side
    /// may close the connection at the very moment.
    ///
    /// # Errors
    /// As there.
    pub async fn repeatable(&self, request: Request<'_>) -> Result<Answer, HttpError> {
        let start = Instant::now();
        let target = Target::read(request.url, Allowed::Literal)?;
        let call = Call {
            method: request.method.into(),
            target: &target,
            headers: headers(&request, &target)?,
            body: Bytes::from(request.body.unwrap_or_default()),
            tls: &TlsOptions::default(),
            deadline: Deadline::after(request.timeout),
            body_limit: request.body_limit,
            body_for: request.timeout,
        };
        let raw = self.call(&call).await?;
        match raw.end {
            BodyEnd::Whole => Ok(Answer { status: raw.status, body: raw.body, took: start.elapsed() }),
            BodyEnd::Cut => Err(target.error(Fault::Broken, format!("more than {} bytes", request.body_limit))),
            BodyEnd::Broken => Err(target.error(Fault::Broken, "the answer broke off")),
            BodyEnd::Late => {
                Err(target.error(Fault::Timeout, format!("no complete answer within {}", spelled(request.timeout))))
            }
        }
    }
}

fn headers(request: &Request<'_>, target: &Target) -> Result<HeaderMap, HttpError> {
    let mut headers = HeaderMap::new();
    if let Some(token) = request.bearer {
        let value = HeaderValue::from_str(&format!("Bearer {token}"));
        let mut value = value.map_err(|_| target.error(Fault::Address, "a token that fits into no header"))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    if request.body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in request.headers {
        headers.insert(name, value.clone());
    }
    Ok(headers)
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
        }
    }
}
