//! `evenkeel bench`: how fast this machine records, and how fast it starts on what was recorded.
//!
//! Drives the real engine on a real journal in a temporary folder: alerts fire in batches, each its own
//! group; notices are delivered; alerts resolve and are told. Then the folder is opened twice: folding
//! everything, and with a snapshot. `evenkeel bench review` measures reviews,
//! `evenkeel bench pages` what people look at.

mod cpu;
mod dice;
mod memory;
mod ops_repo;
mod organization;
mod pages;
mod review;
mod timed;
mod told;

use std::io::{Write, stdout};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, anyhow};
use evenkeel_alerting::Outcome;
use evenkeel_cli::bench::{BenchArgs, BenchOf};
use evenkeel_cli::exit::Exit;
use evenkeel_engine::{Driver, Effect, IncomingAlert, Input, Limits, Submission};
use evenkeel_journal::{Journal, OsSalts};
use evenkeel_labels::LabelSet;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_record::Actor;
use evenkeel_time::{Duration, Timestamp};
use serde_json::json;

use crate::serve::{Port, write_snapshot};

const CONFIG: &str = "
route: { receiver: hook, group_by: ['...'], group_wait: 0s, group_interval: 5m, repeat_interval: 4h }
receivers: [{ name: hook, webhook_configs: [{ url: 'http://127.0.0.1:9/' }] }]
";
/// Alerts a commit.
const BATCH: usize = 64;
/// Alerts that stay open while the others come and go.
const OPEN: usize = 10_000;

pub(crate) fn run(args: &BenchArgs) -> anyhow::Result<Exit> {
    match &args.of {
        Some(BenchOf::Review(args)) => review::run(args),
        Some(BenchOf::Pages(args)) => pages::run(args),
        None => recording(args.records),
    }
}

fn recording(wanted: u64) -> anyhow::Result<Exit> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let plan = Arc::new(plan()?);
    let began = Instant::now();
    let written = write(&data, &plan, wanted)?;
    let write_s = began.elapsed().as_secs_f64();
    let (fold_s, records) = open(&data, &plan, true)?;
    let (snapshot_s, _) = open(&data, &plan, false)?;
    let report = json!({
        "records": records,
        "commits": written,
        "record_s": round(write_s),
        "records_per_s": (records as f64 / write_s).round(),
        "start_folding_everything_s": round(fold_s),
        "folded_per_s": (records as f64 / fold_s).round(),
        "start_with_snapshot_s": round(snapshot_s),
    });
    writeln!(stdout(), "{report:#}")?;
    Ok(Exit::Good)
}

fn round(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn plan() -> anyhow::Result<Plan> {
    let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: CONFIG.as_bytes().to_vec() };
    load(&OpsFiles { files: vec![file], ..OpsFiles::default() }, Missing::Refuse)
        .plan
        .context("the bench's own plan resolves")
}

fn drive(data: &Path, plan: &Arc<Plan>, now: Timestamp) -> anyhow::Result<Driver<Port>> {
    let mut salts = OsSalts::default();
    let salts = Box::new(move || salts.next().expect("there is always another salt"));
    Ok(Driver::open(Port(Journal::open(data)?), |_| plan.clone(), now, Limits::default(), salts)?)
}

/// Makes records until there are enough; gives the number of commits.
fn write(data: &Path, plan: &Arc<Plan>, records: u64) -> anyhow::Result<u64> {
    let mut now = Timestamp(1_800_000_000_000);
    let mut driver = drive(data, plan, now)?;
    driver.start(now, "bench", 0).map_err(|failed| anyhow!("{failed}"))?;
    let (mut next, mut commits) = (0_usize, 1_u64);
    while driver.head().seq.0 < records {
        now = now + Duration::secs(1);
        let fired: Vec<IncomingAlert> = (next..next + BATCH).map(|number| alert(number, None)).collect();
        let resolved: Vec<IncomingAlert> =
            (next..next + BATCH).filter_map(|n| n.checked_sub(OPEN)).map(|number| alert(number, Some(now))).collect();
        next += BATCH;
        let mut inputs = vec![Input::Alerts(fired), Input::Alerts(resolved), Input::Deadline];
        while !inputs.is_empty() {
            let submissions = inputs.into_iter().map(|input| Submission { actor: Actor::system(), input });
            let released = driver.step(now, submissions).map_err(|failed| anyhow!("{failed}"))?;
            commits += u64::from(!released.records.is_empty());
            inputs = released.effects.into_iter().filter_map(delivered).collect();
        }
    }
    Ok(commits)
}

/// The plan has no response plans, so nothing but notices goes out.
fn delivered(effect: Effect) -> Option<Input> {
    match effect {
        Effect::Notify { message, .. } => {
            Some(Input::NoticeOutcome { notice: message.notice, outcome: Outcome::Delivered })
        }
        Effect::Page { .. } | Effect::Update { .. } => None,
    }
}

fn alert(number: usize, ends_at: Option<Timestamp>) -> IncomingAlert {
    let labels = [
        ("alertname", format!("Alert{:02}", number % 10)),
        ("service", format!("service-{:02}", number / 10 % 10)),
        ("instance", format!("10.0.{}.{}:9100", number / 256 % 256, number % 256)),
        ("env", "production".to_owned()),
        ("severity", "warning".to_owned()),
        ("id", number.to_string()),
    ];
    let annotations = [
        ("summary", format!("something is off on number {number}")),
        ("runbook_url", "https://runbooks.example/alert".to_owned()),
    ];
    // No end: the lease of resolve_timeout; the bench's clock is too short for it to run out before the resolve.
    IncomingAlert {
        labels: LabelSet::new(labels),
        annotations: LabelSet::new(annotations),
        ends_at,
        generator_url: "http://127.0.0.1/graph".into(),
        ..IncomingAlert::default()
    }
}

/// Opens the folder as a start does; afterwards there is a snapshot.
fn open(data: &Path, plan: &Arc<Plan>, snapshot_after: bool) -> anyhow::Result<(f64, u64)> {
    let began = Instant::now();
    let mut driver = drive(data, plan, Timestamp(1_900_000_000_000))?;
    let took = began.elapsed().as_secs_f64();
    let head = driver.head();
    if snapshot_after {
        let state = driver.engine().state().clone();
        write_snapshot(&driver.journal().0, head, &state)?;
    }
    Ok((took, head.seq.0))
}
