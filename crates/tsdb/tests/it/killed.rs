use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use evenkeel_time::Timestamp;
use evenkeel_tsdb::{Options, Repair, Store};

use crate::support::{NOW, all, read};

/// How often it is killed.
const CYCLES: u64 = 100;

fn appender() -> Option<PathBuf> {
    let deps = std::env::current_exe().expect("a test");
    let path = deps.parent()?.parent()?.join("examples/appender");
    path.exists().then_some(path)
}

/// Batches that are whole in the store, and that nothing is in it besides.
fn batches(folder: &std::path::Path) -> (i64, Vec<Repair>) {
    let (store, repairs) = Store::open(Options::in_folder(folder), Timestamp(NOW)).expect("opens");
    let held = read(&store, &all()).expect("reads");
    let counts: Vec<usize> = held.values().map(|samples| samples.len()).collect();
    let count = counts.first().copied().unwrap_or(0);
    assert!(counts.iter().all(|other| *other == count) && count % 10 == 0, "a batch is there whole or not at all");
    for samples in held.values() {
        assert!(
            samples
                .iter()
                .zip(0i64..)
                .all(|((at, bits), nth)| { *at == NOW + nth * 1000 && f64::from_bits(*bits) == nth as f64 })
        );
    }
    (i64::try_from(count / 10).expect("few"), repairs)
}

#[test]
fn when_a_sync_fails_what_was_acknowledged_is_there_and_the_log_goes_on() {
    let Some(appender) = appender() else {
        eprintln!("skipped: the example `appender` is not built");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let child = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=3+4"])
        .arg(&appender)
        .args([folder.path().as_os_str(), "0".as_ref()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: no strace here");
        return;
    };
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let acknowledged = lines.take(12).map_while(Result::ok).last().and_then(|line| line.parse::<i64>().ok());
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
fn killed_a_hundred_times_no_acknowledged_sample_is_missing() {
    let Some(appender) = appender() else {
        eprintln!("skipped: the example `appender` is not built");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (mut next, mut torn) = (0, 0);
    for cycle in 0..CYCLES {
        let mut child = Command::new(&appender)
            .args([folder.path().as_os_str(), next.to_string().as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        // After 1 to 16 acknowledgements, in the middle of whatever comes next.
        let until = usize::try_from(cycle * 7 % 16 + 1).expect("few");
        let acknowledged = lines.take(until).map_while(Result::ok).last().and_then(|line| line.parse::<i64>().ok());
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
    eprintln!("{CYCLES} times killed, {next} batches, {torn} repairs");
}
