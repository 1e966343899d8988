//! POSTs a body to an integration's address: credentials, redirects, and what the answer means.

use std::time::{Duration, SystemTime};

use base64::Engine;
use bytes::Bytes;
use evenkeel_alerting::Retry;
use evenkeel_model::{HttpAuth, HttpOptions, TlsOptions};
use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::address::Allowed;
use crate::connection::Raw;
use crate::failure::{Failure, Fault};
use crate::http_client::{Call, Deadline, HttpClient};
use crate::scrub::Scrub;
use crate::secrets;
use crate::target::Target;

/// What to POST where.
#[derive(Debug)]
pub(crate) struct Post<'a> {
    pub(crate) target: Target,
    pub(crate) options: &'a HttpOptions,
    pub(crate) idempotency_key: &'a str,
    pub(crate) body: Bytes,
    pub(crate) deadline: Deadline,
    /// What must not show up in a reason.
    pub(crate) scrub: Scrub,
}

/// A 2xx answer.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) raw: Raw,
    pub(crate) place: String,
    pub(crate) scrub: Scrub,
}

const HOPS_MAX: usize = 5;
/// So much of an answer is read: for the reason when it is bad, to keep the connection when it is good.
const BODY_BYTES_MAX: usize = 4096;
/// A head without its body is good enough after this long.
const BODY_FOR: Duration = Duration::from_secs(2);
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl Post<'_> {
    /// Sends it, following redirects where that is allowed.
    pub(crate) async fn send(mut self, client: &HttpClient) -> Result<Accepted, Failure> {
        let mut scrub = std::mem::take(&mut self.scrub);
        let first = self.target.clone();
        let authorization = self.authorization(&first, &mut scrub).await?;
        let mut target = first.clone();
        for _ in 0..=HOPS_MAX {
            if target.path.as_str().len() > 1 {
                scrub.add_path(target.path.as_str());
            }
            let at_home = target.same_origin(&first);
            let mut headers = self.headers();
            if let Some(value) = authorization.as_ref().filter(|_| at_home) {
                headers.insert(AUTHORIZATION, value.clone());
            }
            // Client certificate, name and leniency are meant for the address they were written for.
            let abroad = TlsOptions { ca_file: self.options.tls.ca_file.clone(), ..TlsOptions::default() };
            let raw = client
                .call(&Call {
                    method: Method::POST,
                    target: &target,
                    headers,
                    body: self.body.clone(),
                    tls: if at_home { &self.options.tls } else { &abroad },
                    deadline: self.deadline,
                    body_limit: BODY_BYTES_MAX,
                    body_for: BODY_FOR,
                })
                .await?;
            match raw.status {
                200..=299 => return Ok(Accepted { raw, place: target.place(), scrub }),
                307 | 308 if self.options.follow_redirects => target = redirected(&target, &first, &raw)?,
                _ => return Err(refused(&target, &raw, &scrub)),
            }
        }
        Err(Failure::lasting(format!("{}: more than {HOPS_MAX} redirects", first.place())))
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(key) = HeaderValue::from_str(self.idempotency_key) {
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        headers
    }

    async fn authorization(&self, target: &Target, scrub: &mut Scrub) -> Result<Option<HeaderValue>, Failure> {
        let text = match (&self.options.auth, &target.basic) {
            (Some(HttpAuth::Basic { username, password }), _) => {
                let password = match password {
                    Some(password) => secrets::read(password).await?,
                    None => String::new(),
                };
                scrub.add(&password);
                let pair = base64::engine::general_purpose::STANDARD.encode(format!("{username}:{password}"));
                scrub.add(&pair);
                format!("Basic {pair}")
            }
            (Some(HttpAuth::Authorization { scheme, credentials }), _) => {
                let credentials = secrets::read(credentials).await?;
                scrub.add(&credentials);
                format!("{scheme} {credentials}")
            }
            (None, Some(basic)) => {
                scrub.add(basic);
                format!("Basic {basic}")
            }
            (None, None) => return Ok(None),
        };
        let value = HeaderValue::from_str(&text);
        let mut value =
            value.map_err(|_| Failure::lasting("the credentials have characters that no header may have"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

/// Where a redirect leads. Back to where the configuration points is allowed, anything else is guarded.
pub(crate) fn redirected(from: &Target, first: &Target, raw: &Raw) -> Result<Target, Failure> {
    let place = from.place();
    let location = raw.headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| Failure::lasting(format!("{place}: a redirect to nowhere")))?;
    let scheme = if from.https { "https" } else { "http" };
    let absolute = match location {
        _ if location.starts_with("//") => format!("{scheme}:{location}"),
        _ if location.starts_with('/') => format!("{scheme}://{}{location}", from.authority()),
        _ if location.contains("://") => location.to_owned(),
        _ => {
            let folder = from.path.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{scheme}://{}{folder}/{location}", from.authority())
        }
    };
    let mut target = Target::read(&absolute, Allowed::Guarded)
        .map_err(|error| Failure::lasting(format!("{place}: a redirect to what is {}", error.reason)))?;
    if from.https && !target.https {
        return Err(Failure::lasting(format!("{place}: a redirect from https to http is not followed")));
    }
    if target.host == first.host && target.port == first.port {
        target.allowed = Allowed::Literal;
    }
    Ok(target)
}

/// What an answer other than 2xx means.
fn refused(target: &Target, raw: &Raw, scrub: &Scrub) -> Failure {
    let (place, status) = (target.place(), raw.status);
    let said = scrub.clean(&raw.body);
    let colon = if said.is_empty() { "" } else { ": " };
    match status {
        301..=303 => Failure::lasting(format!(
            "{place}: status {status}, a redirect that would turn the POST into a GET; configure the final address"
        )),
        300..=399 => Failure::lasting(format!("{place}: status {status}, a redirect that is not followed")),
        429 | 500..=599 => {
            let retry = retry_after(&raw.headers, SystemTime::now()).map_or(Retry::Yes, Retry::After);
            Failure { reason: format!("{place}: status {status}{colon}{said}"), retry }
        }
        _ => Failure::lasting(format!("{place}: status {status}{colon}{said}")),
    }
}

/// `Retry-After` in seconds or as a date, at most a day.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<evenkeel_time::Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(now).map_or(0, |wait| wait.as_secs()),
    };
    Some(evenkeel_time::Duration::secs(i64::try_from(seconds.min(86_400)).ok()?))
}

/// The failure of an exchange whose answer was good but did not arrive whole.
pub(crate) fn incomplete(accepted: &Accepted) -> Failure {
    let error = crate::HttpError {
        fault: Fault::Broken,
        place: accepted.place.clone(),
        reason: "the answer broke off".to_owned(),
    };
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_notations() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 30);
        let wait = |text: &'static str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
            retry_after(&headers, now).map(|wait| wait.to_string())
        };
        assert_eq!(wait("120").as_deref(), Some("2m"));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT").as_deref(), Some("30s"));
        assert_eq!(wait("Sun, 06 Nov 1994 08:40:00 GMT").as_deref(), Some("0s"));
        assert_eq!(wait("99999999999").as_deref(), Some("1d"));
        assert_eq!(wait("soon"), None);
    }
}
