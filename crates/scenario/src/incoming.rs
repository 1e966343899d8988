//! Alerts and silences as scripts write them.

use evenkeel_engine::{IncomingAlert, IncomingSilence};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_time::{Duration, Timestamp};

use crate::notation::labels;
use crate::script::span;

/// What instants of a script are on the wall clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The beginning of the script.
    pub base: Timestamp,
    /// The present.
    pub now: Timestamp,
}

impl Clock {
    fn at(self, text: &str) -> Result<Timestamp, String> {
        span(text).map(|since: Duration| self.base + since)
    }
}

/// The alerts of one request, `A{instance=1} start=-10m end=1h summary:high; B resolved`.
pub fn alerts(text: &str, clock: Clock) -> Result<Vec<IncomingAlert>, String> {
    text.split(';').map(|one| alert(one.trim(), clock)).collect()
}

fn alert(text: &str, clock: Clock) -> Result<IncomingAlert, String> {
    let mut words = text.split_whitespace();
    let labels = labels(words.next().ok_or("which alert?")?)?;
    let mut alert = IncomingAlert { labels, ..IncomingAlert::default() };
    let mut said = Vec::new();
    for word in words {
        if word == "resolved" {
            alert.ends_at = Some(clock.now);
        } else if let Some(at) = word.strip_prefix("start=") {
            alert.starts_at = Some(clock.at(at)?);
        } else if let Some(at) = word.strip_prefix("end=") {
            alert.ends_at = Some(clock.at(at)?);
        } else if let Some(url) = word.strip_prefix("url=") {
            alert.generator_url = url.into();
        } else {
            said.push(word.split_once(':').ok_or_else(|| format!("`{word}` is nothing an alert says"))?);
        }
    }
    alert.annotations = LabelSet::new(said);
    Ok(alert)
}

/// A silence with its name, `S1 alertname="A" from 1h until 2h`, or `for 2h`.
pub fn silence(text: &str, clock: Clock) -> Result<(String, IncomingSilence), String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, matchers) = (words.first().ok_or("which silence?")?, words.get(1).ok_or("what is silenced?")?);
    let said = |word: &str| words.iter().position(|known| *known == word).and_then(|at| words.get(at + 1));
    let starts_at = said("from").map_or(Ok(clock.now), |at| clock.at(at))?;
    let ends_at = match (said("until"), said("for")) {
        (Some(at), _) => clock.at(at)?,
        (None, Some(length)) => starts_at + span(length)?,
        (None, None) => return Err("until when?".to_owned()),
    };
    let matchers = parse_matchers(matchers).map_err(|error| error.message)?;
    let (created_by, comment) = ("ann".into(), "planned work".into());
    Ok(((*name).to_owned(), IncomingSilence { id: None, matchers, starts_at, ends_at, created_by, comment }))
}
