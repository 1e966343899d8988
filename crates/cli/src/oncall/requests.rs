//! What each question about who is on call asks of the server.

use evenkeel_time::Timestamp;
use serde_json::json;

use super::args::{OncallVerb, OverrideVerb, Set};
use crate::client::{Context, Request, When, Wrong, encoded, object};

/// The request of a verb.
pub(super) fn request(verb: &OncallVerb, cx: &Context) -> Result<Request, Wrong> {
    Ok(match verb {
        OncallVerb::Now(args) | OncallVerb::Next(args) => {
            Request::get("/api/v1/oncall").with_some("schedule", args.schedule.as_ref())
        }
        OncallVerb::Who(args) => {
            let at = args.at.instant(cx).to_string();
            Request::get("/api/v1/oncall").with("at", &at).with_some("schedule", args.schedule.as_ref())
        }
        OncallVerb::Shifts(args) => {
            let (from, until) = window(&args.from, &args.until, cx)?;
            let path = format!("/api/v1/oncall/{}/shifts", encoded(&args.schedule));
            Request::get(path).with("from", &from.to_string()).with("until", &until.to_string())
        }
        OncallVerb::Gaps(args) => Request::get("/api/v1/oncall/gaps")
            .with("days", &args.days.to_string())
            .with_some("schedule", args.schedule.as_ref()),
        OncallVerb::Load(args) => {
            let (from, until) = window(&args.from, &args.until, cx)?;
            Request::get("/api/v1/oncall/load")
                .with("from", &from.to_string())
                .with("until", &until.to_string())
                .with_some("schedule", args.schedule.as_ref())
        }
        OncallVerb::Override(OverrideVerb::Set(args)) => set(args, cx)?,
        OncallVerb::Override(OverrideVerb::List) => Request::get("/api/v1/overrides"),
        OncallVerb::Override(OverrideVerb::Remove(args)) => {
            Request::delete(format!("/api/v1/overrides/{}", args.id.seq().0))
        }
    })
}

/// Both ends of a window, in order.
pub(super) fn window(from: &When, until: &When, cx: &Context) -> Result<(Timestamp, Timestamp), Wrong> {
    let (from, until) = (from.instant(cx), until.instant(cx));
    if from < until {
        return Ok((from, until));
    }
    let message = format!("`--until` ({}) is not after `--from` ({})", cx.minute(until), cx.minute(from));
    Err(Wrong::new(message, "`+3h` counts from now, not from `--from`"))
}

fn set(args: &Set, cx: &Context) -> Result<Request, Wrong> {
    let from = args.from.instant(cx);
    let until = args.ending.after(from, cx)?;
    let fields = [
        ("person", Some(json!(args.person))),
        ("from", Some(json!(from.to_string()))),
        ("until", Some(json!(until.to_string()))),
        ("replaces", args.replaces.as_ref().map(|name| json!(name))),
        ("reason", args.reason.as_ref().map(|reason| json!(reason))),
    ];
    Ok(Request::post(format!("/api/v1/oncall/{}/overrides", encoded(&args.schedule)), object(fields)))
}
