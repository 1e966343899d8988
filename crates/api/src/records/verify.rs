//! `GET /records/verify`: whether a stretch of the journal is chained, and each record is what its hash says.
//!
//! What is checked is what the export shows, by the rules that anybody outside checks it by: each header's hash, its link to
//! the one before, and the hash of each body that is not erased.

use axum::response::Response;
use evenkeel_ids::{PlanHash, Seq};
use evenkeel_pages::{RecordFound, RecordsAsked};
use evenkeel_record::{Hash, Header, Origin};
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::asked::{consulted, record};
use crate::app::App;
use crate::openapi::problems::EVIDENCE;
use crate::openapi::shapes::HashDigits;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So many records are verified at once.
const RECORDS_MAX: u64 = 10_000;
/// So many faults are spelled out.
const FAULTS_MAX: usize = 20;

/// `GET /records/verify`
pub(crate) const VERIFY: Operation = Operation::get("/api/v1/records/verify", "verifyRecords", Tag::Records)
    .says(
        "Verifies a stretch of the journal",
        "Hashes of headers and bodies, and links. At most 10,000 records at once: `verified_to` says how far it came. \
         `evenkeel journal verify` checks all, with signed checkpoints.",
    )
    .params(&[
        Param::query("from", Sort::Whole(1, 9_007_199_254_740_991), "from this record on; without it the last 10,000"),
        Param::query("to", Sort::Whole(1, 9_007_199_254_740_991), "up to this one"),
    ])
    .answers(&[Given::json::<Verified>("what was found")])
    .refuses(&[EVIDENCE]);

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Verification")]
struct Verified {
    sound: bool,
    verified_from: u64,
    verified_to: u64,
    record_count: u64,
    /// Bodies that were erased, and cannot be checked.
    erased_count: u64,
    /// The hash of the last record that was verified.
    #[schemars(with = "Option<HashDigits>")]
    hash: Option<String>,
    /// The first twenty.
    faults: Vec<Fault>,
}

/// What is wrong with a record.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChainFault")]
struct Fault {
    seq: u64,
    fault: &'static str,
}

/// Verifies a stretch.
pub(crate) async fn verify<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let head = app.desk.health().head.seq.0;
    let to = number(&query, "to")?.unwrap_or(head).min(head);
    let from = number(&query, "from")?.unwrap_or_else(|| to.saturating_sub(RECORDS_MAX - 1).max(1));
    let to = to.min(from.saturating_add(RECORDS_MAX - 1));
    let before = if from > 1 { record(app, Seq(from - 1)).await? } else { None };
    let mut chain = Chain {
        hash: if from == 1 { Some(Hash::ZERO.to_string()) } else { before.map(|before| before.hash) },
        next: from,
        verified: Verified {
            sound: true,
            verified_from: from,
            verified_to: from.saturating_sub(1),
            record_count: 0,
            erased_count: 0,
            hash: None,
            faults: Vec::new(),
        },
    };
    while chain.next <= to {
        let limit = usize::try_from((to - chain.next + 1).min(1000)).unwrap_or(1000);
        let asked = RecordsAsked { from: Some(Seq(chain.next)), limit, ..RecordsAsked::default() };
        let found = consulted(app, asked).await?.records;
        if found.is_empty() {
            break;
        }
        found.iter().filter(|record| record.seq.0 <= to).for_each(|record| chain.take(record));
    }
    chain.verified.sound = chain.verified.faults.is_empty();
    Ok(reply::json(StatusCode::OK, &chain.verified))
}

struct Chain {
    /// That of the record before.
    hash: Option<String>,
    next: u64,
    verified: Verified,
}

impl Chain {
    fn take(&mut self, record: &RecordFound) {
        let verified = &mut self.verified;
        let mut fault = |fault| {
            if verified.faults.len() < FAULTS_MAX {
                verified.faults.push(Fault { seq: record.seq.0, fault });
            }
        };
        if record.seq.0 != self.next {
            fault("out-of-sequence");
        }
        if self.hash.as_ref().is_some_and(|hash| *hash != record.before) {
            fault("unlinked");
        }
        match checked(record) {
            Some((true, Some(true) | None)) => {}
            Some((true, Some(false))) => fault("body-altered"),
            Some((false, _)) => fault("header-altered"),
            None => fault("unreadable"),
        }
        verified.record_count += 1;
        verified.erased_count += u64::from(record.body.is_none());
        verified.verified_to = record.seq.0;
        verified.hash = Some(record.hash.clone());
        self.hash = Some(record.hash.clone());
        self.next = record.seq.0.saturating_add(1);
    }
}

/// Whether the header is what its hash says, and the body what the header says; nothing of a body that is erased.
fn checked(record: &RecordFound) -> Option<(bool, Option<bool>)> {
    let value: Value = serde_json::from_str(&record.line).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let hash = |name: &str| serde_json::from_value::<Hash>(value.get(name)?.clone()).ok();
    let origin = [Origin::Observed, Origin::Reported, Origin::Imported];
    let header = Header {
        seq: record.seq,
        at: record.at,
        origin: origin.into_iter().find(|origin| Some(origin.as_str()) == text("origin"))?,
        kind: text("kind")?.into(),
        version: u16::try_from(value.get("version")?.as_u64()?).ok()?,
        actor: text("actor")?.into(),
        subject: text("subject")?.into(),
        plan: PlanHash(hash("plan")?.0),
        body_hash: hash("body_hash")?,
        prev: hash("prev")?,
    };
    let mut bytes = Vec::new();
    header.encode(&mut bytes);
    let sound = Hash::of(&[&bytes]) == hash("hash")?;
    let body = text("salt").map(|salt| {
        let hashed = digits(salt).zip(body(&record.line)).map(|(salt, body)| Hash::of(&[&salt, &body]));
        hashed == Some(header.body_hash)
    });
    Some((sound, body))
}

/// The very bytes of a body, as the line has them.
fn body(line: &str) -> Option<Vec<u8>> {
    let (_, rest) = line.split_once(r#","salt":""#)?;
    let (_, rest) = rest.split_once(r#"","#)?;
    let rest = rest.strip_suffix('}')?;
    match rest.strip_prefix(r#""body":"#) {
        Some(body) => Some(body.as_bytes().to_vec()),
        None => digits(rest.strip_prefix(r#""body_hex":""#)?.strip_suffix('"')?),
    }
}

fn digits(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn number(query: &Query, name: &str) -> Result<Option<u64>, Refused> {
    let Some(text) = query.last(name) else { return Ok(None) };
    text.parse().ok().filter(|number| *number >= 1).map(Some).ok_or_else(|| {
        let message = format!("`{name}` is `{text}`, which is no record's number");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write a whole number from 1 on")
    })
}
