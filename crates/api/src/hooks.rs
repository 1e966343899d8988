//! `POST /hooks/{name}`: what a forge tells, under the signature of its event source.

use axum::body::Body;
use axum::response::Response;
use evenkeel_fact::IncomingFact;
use evenkeel_identity::Identity;
use evenkeel_model::EventSource;
use evenkeel_record::Actor;
use http::{Request, StatusCode, Uri};
use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::events::refused;
use crate::foreign::{Delivered, Unread};
use crate::openapi::problems::FACT;
use crate::openapi::shapes::Delivery;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::refused::Refused;
use crate::telling::ShownFact;
use crate::{Desk, body, reply, telling};

/// A push of two thousand commits.
const BYTES_MAX: usize = 8 << 20;

/// `POST /hooks/{name}`
pub(crate) const TAKE: Operation = Operation::post("/hooks/{name}", "takeDelivery", Tag::Facts)
    .says(
        "Takes a webhook's delivery of GitHub or GitLab",
        "Signed with the secret of the `EventSource` document of that name; no token is needed. What is not used is 202, with a \
         word that says why.",
    )
    .params(&[Param::path("name", Sort::Text(300), "the event source")])
    .takes::<Delivery>(r#"{"action":"published"}"#)
    .answers(&[
        Given::json::<Answered>("what became of the facts in it"),
        Given::json::<Answered>("nothing is used").status(202),
    ])
    .refuses(&[
        FACT,
        &[
            Code::new(400, "malformed"),
            Code::new(401, "not-signed"),
            Code::new(404, "unknown-event-source"),
            Code::new(413, "too-many-events"),
            Code::new(415, "unsupported"),
            Code::new(429, "too-many-wrong-signatures"),
            Code::new(503, "no-secret"),
        ],
    ]);

/// What became of a delivery.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DeliveryTaken")]
struct Answered {
    facts: Vec<ShownFact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<String>,
}

/// Takes one delivery. What is not used is answered 202, with a word for whoever looks at the list of deliveries.
pub(crate) async fn post<D: Desk>(app: &App<D>, request: Request<Body>) -> Result<Response, Refused> {
    let source = source(app, request.uri())?;
    let headers = request.headers().clone();
    if !(app.options.foreign.signed)(&source, &headers) {
        let why = format!("the delivery does not say that it knows the secret of `{}`", source.name);
        return Err(unproven(app, Unread::Unproven(why)).await);
    }
    let now = app.desk.health().now;
    let held = body::read(app, request, BYTES_MAX).await?;
    let foreign = app.options.foreign;
    // The secret may lie in a file.
    let delivered = (foreign.hook)(&source, &headers, &held.bytes, now);
    drop(held);
    let Delivered { mut facts, hints, word } = match delivered {
        Ok(delivered) => delivered,
        Err(unread) => return Err(unproven(app, unread).await),
    };
    facts.extend(news(app, hints));
    let told = telling::tell(app, &sender(&source), facts).await?;
    let status = if word.is_none() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(reply::json(status, &Answered { facts: told.facts, word }))
}

/// Hints by whose key nothing is known.
fn news<D: Desk>(app: &App<D>, mut hints: Vec<IncomingFact>) -> Vec<IncomingFact> {
    if !hints.is_empty() {
        app.desk.look(|engine, _| {
            let known = &engine.state().ledger.facts;
            hints.retain(|hint| known.known(&hint.kind, &hint.key).is_none());
        });
    }
    hints
}

/// The event source that a path names.
fn source<D: Desk>(app: &App<D>, uri: &Uri) -> Result<EventSource, Refused> {
    let segment = uri.path().rsplit('/').next().unwrap_or("");
    let name = percent_decode_str(segment).decode_utf8().unwrap_or_default();
    let source = app.desk.look(|engine, _| engine.plan().catalogue.event_sources.get(&*name).cloned());
    source.ok_or_else(|| {
        let message = format!("the ops repo has no event source `{name}`");
        let help = "name one by a document `kind: EventSource`, and send to `/hooks/` and its name";
        Refused::new(StatusCode::NOT_FOUND, "unknown-event-source", message).help(help)
    })
}

/// As records name who tells.
fn sender(source: &EventSource) -> Identity {
    let actor = Actor(format!("source:{}", source.name).into());
    Identity { actor, source: Some(source.name.clone()), ..Identity::remote() }
}

/// What proves nothing is answered slowly, and only so many at once, as wrong tokens are.
async fn unproven<D: Desk>(app: &App<D>, unread: Unread) -> Refused {
    if !matches!(unread, Unread::Unproven(_)) {
        return refused(&unread);
    }
    app.metrics.unidentified("signature");
    if app.failures.slow_down().await {
        return refused(&unread);
    }
    let message = "too many requests with wrong signatures at once";
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "too-many-wrong-signatures", message).later(1)
}
