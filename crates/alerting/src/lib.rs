//! Alerts, groups, silences, inhibition, muting and notices: identity, state and decisions.

mod message;

pub use message::{Message, MessageAlert, Outcome, Retry};
