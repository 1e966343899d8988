//! Measures the store on a fleet that is the same each time. `measure codecs` compares codecs, `measure store [instances]` the
//! store itself, `measure memory [instances]` what series take.
#![allow(
    clippy::all,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "an example that measures and prints"
)]

mod fleet;
mod gorilla;

use std::time::Instant;

use evenkeel_labels::{MatchOp, Matcher};
use evenkeel_metric::{Batch, Column, Querier, Sample, Selection};
use evenkeel_time::Timestamp;
use evenkeel_tsdb::{Options, Store, Work, measured};

const START: i64 = 1_800_000_000_000;
const STEP: i64 = 15_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |place: usize, otherwise: usize| arguments.get(place).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    match arguments.first().map(String::as_str) {
        Some("codecs") => codecs(number(1, 20)),
        Some("decode") => decode(number(1, 20)),
        Some("memory") => memory(number(1, 2000)),
        _ => store(number(1, 200), number(2, 7200)),
    }
}

/// What this thread used of a processor, which others on the machine change less than the time that passed. Units: nanoseconds.
fn cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse().unwrap()
}

/// The best of some runs, in nanoseconds for each sample.
fn best(samples: usize, mut run: impl FnMut()) -> f64 {
    let times = (0..7).map(|_| {
        let begin = cpu();
        run();
        (cpu() - begin) as f64 / samples as f64
    });
    times.fold(f64::INFINITY, f64::min)
}

fn codecs(instances: usize) {
    for wild in [false, true] {
        let mut rows = fleet::fleet(instances, wild);
        let times: Vec<i64> = (0..480).map(|place| START + place * STEP).collect();
        let columns: Vec<Vec<f64>> = rows.iter_mut().map(|row| times.iter().map(|_| row.next()).collect()).collect();
        let samples = columns.len() * times.len();
        let show = |name: &str, bytes: usize, put: f64, read: f64| {
            println!("| {name} | {:.3} | {put:.1} | {read:.2} | {:.0} |", bytes as f64 / samples as f64, 1000.0 / read);
        };
        println!(
            "wild: {wild}, {} series of 480 samples\n| codec | bytes a sample | ns to pack | ns to read | M samples/s |",
            columns.len()
        );
        let mut packed: Vec<Vec<u8>> = Vec::new();
        let put = best(samples, || {
            let mut packer = measured::Packer::default();
            packed = columns
                .iter()
                .map(|values| {
                    let mut out = Vec::new();
                    packer.pack(&times, values, &mut out);
                    out
                })
                .collect();
        });
        let mut column = Column::default();
        let read = best(samples, || {
            for bytes in &packed {
                column.clear();
                assert!(measured::unpack(bytes, &mut column));
            }
        });
        show("ours", packed.iter().map(Vec::len).sum(), put, read);
        let put = best(samples, || packed = columns.iter().map(|values| gorilla::pack(&times, values)).collect());
        let read = best(samples, || {
            for bytes in &packed {
                column.clear();
                gorilla::unpack(bytes, times.len(), &mut column.times, &mut column.values);
            }
        });
        assert_eq!(Some(&column.values), columns.last());
        show("Gorilla", packed.iter().map(Vec::len).sum(), put, read);
        for level in [4usize, 8] {
            let config = pco::ChunkConfig::default().with_compression_level(level);
            let put = best(samples, || {
                packed = columns
                    .iter()
                    .map(|values| {
                        let mut out = pco::standalone::simple_compress(&times, &config).unwrap();
                        out.extend(pco::standalone::simple_compress(values, &config).unwrap());
                        out
                    })
                    .collect();
            });
            let at = pco::standalone::simple_compress(&times, &config).unwrap().len();
            let read = best(samples, || {
                for bytes in &packed {
                    let times = pco::standalone::simple_decompress::<i64>(&bytes[..at]).unwrap();
                    let values = pco::standalone::simple_decompress::<f64>(&bytes[at..]).unwrap();
                    assert!(times.len() == values.len());
                }
            });
            show(&format!("pco, level {level}"), packed.iter().map(Vec::len).sum(), put, read);
        }
    }
}

/// Only reads, for a profiler.
fn decode(instances: usize) {
    let times: Vec<i64> = (0..480).map(|place| START + place * STEP).collect();
    let mut packer = measured::Packer::default();
    let packed: Vec<Vec<u8>> = fleet::fleet(instances, false)
        .iter_mut()
        .map(|row| {
            let values: Vec<f64> = times.iter().map(|_| row.next()).collect();
            let mut out = Vec::new();
            packer.pack(&times, &values, &mut out);
            out
        })
        .collect();
    let mut column = Column::default();
    let mut samples = 0u64;
    for _ in 0..500 {
        for bytes in &packed {
            column.clear();
            assert!(measured::unpack(bytes, &mut column));
            samples += column.len() as u64;
        }
    }
    println!("{samples} samples");
}

fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

fn batch(rows: &mut [fleet::Row], at: i64, batch: &mut Batch) {
    batch.clear();
    for row in rows {
        batch.begin(row.labels.iter());
        batch.sample(Sample { at: Timestamp(at), value: row.next() });
    }
}

fn memory(instances: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = fleet::fleet(instances, false);
    let before = resident();
    let (store, _) = Store::open(Options::in_folder(folder.path()), Timestamp(START)).unwrap();
    let mut one = Batch::default();
    for step in 0..40 {
        let at = START + step * STEP;
        for part in rows.chunks_mut(2000) {
            batch(part, at, &mut one);
            let appended = store.append(&one, Timestamp(at)).unwrap();
            store.wait_durable(appended.commit).unwrap();
        }
    }
    let series = store.status().head_series;
    println!("{series} series, 40 samples each: {} B a series resident", (resident() - before) / series);
}

fn store(instances: usize, seconds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = fleet::fleet(instances, false);
    let options = Options { head_span: evenkeel_time::Duration::hours(1000), ..Options::in_folder(folder.path()) };
    let (store, _) = Store::open(options, Timestamp(START)).unwrap();
    let steps = seconds as i64 * 1000 / STEP;
    let (mut appending, mut waiting, mut samples) = (0u64, 0u128, 0u64);
    let mut one = Batch::default();
    for step in 0..steps {
        let at = START + step * STEP;
        for part in rows.chunks_mut(2000) {
            batch(part, at, &mut one);
            let (begin, used) = (Instant::now(), cpu());
            let appended = store.append(&one, Timestamp(at)).unwrap();
            appending += cpu() - used;
            store.wait_durable(appended.commit).unwrap();
            waiting += begin.elapsed().as_nanos();
            samples += appended.written;
        }
    }
    let end = START + steps * STEP;
    println!("{samples} samples of {} series", rows.len());
    println!(
        "append, 2,000 series a request, one sample each: {:.0} ns a sample, {:.0} with the sync",
        appending as f64 / samples as f64,
        waiting as f64 / samples as f64
    );
    let status = store.status();
    println!(
        "head: {:.2} B a sample in memory, log {:.2} B",
        status.head_bytes as f64 / samples as f64,
        status.log_bytes as f64 / samples as f64
    );
    questions(&store, end, "head");
    let begin = cpu();
    assert!(matches!(store.flush(Timestamp(end)).unwrap(), Work::Flushed { .. }));
    println!("flush: {:.1} ns a sample", (cpu() - begin) as f64 / samples as f64);
    let status = store.status();
    println!("block: {:.3} B a sample with the index", status.blocks[0].size_bytes as f64 / samples as f64);
    questions(&store, end, "block");
}

fn questions(store: &Store, end: i64, place: &str) {
    let querier = store.querier();
    let matcher = |name: &str, op, value: &str| Matcher::new(name, op, value).unwrap();
    let requests = matcher("__name__", MatchOp::Equal, "http_requests_total");
    let cases = [
        (
            "one series",
            vec![
                matcher("__name__", MatchOp::Equal, "node_load1"),
                matcher("instance", MatchOp::Equal, "10.0.0.5:9100"),
            ],
        ),
        ("one metric", vec![requests.clone()]),
        ("regex", vec![requests, matcher("instance", MatchOp::Regex, "10\\.0\\.0\\.1.*")]),
        ("all", vec![]),
    ];
    for (name, matchers) in cases {
        for minutes in [5i64, 24 * 60] {
            let selection = Selection {
                matchers: matchers.clone(),
                after: Timestamp(end - minutes * 60_000),
                until: Timestamp(end),
            };
            let (mut found, mut read, mut selecting, mut reading) = (0, 0, f64::INFINITY, f64::INFINITY);
            for _ in 0..15 {
                let begin = Instant::now();
                let selected = querier.select(&selection).unwrap();
                selecting = selecting.min(begin.elapsed().as_secs_f64() * 1e3);
                found = selected.labels().len();
                let begin = Instant::now();
                let mut column = Column::default();
                read = 0;
                for series in 0..found {
                    column.clear();
                    selected.read(series, &mut column).unwrap();
                    read += column.len();
                }
                reading = reading.min(begin.elapsed().as_secs_f64() * 1e3);
            }
            println!(
                "{place}, {name}, {minutes} min: {found} series selected in {selecting:.3} ms, {read} samples read in {reading:.3} ms ({:.0} M/s)",
                read as f64 / reading / 1e3
            );
        }
    }
}
