//! One record: everything in it, and its place in the chain.

use askama::Template;
use evenkeel_ids::Seq;

use crate::link::encoded;
use crate::record_links::leads_to;
use crate::{Asked, Frame, Moment, Place, RecordsAsked, RecordsFound, Section, Shown};

/// Longer bodies are cut, so that the page stays quick to load.
const BODY_CHARS_MAX: usize = 20_000;

#[derive(Debug, Template)]
#[template(path = "record.html", whitespace = "minimize")]
struct Record {
    frame: Frame,
    seq: u64,
    at: Moment,
    kind: String,
    kind_in_query: String,
    actor: String,
    actor_in_query: String,
    subject: String,
    subject_in_query: String,
    leads_to: Option<String>,
    origin: String,
    hash: String,
    before: String,
    plan: Option<String>,
    body: Option<String>,
    cut: bool,
    previous: Option<u64>,
    next: Option<u64>,
}

/// The number in the path; zero where that is none.
fn number(place: &Place) -> Seq {
    Seq(place.named("seq").trim_start_matches('#').parse().unwrap_or(0))
}

pub(crate) fn ask(place: &Place) -> RecordsAsked {
    RecordsAsked { from: Some(number(place)), limit: 1, ..RecordsAsked::default() }
}

pub(crate) fn show(asked: &Asked<'_>, found: &RecordsFound) -> Shown {
    let seq = number(asked.place);
    let Some(record) = found.records.first().filter(|record| record.seq == seq) else {
        let help = format!("records have numbers from 1 to {}", found.head.0);
        return Shown::not_there(format!("There is no record {}.", asked.place.named("seq")), help);
    };
    let frame = asked.frame(Section::Records, format!("Record {seq}"));
    let body = record.told_body().map(|body| body.chars().take(BODY_CHARS_MAX).collect::<String>());
    let whole = record.told_body().map_or(0, str::len);
    Shown::page(Record {
        seq: seq.0,
        at: frame.moment(record.at),
        kind_in_query: encoded(&record.kind),
        kind: record.kind.clone(),
        actor_in_query: encoded(&record.actor),
        actor: record.actor.clone(),
        subject_in_query: encoded(&record.subject),
        leads_to: leads_to(asked.engine, &record.subject),
        subject: record.subject.clone(),
        origin: record.origin.clone(),
        hash: record.hash.clone(),
        before: record.before.clone(),
        plan: (!record.plan.bytes().all(|digit| digit == b'0')).then(|| record.plan.clone()),
        cut: body.as_ref().is_some_and(|body| body.len() < whole),
        body,
        previous: (seq.0 > 1).then(|| seq.0 - 1),
        next: (seq < found.head).then(|| seq.next().0),
        frame,
    })
}
