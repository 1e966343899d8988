//! `/api/v1/milestones`: where a review stood, under a name.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::Identity;
use evenkeel_ids::Seq;
use evenkeel_ledger::{IncomingMilestone, Milestone};
use evenkeel_record::Hash;
use evenkeel_record::chain::Head;
use evenkeel_time::Timestamp;
use http::{Request, StatusCode, Uri};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::{HashDigits, Time};
use crate::openapi::{Code, Given, Operation, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, commanding, posted, reply, telling};

/// `GET /milestones`
pub(crate) const LIST: Operation = Operation::get("/api/v1/milestones", "listMilestones", Tag::Practices)
    .says("Lists where reviews stood, by name", "The oldest first.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<MilestoneList>("milestones")])
    .refuses(&[BAD_CURSOR]);

/// `POST /milestones`
pub(crate) const SET: Operation = Operation::post("/api/v1/milestones", "setMilestone", Tag::Practices)
    .says("Names where a review stands", "Record `seq` and its hash `head` are the last record's unless said.")
    .takes::<PostedMilestone>(
        r#"{"name":"2026-q1","lens_hash":"a1b2","window_end":"2026-04-01T00:00:00Z","counts":{"practised":41}}"#,
    )
    .answers(&[Given::json::<ShownMilestone>("the milestone")])
    .refuses(&[&[
        Code::new(400, "invalid-name"),
        Code::new(400, "invalid-lens"),
        Code::new(400, "invalid-counts"),
        Code::new(409, "milestone-there"),
        Code::new(409, "ahead-of-records"),
        Code::new(409, "too-many-milestones"),
    ]]);

/// Milestones.
#[derive(Serialize, JsonSchema)]
struct MilestoneList {
    milestones: Vec<ShownMilestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Milestone")]
struct ShownMilestone {
    id: String,
    name: Box<str>,
    at: Instant,
    seq: u64,
    head: String,
    lens_hash: Box<str>,
    window_end: Instant,
    counts: BTreeMap<Box<str>, u64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "MilestoneSetting")]
#[serde(deny_unknown_fields)]
struct PostedMilestone {
    name: Box<str>,
    #[serde(default)]
    seq: Option<u64>,
    #[serde(default)]
    #[schemars(with = "Option<HashDigits>")]
    head: Option<Hash>,
    lens_hash: Box<str>,
    #[schemars(with = "Time")]
    window_end: String,
    counts: BTreeMap<Box<str>, u64>,
}

/// Lists milestones.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging = Paging::read(&Query::read(uri)?, "milestones")?;
    let Cut { things: milestones, next } = app.desk.look(|engine, _| {
        let all = engine.state().ledger.milestones();
        paging.pick(all.map(|one| (one.id.seq().0, one))).map(ShownMilestone::of)
    });
    let answer = reply::json(StatusCode::OK, &MilestoneList { milestones, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Names where a review stood.
pub(crate) async fn set<D: Desk>(app: &App<D>, caller: &Identity, request: Request<Body>) -> Result<Response, Refused> {
    let posted: PostedMilestone = posted::read(app, request).await?;
    let name = posted.name.clone();
    match app.submit(caller, Input::SetMilestone(posted.of(app.desk.health().head)?)).await? {
        Ok(Answer::Milestone(_)) => {}
        Ok(_) => return Err(commanding::not_shown()),
        Err(Refusal::Ledger(refusal)) => return Err(telling::ledger(&refusal)),
        Err(other) => return Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
    let shown = app.desk.look(|engine, _| engine.state().ledger.milestone(&name).map(ShownMilestone::of));
    shown.map(|one| reply::json(StatusCode::OK, &one)).ok_or_else(commanding::not_shown)
}

impl PostedMilestone {
    /// `last` is the last record: where nothing else is said, the review saw all up to it.
    fn of(self, last: Head) -> Result<IncomingMilestone, Refused> {
        let malformed =
            |message: String, help: &str| Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help);
        let Self { name, seq, head, lens_hash, window_end, counts } = self;
        let window_end: Timestamp = window_end
            .parse()
            .map_err(|_| malformed(format!("`{window_end}` is no time"), "write it as 2026-04-01T00:00:00Z"))?;
        let seq = seq.map_or(last.seq, Seq);
        let head = head.or((seq == last.seq).then_some(last.hash)).ok_or_else(|| {
            malformed("`head` is missing".to_owned(), "add the hash of record `seq`, or leave `seq` out, too")
        })?;
        if seq == last.seq && head != last.hash {
            let message = format!("`head` is not the hash of record {seq}");
            return Err(malformed(message, "look at `evenkeel journal show`"));
        }
        Ok(IncomingMilestone { name, seq, head, lens_hash, window_end, counts })
    }
}

impl ShownMilestone {
    fn of(one: &Milestone) -> Self {
        Self {
            id: one.id.to_string(),
            name: one.name.clone(),
            at: Instant(one.at),
            seq: one.seq.0,
            head: one.head.to_string(),
            lens_hash: one.lens_hash.clone(),
            window_end: Instant(one.window_end),
            counts: one.counts.clone(),
        }
    }
}
