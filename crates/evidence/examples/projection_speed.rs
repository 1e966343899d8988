//! How fast the evidence is: `cargo run --release -p evenkeel-evidence --example projection_speed [records [workloads]]`.
//!
//! Makes a journal of generated records, then prints records a second for making the evidence anew, the size of its file,
//! what one more record costs, and how long the blocks of a lens take over all subjects and over one.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock, and the lens's files")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evenkeel_evidence::{Evidence, Reading, ReviewFacts};
use evenkeel_ids::Seq;
use evenkeel_journal::{Journal, OsSalts, Reader, seal};
use evenkeel_lens::{Ask, Blocks};
use evenkeel_record::Record;
use evenkeel_time::Timestamp;

#[path = "../tests/it/queries.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod queries;
#[path = "../tests/it/stream.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod stream;

use stream::{Shape, Stream};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let number = |at: usize, otherwise: u64| std::env::args().nth(at).map_or(Ok(otherwise), |text| text.parse::<u64>());
    let (records, workloads) = (number(1, 200_000)?, number(2, 1000)?);
    let place = tempfile::tempdir_in(".")?;
    let shape = Shape {
        workloads,
        teams: workloads / 10 + 1,
        people: workloads / 2 + 2,
        facts: 4,
        documents: workloads / 2 + 4,
        settled: 100,
    };
    let mut stream = Stream::new(1, shape);
    let mut journal = Journal::open(place.path())?;
    let reader = Reader::open(&place.path().join("journal.db"))?;
    append(&mut journal, &reader, &stream.foundation())?;
    let mut made = reader.head()?.seq.0;
    while made < records {
        append(&mut journal, &reader, &stream.by_ref().take(1000).collect::<Vec<Record>>())?;
        made += 1000;
    }
    let mut evidence = Evidence::sqlite(place.path());
    let (start, before) = (Instant::now(), cpu_seconds()?);
    let caught_up = evidence.catch_up(&reader, Duration::ZERO, &mut |_| {})?;
    let (took, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds()? - before);
    let size = std::fs::metadata(place.path().join("evidence.db"))?.len();
    let rate = caught_up.records as f64 / took;
    let of_cpu = caught_up.records as f64 / cpu;
    println!(
        "made anew: {} records in {took:.2} s, {rate:.0} records/s ({of_cpu:.0} a second of CPU), {} MB",
        caught_up.records,
        size >> 20
    );
    one_more(&mut journal, &reader, &mut stream, &mut evidence)?;
    if std::env::args().nth(3).is_some() {
        return Ok(());
    }
    asking(place.path(), caught_up.seq)
}

/// What this thread was on a processor for, whatever else the machine does.
fn cpu_seconds() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
}

fn append(journal: &mut Journal, reader: &Reader, records: &[Record]) -> Result<(), Failure> {
    let head = reader.head()?;
    journal.commit(&seal(head, records, &mut OsSalts::default()))?;
    Ok(())
}

fn one_more(
    journal: &mut Journal,
    reader: &Reader,
    stream: &mut Stream,
    evidence: &mut Evidence,
) -> Result<(), Failure> {
    let mut worst = Duration::ZERO;
    let mut all = Duration::ZERO;
    for _ in 0..50 {
        append(journal, reader, &stream.by_ref().take(1).collect::<Vec<Record>>())?;
        let start = Instant::now();
        evidence.catch_up(reader, Duration::ZERO, &mut |_| {})?;
        worst = worst.max(start.elapsed());
        all += start.elapsed();
    }
    println!("one more: {:.2} ms, at worst {:.2} ms", all.as_secs_f64() * 20.0, worst.as_secs_f64() * 1000.0);
    Ok(())
}

fn asking(folder: &Path, seq: u64) -> Result<(), Failure> {
    let mut reading = Reading::open(folder)?;
    let head = reading.head()?;
    let mut took = Duration::ZERO;
    for since in head - 20..head {
        let mut at = reading.at(since + 1, Duration::ZERO)?;
        let start = Instant::now();
        at.changed_since(since)?;
        took += start.elapsed();
    }
    println!("what one record changed: {:.1} ms", took.as_secs_f64() * 1000.0 / 20.0);
    let mut facts = ReviewFacts::new(reading.now()?, None);
    let to = Timestamp(i64::MAX);
    let window = Timestamp(stream::START);
    let one: [Arc<str>; 1] = ["workload-7".into()];
    for (what, from, subjects) in
        [("all", window, None), ("all, ever", Timestamp(0), None), ("one", window, Some(&one[..]))]
    {
        let mut times = Vec::new();
        for (place, block) in queries::blocks() {
            let ask = Ask { block: &block, from, to, seq: Seq(seq), observed_only: false, subjects };
            let start = Instant::now();
            let rows = facts.rows(&ask)?.len();
            times.push((start.elapsed(), place, rows));
        }
        times.sort_by(|a, b| b.cmp(a));
        let sum: Duration = times.iter().map(|(time, ..)| *time).sum();
        println!("{what}: {} blocks in {:.2} s", times.len(), sum.as_secs_f64());
        for (time, place, rows) in times.iter().take(12) {
            println!("  {:8.1} ms  {place}, {rows} rows", time.as_secs_f64() * 1000.0);
        }
    }
    Ok(())
}
