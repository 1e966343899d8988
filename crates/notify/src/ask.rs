//! Asks whether something is at an address, without reading it.

use std::time::Duration;

use bytes::Bytes;
use evenkeel_model::TlsOptions;
use http::HeaderMap;

use crate::address::Allowed;
use crate::failure::{Fault, HttpError};
use crate::http_client::{Call, Deadline, HttpClient};
use crate::post::redirected;
use crate::target::Target;

const HOPS_MAX: usize = 5;

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// For the head of the answer only.
    Head,
    /// For the whole, of which only the head is read: some servers know no other way.
    Get,
}

impl HttpClient {
    /// The status of what is at an address that stands literally in the ops repo. Redirects are followed, up to five,
    /// where the guard lets them; no credential is sent.
    ///
    /// # Errors
    /// [`HttpError`] when no head of an answer arrived within `timeout`.
    pub async fn ask(&self, url: &str, asking: Asking, timeout: Duration) -> Result<u16, HttpError> {
        let first = Target::read(url, Allowed::Literal)?;
        let (mut target, deadline) = (first.clone(), Deadline::after(timeout));
        for _ in 0..=HOPS_MAX {
            let call = Call {
                method: match asking {
                    Asking::Head => http::Method::HEAD,
                    Asking::Get => http::Method::GET,
                },
                target: &target,
                headers: HeaderMap::new(),
                body: Bytes::new(),
                tls: &TlsOptions::default(),
                deadline,
                body_limit: 0,
                body_for: timeout,
            };
            let raw = self.call(&call).await?;
            if !matches!(raw.status, 301..=303 | 307 | 308) {
                return Ok(raw.status);
            }
            let next = redirected(&target, &first, &raw);
            target = next.map_err(|failure| {
                let place = target.place();
                let reason = failure.reason.strip_prefix(&format!("{place}: ")).unwrap_or(&failure.reason).to_owned();
                HttpError { fault: Fault::Broken, place, reason }
            })?;
        }
        Err(first.error(Fault::Broken, format!("more than {HOPS_MAX} redirects")))
    }
}
