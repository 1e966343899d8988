//! The port: who reads what others send in formats of their own.
//!
//! The binary gives the functions of the edge crate that knows these formats; they are pure, and see headers and bytes.

use evenkeel_fact::IncomingFact;
use evenkeel_model::EventSource;
use evenkeel_time::Timestamp;
use http::HeaderMap;

/// Reads the facts that the CloudEvents of a request tell, by its headers and its body.
pub type ReadEvents = fn(&HeaderMap, &[u8], Timestamp) -> Result<Vec<IncomingFact>, Unread>;

/// Reads what a webhook's delivery tells.
pub type ReadHook = fn(&EventSource, &HeaderMap, &[u8], Timestamp) -> Result<Delivered, Unread>;

/// Reads what others send in formats of their own.
#[derive(Debug, Clone, Copy)]
pub struct Foreign {
    /// The facts that the CloudEvents of a request tell.
    pub events: ReadEvents,
    /// Whether a webhook's delivery says at all that it knows a secret.
    pub signed: fn(&EventSource, &HeaderMap) -> bool,
    /// What a webhook's delivery tells, if it comes from who knows the secret.
    pub hook: ReadHook,
}

/// What a delivery tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Delivered {
    /// Facts.
    pub facts: Vec<IncomingFact>,
    /// Facts that count only where nothing is known by their key: another event tells the same, and more.
    pub hints: Vec<IncomingFact>,
    /// Why there is none, for whoever looks at the sender's list of deliveries.
    pub word: Option<String>,
}

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is of a kind that is not read.
    Unsupported(String),
    /// It is more than is taken at once.
    TooMany(String),
    /// It cannot be understood.
    Malformed(String),
    /// It does not come from who knows the secret.
    Unproven(String),
    /// What it would be checked with is not at hand.
    Unavailable(String),
}
