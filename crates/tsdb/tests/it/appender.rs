//! The process that is killed: it appends, and says which batches were acknowledged.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use evenkeel_metric::{Batch, Sample};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Options, Store};

use crate::support::NOW;

/// Folder and number of the first batch, for the process that appends.
const FOLDER: &str = "EVENKEEL_TEST_APPEND_FOLDER";
const FIRST: &str = "EVENKEEL_TEST_APPEND_FIRST";

/// A program, and this test binary behind it, which appends to a folder from a batch on.
pub(crate) fn command(program: Option<(&str, &[&str])>, folder: &Path, first: i64) -> Command {
    let this = std::env::current_exe().expect("a test");
    let mut command = match program {
        Some((program, arguments)) => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
        None => Command::new(this),
    };
    command.args(["--exact", "appender::appends_until_it_is_killed", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).env(FIRST, first.to_string());
    command
}

/// The batch that a line of its output acknowledges.
pub(crate) fn acknowledged(line: &str) -> Option<i64> {
    line.strip_prefix("acknowledged ")?.parse().ok()
}

#[test]
#[ignore = "other tests start it, and kill it"]
fn appends_until_it_is_killed() {
    let (Ok(folder), Ok(first)) = (std::env::var(FOLDER), std::env::var(FIRST)) else { return };
    let options = Options { head_span: Duration::secs(300), ..Options::in_folder(folder) };
    let (store, _) = Store::open(options, Timestamp(NOW)).expect("opens");
    let store = Arc::new(store);
    let upkeep = Arc::clone(&store);
    std::thread::spawn(move || {
        loop {
            let now = upkeep.status().newest.unwrap_or(Timestamp(NOW));
            upkeep.tick(now).expect("ticks");
            std::thread::yield_now();
        }
    });
    let mut out = std::io::stdout();
    writeln!(out).expect("a pipe");
    for number in first.parse::<i64>().expect("a number").. {
        let mut batch = Batch::default();
        for series in 0..100 {
            batch.begin([("__name__", "acknowledged"), ("series", format!("{series:03}").as_str())]);
            for step in 0..10 {
                let at = number * 10 + step;
                batch.sample(Sample { at: Timestamp(NOW + at * 1000), value: at as f64 });
            }
        }
        // What was refused is sent again, as senders do.
        let now = Timestamp(NOW + number * 10_000 + 10_000);
        while let Err(fault) = store.append(&batch, now).and_then(|appended| store.wait_durable(appended.commit)) {
            eprintln!("{number}: {fault}");
            std::thread::yield_now();
        }
        writeln!(out, "acknowledged {number}").expect("a pipe");
        out.flush().expect("a pipe");
    }
}
