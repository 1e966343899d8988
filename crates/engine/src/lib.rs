//! The decision core: composes the domains, handles one input to quiescence, and drives the journal.
//!
//! ```text
//!  Input ─▶ Engine::handle ─▶ records ─▶ State::apply ─┐     Driver::step
//!              ▲                                       │     1. handle each input
//!              └────── due deadlines, until quiet ◀────┘     2. commit all records at once
//!                                                            3. release answers and effects
//! ```
//!
//! Nothing in here blocks, reads a clock or walks a hash map; [`Driver`] talks to the disk through the
//! [`Journal`] port only. Runs and the gate join as further domains beside `alerting` and
//! `incident`: a field of [`State`], variants of [`Input`] and of the record's body, a reaction in
//! [`Engine::handle`].

mod access;
mod adoption;
mod alerts;
mod driver;
mod engine;
mod expected;
mod incidents;
mod input;
mod journal;
mod ledger;
mod state;
mod subscribing;

pub use driver::{CommitFailed, Driver, Released, Salts};
pub use engine::{Batch, Engine, Limits};
pub use evenkeel_alerting::{
    Alert, Context, Deadline, Group, IncomingAlert, IncomingSilence, InvalidAlert, Message, MessageAlert, Notice,
    Outcome, Retry, Silence, SilenceRefusal, SilenceState,
};
pub use evenkeel_fact::{FactFault, IncomingFact};
pub use evenkeel_ledger::{
    FactRefusal, FactRefused, IncomingAttestation, IncomingImprovement, IncomingMilestone, Judged, LedgerRefusal,
    Taken, Told,
};
pub use evenkeel_subscription::SubscriptionRefusal;
pub use input::{Answer, Effect, Input, Refusal, Submission, Subscribed, SubscriptionInput};
pub use journal::{Journal, Snapshot, Stored};
pub use state::{STATE_VERSION, State};
