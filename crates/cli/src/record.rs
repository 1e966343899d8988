//! `evenkeel record …`: tells the server what happened outside.
//!
//! What is said is held against the kind's declaration before it is sent, so that a slip is answered at once and with
//! what was meant.

mod answer;
mod args;
mod file;
mod kinds;
mod text;

use evenkeel_fact::IncomingFact;
use serde_json::{Value, json};

pub use args::{RecordArgs, RecordFile};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, object, read};
use answer::Recorded;

const PATH: &str = "/api/v1/facts";
/// So many facts are sent at once.
const FACTS_PER_REQUEST: usize = 500;
/// Stands in while what is said is checked, where the server is to make the key.
const NO_KEY: &str = "none";

impl RecordArgs {
    /// What is printed without asking a server, if that is what is wanted.
    ///
    /// # Errors
    /// [`Wrong`] when there is no such kind.
    pub fn listed(&self) -> Option<Result<String, Wrong>> {
        match (self.kinds, self.fields_of, &self.kind) {
            (true, _, _) => Some(Ok(kinds::all(self.remote.format))),
            (false, true, Some(kind)) => Some(kinds::fields(kind, self.remote.format)),
            (false, _, _) => None,
        }
    }
}

impl ClientCommand for RecordArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        match &self.file {
            Some(file) => {
                let facts = file::facts(self.kind.as_deref(), &file.text)?;
                Ok(facts.chunks(FACTS_PER_REQUEST).map(|facts| Request::post(PATH, json!(facts))).collect())
            }
            None => Ok(vec![Request::post(PATH, self.fact(cx)?)]),
        }
    }

    fn show(&self, answer: &Value, _cx: &Context) -> Result<Shown, serde_json::Error> {
        Ok(Shown::good(text::recorded(&read::<Recorded>(answer)?)))
    }
}

impl RecordArgs {
    /// The fact that the command line says.
    fn fact(&self, cx: &Context) -> Result<Value, Wrong> {
        let kind = self.kind.as_deref().unwrap_or_default();
        let at = self.at.map(|at| at.instant(cx));
        let envelope = [
            ("key", Some(self.key.as_deref().unwrap_or(NO_KEY))),
            ("workload", self.workload.as_deref()),
            ("team", self.team.as_deref()),
            ("person", self.person.as_deref()),
        ];
        let said = envelope.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let pairs = said.chain(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let fact = IncomingFact::from_pairs(kind, "cli", pairs, Some(at.unwrap_or(cx.now)));
        let fact = fact.map_err(|faults| kinds::wrong(kind, &faults))?;
        let mut body = object([
            ("kind", Some(json!(kind))),
            ("key", self.key.as_ref().map(|key| json!(key))),
            ("at", at.map(|at| json!(at.to_string()))),
            ("workload", self.workload.as_ref().map(|name| json!(name))),
            ("team", self.team.as_ref().map(|name| json!(name))),
            ("person", self.person.as_ref().map(|name| json!(name))),
        ]);
        if let Value::Object(members) = &mut body {
            members.extend(fact.fields.iter().map(|(name, value)| (name.to_string(), json!(value))));
        }
        Ok(body)
    }
}
