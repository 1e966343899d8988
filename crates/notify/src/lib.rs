//! Tells people: sends one notice, page or update through one integration and says how it went.
//!
//! ```text
//!  engine ──Delivery──▶ Pool ──▶ Sender ──▶ webhook ─┐
//!         ◀─(id, Outcome)┘          ├─────▶ slack ───┼─▶ HttpClient ─▶ guard ─▶ connection
//!                                   ├─────▶ ntfy ────┘
//!                                   ├─────▶ email  ────────────────────▶ guard ─▶ SMTP
//!                                   └─────▶ file
//! ```
//!
//! Whether to try again, when, and with what is the engine's decision; here is one attempt. Invariants:
//! 1. Every wait has a deadline, and every attempt ends in exactly one [`Outcome`](evenkeel_alerting::Outcome).
//! 2. A reason names host and port, never a path, a query, a credential, or the link of a page.
//! 3. A connection goes to an address that was checked, without a second lookup.
//! 4. No content of an alert or incident becomes structure: no header, no JSON field, no SMTP command, no markup.

#![expect(clippy::disallowed_methods, reason = "edge: talks to receivers, reads secrets, writes notice files")]

mod address;
mod ask;
mod body;
mod brief;
mod connection;
mod content;
mod email;
#[cfg(test)]
mod example;
mod failure;
mod file;
mod form;
mod guard;
mod host;
#[cfg(test)]
mod hostile;
mod http_client;
mod idle;
mod inert;
mod instant;
mod json;
mod letter;
mod ntfy;
mod plain;
mod pool;
mod post;
mod request;
mod scrub;
mod secrets;
mod sender;
mod slack;
mod stream;
mod subscriber;
mod target;
mod tls;

pub use ask::Asking;
pub use content::{Content, LinkedPage, MessageId};
pub use failure::{Fault, HttpError};
pub use http_client::{Answer, HttpClient};
pub use pool::{Delivery, Drained, KindStats, LATENCY_BOUNDS_MS, Limits, Pool, Stats, Submitted};
pub use request::{Method, Request};
pub use sender::{Sender, SenderOptions};
pub use subscriber::Letter;
