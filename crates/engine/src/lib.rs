//! Composes the domains.

pub use evenkeel_alerting::{Message, MessageAlert, Outcome, Retry};
