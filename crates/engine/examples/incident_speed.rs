//! Measures open incidents with escalations: memory each, and the time that one deadline takes.
//!
//! `cargo run --release -p evenkeel-engine --example incident_speed -- 100000`

#![expect(clippy::disallowed_methods, reason = "measures: reads the clock and its own memory")]
#![expect(clippy::print_stdout, reason = "a report for people")]

use std::sync::Arc;
use std::time::Instant;

use evenkeel_engine::{Batch, Effect, Engine, IncomingAlert, Input, Limits, Outcome, State};
use evenkeel_labels::LabelSet;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_record::{Actor, Body, Record, SentId};
use evenkeel_time::{Duration, Timestamp};

/// The program's own allocator, so that memory is what it is there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const OPS: &str = include_str!("incident_speed.yml");

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let now = Timestamp(1_800_000_000_000);
    let mut engine = Engine::new(State::default(), plan(), now, Limits::default());
    let mut batch = Batch::default();
    engine.start(now, "bench", 0, &mut batch);
    let plain = open(&mut engine, now, count, "quiet");
    let paged = open(&mut engine, now, count, "paged");
    let before = resident();
    let (mut deadlines, mut spent) = (0_u32, std::time::Duration::ZERO);
    while let Some(at) = engine.next_deadline().filter(|at| *at <= now + Duration::minutes(12)) {
        let began = Instant::now();
        let mut batch = Batch::default();
        engine.handle(at, &Actor::system(), Input::Deadline, &mut batch);
        let due = |record: &&Record| matches!(record.body, Body::IncidentEscalated(_) | Body::MessageIntended(_));
        deadlines += u32::try_from(batch.records.iter().filter(due).count()).unwrap_or(0);
        deliver(&mut engine, at, batch);
        spent += began.elapsed();
    }
    println!("{deadlines} deadlines with their deliveries: {:?} each", spent / deadlines.max(1));
    let grown = resident().saturating_sub(before);
    let incident = |bytes: usize| bytes.saturating_sub(plain) / count;
    println!(
        "an incident takes {} B more than its alert at first, {} B after three steps",
        incident(paged),
        incident(paged + grown)
    );
}

/// So far apart a thousand each are opened, so that what is handled at one instant takes little memory itself.
const APART: Duration = Duration::millis(10);

/// Opens so many; gives the memory they took.
fn open(engine: &mut Engine, now: Timestamp, count: usize, severity: &str) -> usize {
    let before = resident();
    let began = Instant::now();
    for (chunk, now) in (0..count.div_ceil(1000)).zip((0..).map(|place| now + APART * place)) {
        let alert = |number: usize| IncomingAlert {
            labels: LabelSet::new([("alertname", severity), ("instance", &format!("db-{number}")), ("kind", severity)]),
            annotations: LabelSet::new([("summary", "the disk is full")]),
            ends_at: Some(now + Duration::hours(10)),
            ..IncomingAlert::default()
        };
        let alerts = (chunk * 1000..((chunk + 1) * 1000).min(count)).map(alert).collect();
        let mut batch = Batch::default();
        engine.handle(now, &Actor::system(), Input::Alerts(alerts), &mut batch);
        deliver(engine, now, batch);
    }
    println!(
        "{count} {severity} in {:?}: {:?} each",
        began.elapsed(),
        began.elapsed() / u32::try_from(count).unwrap_or(1)
    );
    resident().saturating_sub(before)
}

/// Everything that is sent arrives.
fn deliver(engine: &mut Engine, now: Timestamp, batch: Batch) {
    let mut effects = batch.effects;
    while !effects.is_empty() {
        let mut next = Batch::default();
        for effect in std::mem::take(&mut effects) {
            let outcome = Outcome::Delivered;
            let input = match effect {
                Effect::Notify { message, .. } => Input::NoticeOutcome { notice: message.notice, outcome },
                Effect::Page { message, .. } => {
                    Input::MessageOutcome { of: SentId::Page(message.page), address: message.contact, outcome }
                }
                Effect::Update { message, .. } => {
                    Input::MessageOutcome { of: SentId::Update(message.update), address: message.address, outcome }
                }
            };
            engine.handle(now, &Actor::system(), input, &mut next);
        }
        effects = next.effects;
    }
}

fn plan() -> Arc<Plan> {
    let file = OpsFile { path: "ops.yml".to_owned(), bytes: OPS.as_bytes().to_vec() };
    let loaded = load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse);
    for diagnostic in &loaded.diagnostics {
        println!("{}: {}", diagnostic.code, diagnostic.headline);
    }
    Arc::new(loaded.plan.expect("the ops repo resolves"))
}

/// Units: bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = status.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    pages * 4096
}
