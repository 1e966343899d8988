//! The ops repo resolved: documents, already parsed, become a [`Plan`] with diagnostics.
//!
//! Nothing here reads files or text formats; `formats` does that and hands over documents with spans.

pub mod codes;
pub mod document;
mod hash;
mod plan;
mod probe;
mod quote;
mod receiver;
mod resolve;
mod route;
mod secret;
mod watch;

pub use hash::plan_hash;
pub use plan::{InhibitRule, LastResort, Plan};
pub use probe::{Probe, ProbeExpect};
pub use quote::quoted;
pub use receiver::{
    EmailReceiver, FileReceiver, HttpAuth, HttpOptions, Integration, Receiver, SlackReceiver, TlsOptions, Transport,
    WebhookReceiver,
};
pub use resolve::{Missing, Resolved, resolve};
pub use route::{GroupBy, Route, RouteTree};
pub use secret::{Secret, SecretRef};
pub use watch::{ExpectedAlert, Heartbeat};
