//! What can go wrong with one HTTP exchange, by whether trying again can help.

use std::time::Duration;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct HttpError {
    /// What kind of fault it is, for callers that count or compare.
    pub fault: Fault,
    /// For people; names host and port, no path and no secret.
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
    Timeout(Duration),
}
