//! Series that lie in a Prometheus-compatible server elsewhere: read by its HTTP API, appended by remote write.
//!
//! ```text
//! Querier::select ─▶ /api/v1/query of `{…}[5m]` at an instant ─▶ samples as they were sent
//! append ──────────▶ remote write
//! ```
//!
//! A selector with a range, asked at an instant, gives samples as they are on Prometheus, Mimir, Thanos and VictoriaMetrics
//! alike. Every request has a deadline, is tried again where that may help, and an answer that says of itself that it is
//! partial is a fault unless it is allowed: no data and half the data are different things.
#![expect(clippy::disallowed_methods, reason = "edge: waits for a server, between two tries too")]

mod answer;
mod ask;
mod selector;
mod store;
mod write;

pub use store::{OutsideOptions, OutsideStore};
pub use write::NotWritten;
