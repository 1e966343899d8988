//! What the commands share that ask a running server: where it is, how a command becomes a request, and how its answer
//! is shown.
//!
//! Nothing in here is sent or printed. A command gives requests as values; whoever sends them hands each answer back and
//! gets text. So every command can be tried without a network, a clock or a terminal.

mod answer;
mod context;
mod ending;
mod id;
mod name;
mod printable;
mod refusal;
mod remote;
mod request;
mod shown;
mod table;
mod when;

use serde_json::Value;

pub(crate) use answer::{Instant, read, retain};
pub use context::Context;
pub(crate) use context::Tone;
pub use ending::Ending;
pub(crate) use id::{
    attestation_id, improvement_id, incident_id, override_id, problem_id, silence_id, silence_uuid, token_id, update_id,
};
pub(crate) use name::{asked, person_name, schedule_name, team_name, workload_name};
pub(crate) use printable::{indented, line};
pub use refusal::{Refusal, refusal};
pub use remote::Remote;
pub use request::{Method, Request};
pub(crate) use request::{encoded, object};
pub(crate) use shown::unsteering;
pub use shown::{Shown, json};
pub(crate) use table::Table;
pub use when::When;

/// A command that asks a server.
pub trait ClientCommand {
    /// What is asked, in this order, each after the one before was answered well.
    ///
    /// # Errors
    /// [`Wrong`] when the command line says something that cannot be.
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong>;

    /// What is asked next, now that this is known; then the answer to that is what is shown.
    ///
    /// # Errors
    /// When the answer is not as agreed.
    fn follow_up(&self, _answer: &Value, _cx: &Context) -> Result<Option<Request>, serde_json::Error> {
        Ok(None)
    }

    /// The part of the answer that is shown, to programs too.
    fn select(&self, answer: Value, _cx: &Context) -> Value {
        answer
    }

    /// The answer for people.
    ///
    /// # Errors
    /// When the answer is not as agreed.
    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error>;
}

/// The command line says something that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Wrong {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
