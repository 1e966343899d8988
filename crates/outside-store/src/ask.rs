//! One question to the server: with a deadline, and tried again where that may help.

use std::time::{Duration, Instant};

use evenkeel_metric::ReadFault;
use evenkeel_notify::{Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;

use crate::OutsideStore;
use crate::answer::data;

/// Between the first tries; then as often as the deadline allows, each wait twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

impl OutsideStore {
    /// Asks a path of the API with these parameters.
    pub(crate) fn ask<T: DeserializeOwned>(&self, path: &str, parameters: &[(&str, String)]) -> Result<T, ReadFault> {
        let pairs = parameters.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let url = format!("{}/api/v1/{path}?{}", self.options.url, pairs.collect::<Vec<_>>().join("&"));
        let until = Instant::now() + self.options.timeout;
        let mut wait = FIRST_WAIT;
        loop {
            let (fault, again) = match self.once(&url, until.saturating_duration_since(Instant::now())) {
                Ok((status, body)) => match data(status, &body, self.options.allow_partial) {
                    Ok(data) => return Ok(data),
                    // The same question will be answered the same by whoever understood it.
                    Err(fault) => (fault, status == 429 || status >= 500),
                },
                Err(fault) => (fault, true),
            };
            if !again || Instant::now() + wait >= until {
                return Err(fault);
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
    }

    fn once(&self, url: &str, timeout: Duration) -> Result<(u16, Vec<u8>), ReadFault> {
        let request = Request {
            method: Method::Get,
            url,
            bearer: self.options.token.as_deref(),
            body: None,
            headers: &[],
            timeout,
            body_limit: self.options.answer_bytes_max,
        };
        let answer = self.runtime.block_on(self.client.repeatable(request));
        let answer = answer.map_err(|error| ReadFault::Unavailable(error.to_string().into()))?;
        Ok((answer.status, answer.body))
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
