//! CloudEvents 1.0 over HTTP, as JSON, in each of their three modes, of the types `evenkeel.<kind>.v1`.
//!
//! ```text
//! type    evenkeel.deployment.v1   the kind of fact
//! source  //ci.example/acme        who tells it
//! id      1723                     the fact's key, unless the data name one
//! time    2026-01-02T03:04:05Z     when it happened; now, if it is left out
//! data    {"key", "workload", "team", "person", and the kind's own fields}
//! ```
//!
//! Whatever is wrong is said, each attribute by its name, since whoever sets up a sender has nothing else to go by.
//! Attributes of extensions are not looked at.
//!
//! Source: CloudEvents 1.0.2: the specification, its HTTP binding, its JSON format.

mod attributes;
mod batch;
mod binary;
mod fact;

use std::fmt;

use evenkeel_fact::IncomingFact;
use evenkeel_time::Timestamp;
use http::HeaderMap;
use serde_json::Value;

use crate::headers::content_type;
use attributes::Attributes;

/// So many events may come at once.
pub const EVENTS_MAX: usize = 1000;
/// So many faults are spelled out.
const FAULTS_MAX: usize = 20;

const STRUCTURED: &str = "application/cloudevents+json";
const BATCH: &str = "application/cloudevents-batch+json";

/// Events that are not taken: none of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFault {
    /// It is no event as JSON.
    Unsupported(String),
    /// There are more than may come at once.
    TooMany,
    /// What is wrong, each on a line.
    Malformed(Vec<String>),
}

impl fmt::Display for EventFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported(why) => f.write_str(why),
            Self::TooMany => write!(f, "more than {EVENTS_MAX} events at once"),
            Self::Malformed(faults) => {
                let more = faults.len().saturating_sub(FAULTS_MAX);
                let said: Vec<&str> = faults.iter().take(FAULTS_MAX).map(String::as_str).collect();
                f.write_str(&said.join("; "))?;
                if more > 0 { write!(f, "; and {more} more faults") } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for EventFault {}

/// The facts that a request's events tell.
///
/// # Errors
/// [`EventFault`] when one of them cannot be understood; then none counts.
pub fn read(headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Vec<IncomingFact>, EventFault> {
    match content_type(headers).as_str() {
        STRUCTURED => {
            let one = Attributes::of_json(json(body)?);
            one.and_then(|one| fact::of(one, now)).map(|one| vec![one]).map_err(EventFault::Malformed)
        }
        BATCH => batch::read(json(body)?, now),
        other if other.starts_with("application/cloudevents") => {
            let why = format!(
                "`{other}` is not read; send `{STRUCTURED}`, `{BATCH}`, or `application/json` with `ce-` headers"
            );
            Err(EventFault::Unsupported(why))
        }
        other if binary::is_one(headers) => binary::read(headers, other, body, now),
        _ => {
            let why = format!(
                "this is no CloudEvent; send `{STRUCTURED}`, `{BATCH}`, or `application/json` with `ce-` headers"
            );
            Err(EventFault::Unsupported(why))
        }
    }
}

fn json(body: &[u8]) -> Result<Value, EventFault> {
    serde_json::from_slice(body).map_err(|error| EventFault::Malformed(vec![format!("the body is no JSON: {error}")]))
}
