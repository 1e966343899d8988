//! Why a request is not let in or not taken, said as each client reads it: a problem for our own API, a page for
//! browsers, one JSON text for Alertmanager's clients.

use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Unavailable, call, openapi, page, reply, site};

/// When to come again while the program stops. Units: seconds.
const STOPPING_RETRY_AFTER_S: u64 = 5;

/// Nobody is let in to this without saying who they are.
pub(crate) const TOKEN_NEEDED: &str = "token-needed";

/// Why a request is not let in or not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
    help: String,
    retry_after_s: Option<u64>,
}

/// Why a request is not let in or not taken, as RFC 9457 has it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem<'a> {
    /// Leads to where the code is explained.
    #[serde(rename = "type")]
    type_uri: String,
    /// What the code says, in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong this time, in one line that stands alone.
    detail: &'a str,
    /// Names the fault for programs; it stays.
    code: &'a str,
    /// What to do; may be empty.
    help: &'a str,
    /// Names the request, in the server's log, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Refused {
    /// `code` is kebab-case and names the fault; `message` is one line that stands alone.
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), help: String::new(), retry_after_s: None }
    }

    /// An input was not taken.
    pub(crate) fn unavailable(unavailable: &Unavailable) -> Self {
        let (status, code, retry_after_s) = match unavailable {
            Unavailable::Full { retry_after_s } => (StatusCode::TOO_MANY_REQUESTS, "too-many-inputs", *retry_after_s),
            Unavailable::NotDurable { retry_after_s, .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, "not-durable", *retry_after_s)
            }
            Unavailable::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "stopping", STOPPING_RETRY_AFTER_S),
        };
        Self::new(status, code, unavailable.to_string()).later(retry_after_s)
    }

    /// With what to do.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// With when to come again.
    pub(crate) fn later(self, retry_after_s: u64) -> Self {
        Self { retry_after_s: Some(retry_after_s), ..self }
    }

    /// Whether the state does not allow it now.
    pub(crate) fn conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }

    /// Its status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Whether whoever asks did not say who they are.
    pub(crate) fn token_needed(&self) -> bool {
        self.code == TOKEN_NEEDED
    }

    /// What to do; may be empty.
    pub(crate) fn helps(&self) -> &str {
        &self.help
    }

    /// What is wrong, in one line.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// As whoever asks for this path reads it.
    pub(crate) fn for_path(&self, uri: &Uri) -> Response {
        let path = uri.path();
        let described = ["/events", "/healthz", "/readyz"].contains(&path);
        if described || ["/api/v1/", "/hooks/"].iter().any(|start| path.starts_with(start)) {
            self.object()
        } else if site::is_page(path) || ["/login/", "/logout", "/p/"].iter().any(|start| path.starts_with(start)) {
            self.page()
        } else {
            self.text()
        }
    }

    /// As our own API says it: a problem.
    pub(crate) fn object(&self) -> Response {
        let problem = Problem {
            type_uri: openapi::problem_type(self.code),
            title: openapi::title(self.code),
            status: self.status.as_u16(),
            detail: &self.message,
            code: self.code,
            help: &self.help,
            request_id: call::id(),
        };
        let mut response = reply::json(self.status, &problem);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        self.with_headers(response)
    }

    /// As one JSON text.
    pub(crate) fn text(&self) -> Response {
        let between = if self.help.is_empty() { "" } else { "; " };
        self.with_headers(reply::refused(self.status, &format!("{}{between}{}", self.message, self.help)))
    }

    /// As a page.
    pub(crate) fn page(&self) -> Response {
        if self.token_needed() {
            return self.with_headers(site::door());
        }
        self.with_headers(page::message(self.status, &self.message, &self.help))
    }

    fn with_headers(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(retry_after_s) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(retry_after_s));
        }
        response
    }
}
