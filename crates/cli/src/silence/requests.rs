//! Silences that are set or changed.

use evenkeel_time::Timestamp;
use serde_json::{Value, json};

use super::answer::{Matcher, Silence};
use super::args::{Add, Update};
use crate::alert::matchers;
use crate::client::{Context, Request, Wrong, read, silence_uuid};

const PATH: &str = "/api/v2/silences";

/// A new silence.
pub(super) fn add(args: &Add, cx: &Context) -> Result<Request, Wrong> {
    let (start, end) = span(args, cx)?;
    let author = args.author.as_ref().or(cx.user.as_ref()).filter(|author| !author.is_empty());
    let author = author.ok_or_else(|| Wrong::new("who sets the silence is not known", "give `--author NAME`"))?;
    let matchers: Vec<Value> = matchers(&args.matchers)?
        .iter()
        .map(|matcher| {
            let op = matcher.op();
            let (regex, equal) = (op.takes_regex(), op.wants_match());
            json!({ "name": matcher.name(), "value": matcher.value(), "isRegex": regex, "isEqual": equal })
        })
        .collect();
    if matchers.is_empty() {
        return Err(Wrong::new("there is no matcher", "a silence needs one, as `alertname=Down`"));
    }
    let body = json!({
        "matchers": matchers,
        "startsAt": start.to_string(),
        "endsAt": end.to_string(),
        "createdBy": author,
        "comment": args.comment,
    });
    Ok(Request::post(PATH, body))
}

/// From when until when a new silence holds.
pub(super) fn span(args: &Add, cx: &Context) -> Result<(Timestamp, Timestamp), Wrong> {
    let start = args.start.instant(cx);
    args.ending.after(start, cx).map(|end| (start, end))
}

/// Nothing to change is a mistake.
pub(super) fn check(args: &Update) -> Result<(), Wrong> {
    let Update { silence: _, length, until, start, comment, author } = args;
    let times = length.is_some() || until.is_some() || start.is_some();
    if times || comment.is_some() || author.is_some() {
        return Ok(());
    }
    Err(Wrong::new("nothing is to be changed", "give one of `--for`, `--until`, `--start`, `--comment`, `--author`"))
}

/// The silence as it is known, changed.
pub(super) fn update(args: &Update, answer: &Value, cx: &Context) -> Result<Request, serde_json::Error> {
    let known: Silence = read(answer)?;
    let end = args.until.map(|until| until.instant(cx)).or_else(|| args.length.map(|length| cx.now + length));
    let start = args.start.map(|start| start.instant(cx));
    let matcher = |one: &Matcher| json!({ "name": one.name, "value": one.value, "isRegex": one.is_regex, "isEqual": one.is_equal });
    let body = json!({
        "id": silence_uuid(args.silence),
        "matchers": known.matchers.iter().map(matcher).collect::<Vec<_>>(),
        "startsAt": start.unwrap_or(known.starts_at.0).to_string(),
        "endsAt": end.unwrap_or(known.ends_at.0).to_string(),
        "createdBy": args.author.as_ref().unwrap_or(&known.created_by),
        "comment": args.comment.as_ref().unwrap_or(&known.comment),
    });
    Ok(Request::post(PATH, body))
}
