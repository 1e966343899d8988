//! One try of one probe.

use evenkeel_model::Probe;
use evenkeel_notify::{Answer, HttpClient, HttpError};

/// Asks once. The address stands in the ops repo, so it may be in any network; metadata addresses are refused.
#[derive(Debug, Clone)]
pub struct Prober {
    client: HttpClient,
}

/// What one try gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeResult {
    /// Why it is bad; `None` when good.
    pub fault: Option<Fault>,
    /// For people: `status 503, 200 expected`. Empty when good.
    pub reason: String,
    /// HTTP status, when there was one.
    pub status: Option<u16>,
    /// How long it took to the end of the answer, or until it was given up.
    pub latency_ms: u64,
}

/// Classes of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The address cannot be asked, or may not be.
    Address,
    /// No connection, or a broken answer.
    Connection,
    /// No agreement on TLS.
    Tls,
    /// Not in time.
    Timeout,
    /// Another status.
    Status(u16),
    /// The body lacks the text.
    Body,
    /// Good, but too slow.
    Latency,
}

/// So much of a body is searched.
const BODY_BYTES_MAX: usize = 64 * 1024;

impl ProbeResult {
    /// Whether it is what was expected.
    #[must_use]
    pub fn good(&self) -> bool {
        self.fault.is_none()
    }

    /// The result of a try that a bug ended.
    pub(crate) fn broken_off() -> Self {
        let reason = "a bug in Evenkeel broke the try off".to_owned();
        Self { fault: Some(Fault::Connection), reason, status: None, latency_ms: 0 }
    }
}

impl Prober {
    /// A prober that asks through `client`.
    #[must_use]
    pub fn new(client: HttpClient) -> Self {
        Self { client }
    }

    /// Asks once, within the probe's timeout, and follows no redirect.
    pub async fn probe(&self, probe: &Probe) -> ProbeResult {
        let asked_at = tokio::time::Instant::now();
        let answer = self.client.get(&probe.url, probe.timeout.to_std(), BODY_BYTES_MAX).await;
        let took = answer.as_ref().map_or_else(|_| asked_at.elapsed(), |answer| answer.took);
        let latency_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let status = answer.as_ref().ok().map(|answer| answer.status);
        match judge(probe, answer, latency_ms) {
            Ok(()) => ProbeResult { fault: None, reason: String::new(), status, latency_ms },
            Err((fault, reason)) => ProbeResult { fault: Some(fault), reason, status, latency_ms },
        }
    }
}

fn judge(probe: &Probe, answer: Result<Answer, HttpError>, latency_ms: u64) -> Result<(), (Fault, String)> {
    let answer = answer.map_err(|error| (class(&error), error.reason))?;
    let expect = &probe.expect;
    if answer.status != expect.status {
        return Err((Fault::Status(answer.status), format!("status {}, {} expected", answer.status, expect.status)));
    }
    if let Some(text) = expect.body.as_deref()
        && !contains(&answer.body, text.as_bytes())
    {
        return Err((Fault::Body, format!("body lacks `{text}`")));
    }
    match expect.latency {
        Some(allowed) if i64::try_from(latency_ms).unwrap_or(i64::MAX) > allowed.0 => {
            Err((Fault::Latency, format!("answer took {latency_ms} ms, {} ms allowed", allowed.0)))
        }
        Some(_) | None => Ok(()),
    }
}

fn class(error: &HttpError) -> Fault {
    use evenkeel_notify::Fault as Http;
    match error.fault {
        Http::Address | Http::Refused => Fault::Address,
        Http::Lookup | Http::Connect | Http::Broken => Fault::Connection,
        Http::Tls => Fault::Tls,
        Http::Timeout => Fault::Timeout,
    }
}

fn contains(body: &[u8], text: &[u8]) -> bool {
    text.is_empty() || body.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use evenkeel_labels::LabelSet;
    use evenkeel_model::ProbeExpect;

    use super::*;

    fn check(answer: Result<Answer, HttpError>, latency_ms: u64, expect: Option<(Fault, &str)>) {
        let probe = Probe {
            name: "shop".into(),
            labels: LabelSet::default(),
            annotations: LabelSet::default(),
            url: "http://shop.example/".into(),
            interval: evenkeel_time::Duration::secs(30),
            timeout: evenkeel_time::Duration::secs(2),
            expect: ProbeExpect {
                status: 200,
                body: Some("ok".into()),
                latency: Some(evenkeel_time::Duration::secs(1)),
            },
            failures: 3,
        };
        let seen = judge(&probe, answer, latency_ms).err();
        assert_eq!(seen, expect.map(|(fault, reason)| (fault, reason.to_owned())));
    }

    fn answer(status: u16, body: &str) -> Result<Answer, HttpError> {
        Ok(Answer { status, body: body.as_bytes().to_vec(), took: Duration::ZERO })
    }

    #[test]
    fn status_then_body_then_latency_decide() {
        check(answer(200, "it is ok."), 1000, None);
        check(answer(503, "ok"), 1, Some((Fault::Status(503), "status 503, 200 expected")));
        check(answer(200, "o k"), 5000, Some((Fault::Body, "body lacks `ok`")));
        check(answer(200, "ok"), 1200, Some((Fault::Latency, "answer took 1200 ms, 1000 ms allowed")));
    }

    #[test]
    fn no_answer_is_a_class_and_a_reason_without_the_address() {
        let error = |fault, reason: &str| {
            Err(HttpError { fault, place: "shop.example:80".to_owned(), reason: reason.to_owned() })
        };
        use evenkeel_notify::Fault as Http;
        let refused = "connection refused";
        check(error(Http::Connect, refused), 1, Some((Fault::Connection, refused)));
        let late = "no answer within 2s";
        check(error(Http::Timeout, late), 2000, Some((Fault::Timeout, late)));
        check(error(Http::Tls, "TLS: x"), 1, Some((Fault::Tls, "TLS: x")));
        check(error(Http::Refused, "not allowed"), 1, Some((Fault::Address, "not allowed")));
    }
}
