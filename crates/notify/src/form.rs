//! A form, submitted as a browser does when somebody presses a button.

use std::time::{Duration, Instant};

use bytes::Bytes;
use evenkeel_model::TlsOptions;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};

use crate::address::Allowed;
use crate::failure::HttpError;
use crate::http_client::{Answer, Call, Deadline, HttpClient};
use crate::target::Target;

impl HttpClient {
    /// POSTs a form in its encoded shape, `act=acknowledge`, to an address that was given, following no redirect. It is
    /// sent once, on a connection of its own: a button pressed twice is something else than one pressed once.
    ///
    /// # Errors
    /// [`HttpError`] when no answer arrived within `timeout`. What of its body came too late, or is more than
    /// `body_limit`, is missing.
    pub async fn submit(url: &str, form: &str, timeout: Duration, body_limit: usize) -> Result<Answer, HttpError> {
        let start = Instant::now();
        let target = Target::read(url, Allowed::Literal)?;
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let call = Call {
            method: Method::POST,
            target: &target,
            headers: HeaderMap::from_iter([(CONTENT_TYPE, kind)]),
            body: Bytes::copy_from_slice(form.as_bytes()),
            tls: &TlsOptions::default(),
            deadline: Deadline::after(timeout),
            body_limit,
            body_for: timeout,
        };
        let raw = Self::new().call(&call).await?;
        Ok(Answer { status: raw.status, body: raw.body, took: start.elapsed() })
    }
}
