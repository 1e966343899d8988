//! `POST /events`: CloudEvents that tell facts.

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use http::{Request, StatusCode};

use crate::app::App;
use crate::foreign::Unread;
use crate::openapi::problems::FACT;
use crate::openapi::shapes::CloudEvents;
use crate::openapi::{Code, Given, Operation, Tag};
use crate::refused::Refused;
use crate::telling::Told;
use crate::{Desk, body, facts, reply, telling};

/// A thousand events with all that they may say.
const BYTES_MAX: usize = 4 << 20;

/// `POST /events`
pub(crate) const TAKE: Operation = Operation::post("/events", "takeEvents", Tag::Facts)
    .says(
        "Tells what happened outside, as CloudEvents 1.0",
        "One event, a batch, or one in `ce-` headers with its data as the body. `type` is `evenkeel.KIND.v1`.",
    )
    .takes::<CloudEvents>(
        r#"{"specversion":"1.0","type":"evenkeel.drill.v1","source":"//ci.example/drills","id":"88","data":{"sort":"restore","outcome":"passed"}}"#,
    )
    .sent_as(&["application/cloudevents+json", "application/cloudevents-batch+json", "application/json"])
    .answers(&[Given::json::<Told>("what became of each, in order")])
    .refuses(&[
        FACT,
        &[
            Code::new(403, "reserved-source"),
            Code::new(413, "too-many-events"),
            Code::new(415, "unsupported"),
        ],
    ]);

/// Takes one event or a batch.
pub(crate) async fn post<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let headers = request.headers().clone();
    let now = app.desk.health().now;
    let held = body::read(app, request, BYTES_MAX).await?;
    let mut told = (app.options.foreign.events)(&headers, &held.bytes, now).map_err(|unread| refused(&unread))?;
    drop(held);
    for fact in &mut told {
        match &caller.source {
            // What a bound token tells is from its source, whatever the event says.
            Some(source) => fact.source = source.clone(),
            None => not_reserved(app, &fact.source)?,
        }
    }
    facts::reported(app, &told)?;
    let told = telling::tell(app, caller, told).await?;
    Ok(reply::json(StatusCode::OK, &told))
}

/// Nobody tells in the name of who proves themself otherwise.
fn not_reserved<D: Desk>(app: &App<D>, source: &str) -> Result<(), Refused> {
    let reserved = source == facts::OPS_REPO
        || app.desk.look(|engine, _| engine.plan().catalogue.event_sources.contains_key(source));
    if !reserved {
        return Ok(());
    }
    let message = format!("`{source}` is the name of a source that proves itself");
    let help = "give the events another `source`, or use a token that is bound to one";
    Err(Refused::new(StatusCode::FORBIDDEN, "reserved-source", message).help(help))
}

/// Why nothing was read, and what to do.
pub(crate) fn refused(unread: &Unread) -> Refused {
    let (status, code, why, help) = match unread {
        Unread::Unsupported(why) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported", why, "send the event as JSON"),
        Unread::TooMany(why) => (StatusCode::PAYLOAD_TOO_LARGE, "too-many-events", why, "send several requests"),
        Unread::Malformed(why) => {
            (StatusCode::BAD_REQUEST, "malformed", why, "nothing was taken; correct it, and send all of it again")
        }
        Unread::Unproven(why) => (
            StatusCode::UNAUTHORIZED,
            "not-signed",
            why,
            "give the webhook the secret of the `EventSource` document of this name",
        ),
        Unread::Unavailable(why) => {
            (StatusCode::SERVICE_UNAVAILABLE, "no-secret", why, "let the server read the secret's file")
        }
    };
    let refused = Refused::new(status, code, why.clone()).help(help);
    if matches!(unread, Unread::Unavailable(_)) { refused.later(60) } else { refused }
}
