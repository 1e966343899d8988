//! How often each caller may call: bounded, generous, and said in every answer.
//!
//! A caller is a token, a logged-in browser's token, or whatever has no token at one address. Alerts, deliveries of forges
//! and probes are not counted: what they may take is bounded by what can be made durable.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::response::Response;
use evenkeel_time::Timestamp;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::refused::Refused;

/// Calls are counted over this long. Units: seconds.
const WINDOW_S: i64 = 60;
/// Further callers share one count: nobody makes this grow by inventing callers.
const CALLERS_MAX: usize = 4096;
const OTHERS: &str = "others";

/// How often each caller has called lately.
#[derive(Debug)]
pub(crate) struct Rates {
    calls_max: u32,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    /// When the present window began. Units: seconds.
    since_s: i64,
    calls: BTreeMap<String, u32>,
}

/// How many calls a caller has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    calls_max: u32,
    calls: u32,
    /// Until the window ends. Units: seconds.
    reset_s: u64,
}

impl Rates {
    pub(crate) fn new(calls_max: u32) -> Self {
        Self { calls_max, counted: Mutex::default() }
    }

    /// Counts a call; `Err` when there were too many.
    pub(crate) fn count(&self, caller: &str, now: Timestamp) -> Result<Left, (Left, Refused)> {
        let now_s = now.0.div_euclid(1000);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if !(counted.since_s..counted.since_s.saturating_add(WINDOW_S)).contains(&now_s) {
            *counted = Counted { since_s: now_s - now_s.rem_euclid(WINDOW_S), calls: BTreeMap::new() };
        }
        let reset_s = u64::try_from(counted.since_s + WINDOW_S - now_s).unwrap_or(1).max(1);
        let known = counted.calls.contains_key(caller) || counted.calls.len() < CALLERS_MAX;
        let calls = counted.calls.entry(if known { caller } else { OTHERS }.to_owned()).or_default();
        let over = *calls >= self.calls_max;
        *calls = calls.saturating_add(1).min(self.calls_max);
        let left = Left { calls_max: self.calls_max, calls: self.calls_max - *calls, reset_s };
        if over { Err((left, left.refused())) } else { Ok(left) }
    }
}

impl Left {
    fn refused(self) -> Refused {
        let message = format!("more than {} calls within a minute", self.calls_max);
        let help = "`RateLimit-Reset` says when there is room; `/api/v1/stream` spares asking again and again";
        Refused::new(StatusCode::TOO_MANY_REQUESTS, "too-many-calls", message).help(help).later(self.reset_s)
    }

    /// Says it in the headers of an answer: in those that are common, and in those of the draft of the IETF.
    pub(crate) fn said(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        let mut say = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        let Self { calls_max, calls, reset_s } = self;
        say("ratelimit-limit", calls_max.to_string());
        say("ratelimit-remaining", calls.to_string());
        say("ratelimit-reset", reset_s.to_string());
        say("ratelimit-policy", format!("\"calls\";q={calls_max};w={WINDOW_S}"));
        say("ratelimit", format!("\"calls\";r={calls};t={reset_s}"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_so_many_calls_a_minute() {
        let rates = Rates::new(2);
        let at = |ms: i64| Timestamp(1_700_000_000_000 + ms);
        let calls = |caller, ms| rates.count(caller, at(ms)).map(|left| left.calls).map_err(|(left, _)| left.reset_s);
        assert_eq!([calls("a", 0), calls("a", 1), calls("b", 2)], [Ok(1), Ok(0), Ok(1)]);
        // 1,700,000,000 s is 20 s into its minute.
        assert_eq!(calls("a", 10_000), Err(30));
        assert_eq!(calls("a", 40_000), Ok(1));
        assert_eq!(calls("a", -60_000), Ok(1), "a clock that is put back opens a window, and bars nobody");
    }

    #[test]
    fn callers_beyond_those_that_are_counted_share_one_count() {
        let rates = Rates::new(2);
        for number in 0..CALLERS_MAX {
            assert!(rates.count(&number.to_string(), Timestamp(0)).is_ok());
        }
        let new = |name| rates.count(name, Timestamp(0)).is_ok();
        assert_eq!([new("x"), new("y"), new("z"), new("7")], [true, true, false, true]);
    }
}
