//! How fast the journal is: `cargo run --release -p evenkeel-journal --example journal_speed [folder]`.
//!
//! Prints commits a second for several sizes of commit with the CPU time a record costs, and records a
//! second for replay and verification. The folder should be on the disk that is meant.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::path::Path;
use std::time::{Duration, Instant};

use evenkeel_ids::{GroupId, PlanHash, Seq};
use evenkeel_journal::{Journal, OsSalts, ReadError, Reader, Verification, seal};
use evenkeel_labels::LabelSet;
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, AlertFired, Body, Origin, Record};
use evenkeel_time::Timestamp;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let chosen = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let place = tempfile::tempdir_in(chosen)?;
    println!("commit size   commits/s   records/s   CPU us/record   ms/commit   file bytes/record");
    for (size, commits) in [(1, 3000), (64, 1500), (1024, 300)] {
        writing(&place.path().join(size.to_string()), size, commits)?;
    }
    println!("\ncommit size   replay raw/s   replay decoded/s   verify/s");
    for (size, commits) in [(1, 500_000), (64, 8_000), (1024, 500)] {
        reading(&place.path().join(format!("read-{size}")), size, commits)?;
    }
    Ok(())
}

/// An alert as Prometheus sends it.
fn alert(seq: Seq) -> Record {
    let instance = format!("10.0.{}.{}:9100", seq.0 % 250, seq.0 % 17);
    let labels = LabelSet::new([
        ("alertname", "NodeFilesystemSpaceFillingUp"),
        ("instance", instance.as_str()),
        ("job", "node"),
        ("mountpoint", "/var/lib"),
        ("severity", "warning"),
    ]);
    let annotations = LabelSet::new([("summary", "Filesystem is predicted to run out of space within 24 hours.")]);
    let body = AlertFired {
        again: None,
        labels,
        annotations,
        starts_at: Timestamp(1_795_000_000_000),
        generator_url: "http://prometheus:9090/graph?g0.expr=node_filesystem_avail_bytes".into(),
        groups: vec![GroupId(Seq(7))],
        lease_until: Timestamp(1_795_000_300_000),
    };
    Record {
        seq,
        at: Timestamp(1_795_000_000_000),
        actor: Actor("token:prometheus".into()),
        origin: Origin::Observed,
        plan: PlanHash([7; 32]),
        body: Body::AlertFired(body),
    }
}

fn batch(head: Head, size: u64) -> Vec<Record> {
    (1..=size).map(|n| alert(Seq(head.seq.0 + n))).collect()
}

fn writing(folder: &Path, size: u64, commits: u64) -> Result<(), Failure> {
    let mut journal = Journal::open(folder)?;
    let mut salts = OsSalts::default();
    let (mut took, mut cpu) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..commits {
        let records = batch(journal.head(), size);
        let (begun, cpu_begun) = (Instant::now(), cpu_time()?);
        let sealed = seal(journal.head(), &records, &mut salts);
        journal.commit(&sealed)?;
        took += begun.elapsed();
        cpu += cpu_time()?.saturating_sub(cpu_begun);
    }
    drop(journal);
    let records = size * commits;
    let bytes = std::fs::metadata(folder.join("journal.db"))?.len();
    println!(
        "{size:11} {:11.0} {:11.0} {:15.2} {:11.3} {:19.0}",
        commits as f64 / took.as_secs_f64(),
        records as f64 / took.as_secs_f64(),
        cpu.as_secs_f64() * 1e6 / records as f64,
        took.as_secs_f64() * 1e3 / commits as f64,
        bytes as f64 / records as f64,
    );
    Ok(())
}

fn reading(folder: &Path, size: u64, commits: u64) -> Result<(), Failure> {
    let mut journal = Journal::open(folder)?;
    // What is measured is reading: the file is filled without waiting for the disk.
    let mut salts = OsSalts::default();
    let filler = rusqlite::Connection::open(folder.join("journal.db"))?;
    filler.execute_batch("PRAGMA synchronous = OFF; BEGIN")?;
    let mut head = journal.head();
    for _ in 0..commits {
        let sealed = seal(head, &batch(head, size), &mut salts);
        let (headers, bodies) = blobs(&sealed);
        let first = i64::try_from(head.seq.0 + 1)?;
        head = Head { seq: Seq(head.seq.0 + size), hash: sealed.last().map_or(head.hash, |last| last.hash) };
        let row = (first, i64::try_from(head.seq.0)?, headers, bodies);
        filler.prepare_cached("INSERT INTO journal VALUES ($1, $2, $3, $4)")?.execute(row)?;
    }
    filler.execute_batch("COMMIT")?;
    drop(filler);
    assert_eq!(journal.reload_head()?, head, "what was filled in is what the journal reads");

    let reader = Reader::open(&folder.join("journal.db"))?;
    let records = size * commits;
    let raw = timed(|| replay(&reader, false))?;
    let decoded = timed(|| replay(&reader, true))?;
    let verified = timed(|| {
        let report = reader.verify(&Verification::default(), |_| {})?;
        assert!(report.sound(), "what was written verifies");
        Ok(())
    })?;
    let rate = |took: Duration| records as f64 / took.as_secs_f64();
    println!("{size:11} {:14.0} {:18.0} {:10.0}", rate(raw), rate(decoded), rate(verified));
    Ok(())
}

fn replay(reader: &Reader, decode: bool) -> Result<(), Failure> {
    let mut bytes = 0;
    reader.replay::<ReadError>(Seq(1), |record| {
        bytes += record.header.len() + record.body.map_or(0, |(_, body)| body.len());
        if decode {
            let record = record.decode().ok().and_then(evenkeel_journal::Decoded::into_record);
            assert!(record.is_some(), "what was written decodes");
        }
        Ok(())
    })?;
    assert!(bytes > 0, "something was read");
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

fn blobs(records: &[evenkeel_record::chain::Sealed]) -> (Vec<u8>, Vec<u8>) {
    let (mut headers, mut bodies) = (Vec::new(), Vec::new());
    for record in records {
        headers.extend(u32::try_from(record.header.len()).unwrap_or(0).to_be_bytes());
        headers.extend(&record.header);
        headers.extend(record.hash.0);
        let (salt, body) = record.body.as_ref().expect("a body that is not erased");
        bodies.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
        bodies.extend(salt);
        bodies.extend(body);
    }
    (headers, bodies)
}

/// CPU time of this thread so far.
fn cpu_time() -> Result<Duration, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok()).ok_or("no figure")?;
    Ok(Duration::from_nanos(nanoseconds))
}
