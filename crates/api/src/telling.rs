//! Hands facts in, and says what became of each.

mod refused;

use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_fact::IncomingFact;
use evenkeel_identity::Identity;
use evenkeel_ledger::Taken;
use evenkeel_record::Origin;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, commanding};

pub(crate) use refused::{ledger, not_taken};

/// What became of facts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FactsTold")]
pub(crate) struct Told {
    pub(crate) facts: Vec<ShownFact>,
}

/// What became of one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FactTold")]
pub(crate) struct ShownFact {
    id: String,
    kind: String,
    key: String,
    told: &'static str,
}

/// Hands facts in; gives what became of each once that is durable. All are taken, or none.
pub(crate) async fn tell<D: Desk>(app: &App<D>, caller: &Identity, facts: Vec<IncomingFact>) -> Result<Told, Refused> {
    if facts.is_empty() {
        return Ok(Told { facts: Vec::new() });
    }
    let names: Vec<_> = facts.iter().map(|fact| (fact.kind.to_string(), fact.key.to_string())).collect();
    let input = Input::Report { facts, origin: Origin::Reported };
    match app.submit(caller, input).await? {
        Ok(Answer::Facts(taken)) => Ok(Told { facts: names.into_iter().zip(taken).map(shown).collect() }),
        Ok(_) => Err(commanding::not_shown()),
        Err(Refusal::Ledger(refusal)) => Err(not_taken(&refusal, app.desk.health().now)),
        Err(other) => Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
}

fn shown(((kind, key), taken): ((String, String), Taken)) -> ShownFact {
    ShownFact { id: taken.id.to_string(), kind, key, told: taken.told.as_str() }
}
