//! `POST /facts`: what happened outside, told by whoever may report.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use evenkeel_fact::IncomingFact;
use evenkeel_identity::Identity;
use evenkeel_record::Hash;
use evenkeel_time::Timestamp;
use http::{Request, StatusCode};
use serde_json::{Map, Value};

use crate::app::App;
use crate::openapi::problems::FACT;
use crate::openapi::shapes::Facts;
use crate::openapi::{Given, Operation, Tag};
use crate::refused::Refused;
use crate::telling::Told;
use crate::{Desk, body, reply, telling};

/// A thousand facts with all that they may say.
const BYTES_MAX: usize = 4 << 20;
/// So many facts may come at once.
const FACTS_MAX: usize = 1000;
/// So many faults are spelled out.
const FAULTS_MAX: usize = 20;
/// Where commits are told from that Evenkeel reads itself.
pub(crate) const OPS_REPO: &str = "ops-repo";
const COMMIT: &str = "commit";

/// `POST /facts`
pub(crate) const REPORT: Operation = Operation::post("/api/v1/facts", "reportFacts", Tag::Facts)
    .says(
        "Tells what happened outside",
        "One fact, or a list of at most 1,000, up to 4 MiB. All are taken, or none, so it can be corrected and sent again. Nothing \
         is done because of a fact: it makes no page, acknowledgement, approval, attestation or token.",
    )
    .takes::<Facts>(r#"{"kind":"drill","key":"2026-01","sort":"restore","outcome":"passed"}"#)
    .answers(&[Given::json::<Told>("what became of each, in order")])
    .refuses(&[FACT]);

/// Takes one fact or a list of them.
pub(crate) async fn post<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let now = app.desk.health().now;
    let facts = read(app, caller, request, now).await?;
    reported(app, &facts)?;
    let told = telling::tell(app, caller, facts).await?;
    Ok(reply::json(StatusCode::OK, &told))
}

/// What is known by observing is not told by others.
pub(crate) fn reported<D: Desk>(app: &App<D>, facts: &[IncomingFact]) -> Result<(), Refused> {
    let commits = facts.iter().any(|fact| &*fact.kind == COMMIT);
    if !commits || !app.desk.look(|engine, _| engine.plan().commit.is_some()) {
        return Ok(());
    }
    let message = "commits of the ops repo are read from it, and not told";
    let help = "leave them out; `push` and `merge` are for other repositories";
    Err(Refused::new(StatusCode::BAD_REQUEST, "read-from-the-ops-repo", message).help(help))
}

/// Who tells: the source the token is bound to, else the caller as records name them.
pub(crate) fn source(caller: &Identity) -> Arc<str> {
    caller.source.clone().unwrap_or_else(|| caller.actor.0.clone())
}

async fn read<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
    now: Timestamp,
) -> Result<Vec<IncomingFact>, Refused> {
    let held = body::read(app, request, BYTES_MAX).await?;
    let value = serde_json::from_slice(&held.bytes).map_err(|error| malformed(format!("no JSON: {error}")))?;
    let listed = if let Value::Array(listed) = value { listed } else { vec![value] };
    if listed.len() > FACTS_MAX {
        let message = format!("more than {FACTS_MAX} facts at once");
        return Err(
            Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "too-many-facts", message).help("send several requests")
        );
    }
    let source = source(caller);
    let mut facts = Vec::with_capacity(listed.len());
    let mut faults = Vec::new();
    for (place, value) in listed.into_iter().enumerate() {
        match one(value, &source, now) {
            Ok(fact) => facts.push(fact),
            Err(wrong) => faults.extend(wrong.into_iter().map(|fault| format!("fact {place}: {fault}"))),
        }
    }
    if faults.is_empty() { Ok(facts) } else { Err(invalid(&faults)) }
}

/// A fact whose envelope and fields stand side by side; without a key, its content is the key.
fn one(value: Value, source: &str, now: Timestamp) -> Result<IncomingFact, Vec<String>> {
    let Value::Object(mut data) = value else { return Err(vec!["a fact is an object".to_owned()]) };
    let Some(Value::String(kind)) = data.remove("kind") else {
        return Err(vec!["`kind` is missing; `evenkeel record --kinds` lists the kinds".to_owned()]);
    };
    // Whoever writes nothing says nothing.
    data.retain(|_, value| !value.is_null());
    if !data.contains_key("key") {
        let at = if data.contains_key("at") { None } else { Some(now) };
        data.insert("key".to_owned(), Value::from(content_key(&kind, &data, at)));
    }
    let fact = IncomingFact::from_json(&kind, source, &data, Some(now));
    fact.map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// The same thing at the same time has the same key; members of objects are in order.
fn content_key(kind: &str, data: &Map<String, Value>, at: Option<Timestamp>) -> String {
    const BYTES: usize = 12;
    let said = Value::Object(data.clone()).to_string();
    let at = at.map(|at| at.to_string()).unwrap_or_default();
    let Hash(hash) = Hash::of(&[kind.as_bytes(), b"\0", at.as_bytes(), b"\0", said.as_bytes()]);
    let mut key = "told:".to_owned();
    for byte in hash.iter().take(BYTES) {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

fn invalid(faults: &[String]) -> Refused {
    let more = faults.len().saturating_sub(FAULTS_MAX);
    let mut message = faults.iter().take(FAULTS_MAX).cloned().collect::<Vec<_>>().join("; ");
    if more > 0 {
        message = format!("{message}; and {more} more");
    }
    let help = "nothing was taken; correct it, and send all of it again";
    Refused::new(StatusCode::BAD_REQUEST, "invalid-fact", message).help(help)
}

fn malformed(what: String) -> Refused {
    let help = r#"send an object such as {"kind":"drill","key":"2026-01","sort":"restore","outcome":"passed"}, or a list of such"#;
    Refused::new(StatusCode::BAD_REQUEST, "malformed", format!("the request body is {what}")).help(help)
}
