//! Appends until it is killed, and says which batches were acknowledged. The test that kills it reads what it says.
//!
//! `appender FOLDER FIRST`: batch after batch from that number on, each with ten samples of a hundred series, a second apart.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "an example that prints and is killed"
)]

use std::io::Write;
use std::sync::Arc;

use evenkeel_metric::{Batch, Sample};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Options, Store};

const START: i64 = 1_800_000_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (folder, first) = (arguments.next().unwrap(), arguments.next().unwrap().parse::<i64>().unwrap());
    let options =
        Options { head_span: Duration::secs(300), block_span: Duration::hours(40), ..Options::in_folder(folder) };
    let (store, repairs) = Store::open(options, Timestamp(START + first * 10_000)).unwrap();
    let mut out = std::io::stdout();
    repairs.iter().for_each(|repair| eprintln!("{repair}"));
    let store = Arc::new(store);
    let upkeep = Arc::clone(&store);
    std::thread::spawn(move || {
        loop {
            let now = upkeep.status().newest.unwrap_or(Timestamp(START));
            upkeep.tick(now).unwrap();
            std::thread::yield_now();
        }
    });
    for number in first.. {
        let mut batch = Batch::default();
        for series in 0..100 {
            batch.begin([("__name__", "acknowledged"), ("series", format!("{series:03}").as_str())]);
            for step in 0..10 {
                let at = number * 10 + step;
                batch.sample(Sample { at: Timestamp(START + at * 1000), value: at as f64 });
            }
        }
        // What was refused is sent again, as senders do.
        let now = Timestamp(START + number * 10_000 + 10_000);
        while let Err(fault) = store.append(&batch, now).and_then(|appended| store.wait_durable(appended.commit)) {
            eprintln!("{number}: {fault}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        writeln!(out, "{number}").unwrap();
        out.flush().unwrap();
    }
}
