//! The HTTP face: Alertmanager's API version 2, health, metrics, and one page that says what this is.
//!
//! The binary implements [`Desk`] over the engine and serves [`router`]. Nothing in here decides
//! anything: a handler decodes, hands an input in or looks, and renders the answer.

mod desk;
mod options;
mod router;

pub use desk::{Desk, Health, Unavailable};
pub use options::Options;
pub use router::router;
