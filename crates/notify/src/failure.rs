//! What can go wrong with one attempt, and whether trying again can help.

use evenkeel_alerting::{Outcome, Retry};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct HttpError {
    /// What kind of fault it is, for callers that count or compare.
    pub fault: Fault,
    /// Host and port; never a path.
    pub place: String,
    /// For people; no secret.
    pub reason: String,
}

/// Kinds of faults of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The URL cannot be used.
    Address,
    /// The guard does not let it out.
    Refused,
    /// The name did not resolve.
    Lookup,
    /// No connection.
    Connect,
    /// No agreement on TLS, or a certificate that does not hold.
    Tls,
    /// The connection broke, or what came back is not HTTP.
    Broken,
    /// Nothing, or not everything, came in time.
    Timeout,
}

/// An attempt that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) reason: String,
    pub(crate) retry: Retry,
}

impl Failure {
    /// One that trying again may mend.
    pub(crate) fn passing(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), retry: Retry::Yes }
    }

    /// One that may have arrived all the same.
    pub(crate) fn unsure(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), retry: Retry::Unsure }
    }

    /// One that comes back the same.
    pub(crate) fn lasting(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), retry: Retry::No }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        let retry = match error.fault {
            Fault::Address | Fault::Refused => Retry::No,
            Fault::Lookup | Fault::Connect | Fault::Tls => Retry::Yes,
            Fault::Broken | Fault::Timeout => Retry::Unsure,
        };
        Self { reason: error.to_string(), retry }
    }
}

/// The outcome that the engine is told.
pub(crate) fn outcome(result: Result<(), Failure>) -> Outcome {
    match result {
        Ok(()) => Outcome::Delivered,
        Err(Failure { reason, retry }) => Outcome::Failed { reason, retry },
    }
}
