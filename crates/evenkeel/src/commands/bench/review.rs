//! `evenkeel bench review`: how fast this machine projects, reviews, and brings a review up to date.
//!
//! A made-up organisation works on a real journal. Another process then projects that, reviews it in full, and after each
//! further record brings the review up to date; so the memory it needed is a review's and nothing else's. At the end a
//! second full review has to say the same.

use std::io::{Write, stderr, stdout};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use evenkeel_cli::bench::BenchReview;
use evenkeel_cli::exit::Exit;
use evenkeel_evidence::{Evidence, Progress, Reading, ReviewFacts};
use evenkeel_journal::Reader;
use evenkeel_lens::{At, Evaluator};
use evenkeel_time::{Duration as Span, Timestamp};
use serde_json::{Map, Value, json};

use super::cpu;
use super::memory::{forget_peak, peak_mb};
use super::organization::Organization;
use super::timed::{Asked, Timed};
use crate::review::{embedded, standing};

/// Records between two words on how far it is.
const EACH: u64 = 100_000;
/// How often a record of each kind is added.
const TIMES: usize = 5;
/// What is added: a fact of these kinds, besides an alert and an acknowledgement.
const FACTS: [&str; 6] = ["deployment", "training", "review", "change", "run", "search"];

pub(crate) fn run(args: &BenchReview) -> anyhow::Result<Exit> {
    let temporary = tempfile::tempdir()?;
    let data = args.data.as_deref().unwrap_or(temporary.path());
    let mut report = Map::new();
    if data.join("journal.db").exists() {
        measure(args, data, &mut report)?;
    } else {
        report.insert("write".to_owned(), write(args, data)?);
        let measured = Command::new(std::env::current_exe()?)
            .args(["bench", "review", "--workloads", &args.workloads.to_string()])
            .args(["--records", &args.records.to_string(), "--data"])
            .arg(data)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(measured.status.success(), "the process that measures failed");
        report.append(&mut serde_json::from_slice(&measured.stdout)?);
    }
    writeln!(stdout(), "{:#}", Value::Object(report))?;
    Ok(Exit::Good)
}

fn write(args: &BenchReview, data: &Path) -> anyhow::Result<Value> {
    let began = Instant::now();
    let mut organization = Organization::open(data, args.workloads, args.records)?;
    let resolved = began.elapsed();
    let began = Instant::now();
    while organization.records() < args.records {
        let before = organization.records();
        organization.work()?;
        if organization.records() / EACH > before / EACH {
            told("recorded", organization.records(), args.records);
        }
    }
    let took = began.elapsed();
    organization.keep()?;
    Ok(json!({
        "plan_s": seconds(resolved),
        "record_s": seconds(took),
        "records_per_s": per_second(organization.records(), took),
    }))
}

fn measure(args: &BenchReview, data: &Path, report: &mut Map<String, Value>) -> anyhow::Result<()> {
    let reader = Reader::open(&data.join("journal.db"))?;
    let mut evidence = Evidence::sqlite(data);
    report.insert("projection".to_owned(), project(&mut evidence, &reader)?);
    // Later than whatever is added.
    let head = standing(&reader, Timestamp(i64::MAX))?;
    let last = reader.record(head.seq)?.context("the last record is there")?;
    let last = evenkeel_record::Header::decode(&last.header)?.0;
    let to = last.at + Span::hours(48);
    let mut reviewing = Reviewing::new(data, Evaluator::new(embedded()))?;
    forget_peak();
    report.insert("full".to_owned(), reviewing.full(&reader, to)?);
    let mut organization = Organization::open(data, args.workloads, args.records)?;
    reviewing.follow(&mut evidence, &reader, to)?;
    let updates = added(&mut organization, |report_of| {
        let update = reviewing.follow(&mut evidence, &reader, to)?;
        report_of.push(update);
        Ok(())
    })?;
    report.insert("updates".to_owned(), updates);
    report.insert("resident_mb_with_engine".to_owned(), json!(peak_mb()));
    report.insert("same_as_full".to_owned(), json!(reviewing.is_full(&reader, to)?));
    Ok(())
}

fn project(evidence: &mut Evidence, reader: &Reader) -> anyhow::Result<Value> {
    let (began, used, mut before) = (Instant::now(), cpu::of_process(), 0);
    let caught_up = evidence.catch_up(reader, Duration::ZERO, &mut |Progress { seq, head }| {
        if seq / EACH > before / EACH {
            told("projected", seq, head);
        }
        before = seq;
    })?;
    let took = began.elapsed();
    let used = cpu::of_process().saturating_sub(used);
    Ok(json!({
        "records": caught_up.records,
        "s": seconds(took),
        "records_per_s": per_second(caught_up.records, took),
        "cpu_s": seconds(used),
        "records_per_cpu_s": per_second(caught_up.records, used),
        "resident_mb": peak_mb(),
    }))
}

/// A review that is kept.
struct Reviewing {
    reading: Reading,
    evaluator: Evaluator,
    asked: Asked,
}

impl Reviewing {
    fn new(data: &Path, evaluator: Evaluator) -> anyhow::Result<Self> {
        Ok(Self { reading: Reading::open(data)?, evaluator, asked: Asked::default() })
    }

    fn full(&mut self, reader: &Reader, to: Timestamp) -> anyhow::Result<Value> {
        let at = standing(reader, to)?;
        let (began, used) = (Instant::now(), cpu::of_process());
        let facts = ReviewFacts::new(self.reading.now()?, Some(reader));
        let mut timed = Timed { facts, asked: &mut self.asked };
        let review = self.evaluator.full(&mut timed, at)?;
        let took = began.elapsed();
        let used = cpu::of_process().saturating_sub(used);
        let counts = review.counts.plus(&review.further);
        let counted: Map<String, Value> =
            counts.each().map(|(standing, count)| (standing.to_string(), json!(count))).collect();
        let subjects = json!({ "workloads": review.subjects.workloads.len(), "teams": review.subjects.teams.len() });
        let practices = review.practices.len();
        Ok(json!({
            "s": seconds(took),
            "cpu_s": seconds(used),
            "resident_mb": peak_mb(),
            "record": at.seq.0,
            "subjects": subjects,
            "practices": practices,
            "verdicts": counts.total(),
            "counts": counted,
            "runs": self.asked.runs(),
            "rows": self.asked.rows(),
            "slowest": self.asked.slowest(self.evaluator.lens()),
        }))
    }

    /// Brings evidence and review to the journal's last record.
    fn follow(&mut self, evidence: &mut Evidence, reader: &Reader, to: Timestamp) -> anyhow::Result<Update> {
        let at = standing(reader, to)?;
        let (began, used) = (Instant::now(), cpu::of_process());
        let caught_up = evidence.catch_up(reader, Duration::ZERO, &mut |_| ())?;
        let projected = began.elapsed();
        let since = self.evaluator.review().context("there is a review")?.at.seq.0;
        let mut as_of = self.reading.now()?;
        let dirty = as_of.changed_since(since)?;
        let found = began.elapsed();
        let mut asked = Asked::default();
        let mut timed = Timed { facts: ReviewFacts::new(as_of, Some(reader)), asked: &mut asked };
        self.evaluator.update(&mut timed, at, &dirty)?;
        let judged = began.elapsed();
        let used = cpu::of_process().saturating_sub(used);
        let slowest = asked.slowest(self.evaluator.lens());
        let runs = asked.runs();
        Ok(Update { records: caught_up.records, projected, found, judged, used, runs, slowest })
    }

    /// Whether a full review says the same as the one that was kept up to date.
    fn is_full(&mut self, reader: &Reader, to: Timestamp) -> anyhow::Result<bool> {
        let at: At = standing(reader, to)?;
        let mut facts = ReviewFacts::new(self.reading.now()?, Some(reader));
        let full = evenkeel_lens::review(&mut facts, self.evaluator.lens(), at)?;
        Ok(self.evaluator.review() == Some(&full))
    }
}

/// What it took to follow.
struct Update {
    records: u64,
    projected: Duration,
    found: Duration,
    judged: Duration,
    /// Of processors.
    used: Duration,
    runs: usize,
    slowest: Value,
}

/// Adds one record of each kind after the other, several times.
fn added(
    organization: &mut Organization,
    mut follow: impl FnMut(&mut Vec<Update>) -> anyhow::Result<()>,
) -> anyhow::Result<Value> {
    let mut kinds: Vec<(&str, Vec<Update>)> = ["alert", "acknowledgement"].map(|kind| (kind, Vec::new())).into();
    kinds.extend(FACTS.map(|kind| (kind, Vec::new())));
    for time in 0..TIMES {
        let workload = organization.workload(time);
        let mut opened = Vec::new();
        for (kind, updates) in &mut kinds {
            match *kind {
                "alert" => opened = organization.fire(&[workload])?,
                "acknowledgement" => organization.acknowledge(&opened)?,
                kind => organization.tell_one(kind, workload)?,
            }
            follow(updates)?;
        }
    }
    Ok(kinds.iter().map(|(kind, updates)| shown(kind, updates)).collect())
}

fn shown(kind: &str, updates: &[Update]) -> Value {
    let mut sorted: Vec<&Update> = updates.iter().collect();
    sorted.sort_by_key(|update| update.judged);
    let (Some(first), Some(middle), Some(last)) = (updates.first(), sorted.get(sorted.len() / 2), sorted.last()) else {
        return Value::Null;
    };
    json!({
        "after": kind,
        "records": middle.records,
        "first_ms": millis(first.judged),
        "median_ms": millis(middle.judged),
        "worst_ms": millis(last.judged),
        "mean_cpu_ms": millis(mean(updates)),
        "median": {
            "project_ms": millis(middle.projected),
            "changed_ms": millis(middle.found.saturating_sub(middle.projected)),
            "judge_ms": millis(middle.judged.saturating_sub(middle.found)),
            "runs": middle.runs,
        },
        "slowest": last.slowest,
    })
}

/// What the updates took of the processors, but for the first, which prepares what the others use again.
fn mean(updates: &[Update]) -> Duration {
    let again = updates.iter().skip(1);
    let count = u32::try_from(again.len()).unwrap_or(u32::MAX).max(1);
    again.map(|update| update.used).sum::<Duration>() / count
}

fn told(what: &str, count: u64, of: u64) {
    drop(writeln!(stderr(), "{what} {count} of {of}"));
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

fn per_second(count: u64, time: Duration) -> f64 {
    (count as f64 / time.as_secs_f64()).round()
}
