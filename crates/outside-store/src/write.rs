//! Series are appended by remote write.

use std::fmt;
use std::time::{Duration, Instant};

use evenkeel_metric::Batch;
use evenkeel_notify::{Method, Request};
use evenkeel_remote_write::{Version, encode};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};

use crate::OutsideStore;

/// Between the first tries; each wait is twice as long as the one before.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const VERSION_HEADER: HeaderName = HeaderName::from_static("x-prometheus-remote-write-version");
const ANSWER_BYTES_MAX: usize = 4 << 10;

/// Why series were not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten(String);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store outside does not take series: {}", self.0)
    }
}

impl std::error::Error for NotWritten {}

impl OutsideStore {
    /// Appends series; blocks until the server took them, or the time is over.
    ///
    /// # Errors
    /// [`NotWritten`].
    pub fn append(&self, batch: &Batch) -> Result<(), NotWritten> {
        let body = encode(Version::V1, batch);
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/x-protobuf")),
            (CONTENT_ENCODING, HeaderValue::from_static("snappy")),
            (VERSION_HEADER, HeaderValue::from_static("0.1.0")),
        ];
        let until = Instant::now() + self.options.timeout;
        let mut wait = FIRST_WAIT;
        loop {
            let request = Request {
                method: Method::Post,
                url: &self.options.write_url,
                bearer: self.options.token.as_deref(),
                body: Some(body.clone()),
                headers: &headers,
                timeout: until.saturating_duration_since(Instant::now()),
                body_limit: ANSWER_BYTES_MAX,
            };
            let (fault, again) = match self.runtime.block_on(self.client.repeatable(request)) {
                Ok(answer) if (200..300).contains(&answer.status) => return Ok(()),
                Ok(answer) => {
                    let said = String::from_utf8_lossy(&answer.body).trim().chars().take(200).collect::<String>();
                    (format!("status {}: {said}", answer.status), answer.status == 429 || answer.status >= 500)
                }
                Err(error) => (error.to_string(), true),
            };
            if !again || Instant::now() + wait >= until {
                return Err(NotWritten(fault));
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
    }
}
