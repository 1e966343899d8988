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
use http::{Request, StatusCode};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::instant::Instant;
use crate::refused::Refused;
use crate::{Desk, commanding, posted, reply, telling};

const EXAMPLE: &str = r#"{"name":"2026-q1","seq":1200,"head":"…","lens_hash":"…","window_end":"2026-04-01T00:00:00Z","counts":{"practised":41}}"#;

#[derive(Serialize)]
struct Listed {
    milestones: Vec<ShownMilestone>,
}

#[derive(Debug, Serialize)]
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PostedMilestone {
    name: Box<str>,
    #[serde(default)]
    seq: Option<u64>,
    #[serde(default)]
    head: Option<Hash>,
    lens_hash: Box<str>,
    window_end: String,
    counts: BTreeMap<Box<str>, u64>,
}

/// Lists milestones, the oldest first.
pub(crate) fn list<D: Desk>(app: &App<D>) -> Response {
    let milestones = app.desk.look(|engine, _| {
        let mut all: Vec<&Milestone> = engine.state().ledger.milestones().collect();
        all.sort_by_key(|one| one.id);
        all.into_iter().map(ShownMilestone::of).collect()
    });
    reply::json(StatusCode::OK, &Listed { milestones })
}

/// Names where a review stood.
pub(crate) async fn set<D: Desk>(app: &App<D>, caller: &Identity, request: Request<Body>) -> Result<Response, Refused> {
    let posted: PostedMilestone = posted::read(app, request, EXAMPLE).await?;
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
