//! Why a request is not let in or not taken, said as each client reads it: an object for our own API, a page for
//! browsers, one JSON text for Alertmanager's clients.

use axum::response::Response;
use http::header::{HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{StatusCode, Uri};
use serde::Serialize;

use crate::{Unavailable, page, reply, site};

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

#[derive(Serialize)]
struct Shown<'a> {
    error: Fault<'a>,
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'a str,
    message: &'a str,
    help: &'a str,
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
        if path.starts_with("/api/v1/") || path == "/events" || path.starts_with("/hooks/") {
            self.object()
        } else if site::is_page(path) || ["/login/", "/logout", "/p/"].iter().any(|start| path.starts_with(start)) {
            self.page()
        } else {
            self.text()
        }
    }

    /// As our own API says it.
    pub(crate) fn object(&self) -> Response {
        let error = Fault { code: self.code, message: &self.message, help: &self.help };
        self.with_headers(reply::json(self.status, &Shown { error }))
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
