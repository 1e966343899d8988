use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use evenkeel_metric::{Column, Querier};
use evenkeel_time::Timestamp;
use evenkeel_tsdb::{Options, Repair, Store};

use crate::appender::{acknowledged, command};
use crate::support::{NOW, all};

/// Batches that are whole in the store, and that nothing is in it besides.
fn batches(folder: &Path) -> (i64, Vec<Repair>) {
    let (store, repairs) = Store::open(Options::in_folder(folder), Timestamp(NOW)).expect("opens");
    let querier = store.querier();
    let selected = querier.select(&all()).expect("selects");
    let (mut column, mut count) = (Column::default(), None);
    for place in 0..selected.labels().len() {
        column.clear();
        selected.read(place, &mut column).expect("reads");
        assert_eq!(*count.get_or_insert(column.len()), column.len(), "a batch is there whole or not at all");
        let samples = column.times.iter().zip(&column.values).zip(0i64..);
        assert!(samples.clone().all(|((at, value), nth)| *at == NOW + nth * 1000 && *value == nth as f64));
    }
    assert_eq!(count.unwrap_or(0) % 10, 0, "a batch is there whole or not at all");
    (i64::try_from(count.unwrap_or(0) / 10).expect("few"), repairs)
}

#[test]
fn when_a_sync_fails_what_was_acknowledged_is_there_and_the_log_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let inject = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=3+4"];
    let child =
        command(Some(("strace", &inject)), folder.path(), 0).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: no strace here");
        return;
    };
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let acknowledged = lines.map_while(Result::ok).filter_map(|line| acknowledged(&line)).take(12).last();
    let Some(acknowledged) = acknowledged else {
        eprintln!("skipped: strace may not trace here");
        return;
    };
    // The tracer is asked to end, and its child with it.
    drop(Command::new("pkill").args(["-KILL", "-P", &child.id().to_string()]).status());
    child.kill().expect("is killed");
    child.wait().expect("ends");
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("a pipe"), &mut said).expect("text");
    assert!(said.contains("the log cannot be written"), "{said}");
    assert_eq!(acknowledged, 11);
    let (found, _) = batches(folder.path());
    assert!(found > acknowledged, "{acknowledged} was acknowledged, {found} found");
    let parts = std::fs::read_dir(folder.path().join("log")).expect("a folder").count();
    assert!(parts >= 3, "each failed sync gives up a part: {parts}");
}

#[test]
fn killed_a_hundred_times_at_any_moment_no_acknowledged_sample_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut next, mut torn) = (0, 0);
    for cycle in 0..100u64 {
        let mut child = command(None, folder.path(), next).stdout(Stdio::piped()).spawn().expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        // After 1 to 16 acknowledgements, in the middle of whatever comes next.
        let until = usize::try_from(cycle * 7 % 16 + 1).expect("few");
        let acknowledged = lines.map_while(Result::ok).filter_map(|line| acknowledged(&line)).take(until).last();
        child.kill().expect("is killed");
        child.wait().expect("ends");
        let (found, repairs) = batches(folder.path());
        assert!(
            acknowledged.is_some_and(|last| found > last),
            "cycle {cycle}: {acknowledged:?} was acknowledged, {found} found"
        );
        for repair in repairs {
            assert!(matches!(repair, Repair::TornTail { .. } | Repair::Unfinished { .. }), "{repair}");
            torn += 1;
        }
        next = found;
    }
    eprintln!("{next} batches, {torn} repairs");
}
