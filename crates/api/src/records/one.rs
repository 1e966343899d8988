//! `GET /records/{seq}`: one record, and those that it is chained to.

use axum::response::Response;
use evenkeel_ids::Seq;
use evenkeel_pages::RecordFound;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::record;
use crate::app::App;
use crate::openapi::problems::EVIDENCE;
use crate::openapi::shapes::{HashDigits, Record};
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::refused::Refused;
use crate::{Desk, path, reply};

/// `GET /records/{seq}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/records/{seq}", "getRecord", Tag::Records)
    .says("Shows a record", "With the records before and behind it, and whether the three are chained.")
    .params(&[Param::path("seq", Sort::Pattern("^[0-9]{1,19}$"), "the record's number")])
    .answers(&[Given::json::<RecordDetail>("the record")])
    .refuses(&[EVIDENCE, &[Code::new(400, "malformed"), Code::new(404, "unknown-record")]]);

/// A record and its place in the chain.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "the answer is put together round the export's line, so that its hashes can be checked")]
struct RecordDetail {
    #[schemars(with = "Record")]
    record: (),
    #[serde(flatten)]
    place: Place,
}

/// A record's place in the chain.
#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    before: Option<Link>,
    after: Option<Link>,
    /// Whether it names the hash of the one before, and the one behind names its own.
    chained: bool,
}

/// A record by its number and hash.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RecordLink")]
struct Link {
    seq: u64,
    #[schemars(with = "HashDigits")]
    hash: String,
    kind: String,
}

/// Shows one record.
pub(crate) async fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let text = path::name(uri)?;
    let seq = text.parse().map(Seq).map_err(|_| {
        let message = format!("`{text}` is no record's number");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write it as `17`")
    })?;
    let Some(found) = record(app, seq).await? else {
        let message = format!("there is no record {seq}");
        let help = format!("the last one is {}", app.desk.health().head.seq);
        return Err(Refused::new(StatusCode::NOT_FOUND, "unknown-record", message).help(help));
    };
    let before = if seq.0 > 1 { record(app, Seq(seq.0 - 1)).await? } else { None };
    let after = record(app, Seq(seq.0.saturating_add(1))).await?;
    let chained = before.as_ref().is_none_or(|before| before.hash == found.before)
        && after.as_ref().is_none_or(|after| after.before == found.hash);
    let place = Place { before: before.as_ref().map(Link::of), after: after.as_ref().map(Link::of), chained };
    let place = serde_json::to_string(&place).expect("a place is a struct with text keys");
    let text = format!(r#"{{"record":{},{}"#, found.told(), place.trim_start_matches('{'));
    Ok(reply::with_type(StatusCode::OK, "application/json", text))
}

impl Link {
    fn of(found: &RecordFound) -> Self {
        Self { seq: found.seq.0, hash: found.hash.clone(), kind: found.kind.clone() }
    }
}
