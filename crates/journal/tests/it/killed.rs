//! A writer killed at any moment, and one whose disk fails: what was acknowledged is there.
//!
//! Each test starts this very program again as the writer, which says on its standard output what is
//! durable. The writer is the ignored test below, and knows its folder from its working directory.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use evenkeel_journal::{CommitError, Journal};
use evenkeel_record::Hash;

use crate::fixture::{all, batch, verify};

#[test]
#[ignore = "the writer that the other tests start"]
fn writer() {
    write();
}

#[test]
#[ignore = "the writer with a planted bug that another test starts"]
fn writer_that_skips_syncs() {
    evenkeel_journal::skip_sync();
    write();
}

fn write() {
    let mut out = std::io::stdout();
    let mut journal = Journal::open(Path::new("data")).expect("the journal opens");
    for turn in 0..2000 {
        let records = batch(journal.head(), 1 + turn % 5);
        match journal.commit(&records) {
            Ok(()) => writeln!(out, "durable {} {}", journal.head().seq.0, journal.head().hash).expect("a pipe"),
            Err(error @ CommitError::Io(_)) => {
                assert!(matches!(journal.commit(&records), Err(CommitError::HeadUnknown)));
                writeln!(out, "failed {error}").expect("a pipe");
                journal.reload_head().expect("the disk is well again");
                writeln!(out, "reloaded {} {}", journal.head().seq.0, journal.head().hash).expect("a pipe");
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn start(command: Command, place: &Path) -> Child {
    start_as("killed::writer", command, place)
}

fn start_as(writer: &str, mut command: Command, place: &Path) -> Child {
    command.args(["--exact", writer, "--ignored", "--nocapture"]).current_dir(place);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the writer starts")
}

/// Every acknowledged head is in the journal, with its hash, and the chain is whole.
fn nothing_is_lost(place: &Path, lines: &[String]) -> u64 {
    let journal = Journal::open(&place.join("data")).expect("the journal opens after the crash");
    let hashes: Vec<Hash> = all(journal.read()).iter().map(|record| record.hash).collect();
    let mut last = 0;
    for line in lines.iter().filter(|line| line.starts_with("durable ")) {
        let mut words = line.split(' ').skip(1);
        // The last line may have been cut by the kill.
        if let (Some(Ok(seq)), Some(hash)) = (words.next().map(str::parse::<usize>), words.next())
            && hash.len() == 64
        {
            assert_eq!(hashes.get(seq - 1).map(ToString::to_string).as_deref(), Some(hash), "record {seq} is lost");
            last = seq as u64;
        }
    }
    assert!(verify(&place.join("data/journal.db")).sound());
    last
}

#[test]
fn a_writer_killed_at_any_moment_loses_nothing_it_acknowledged() {
    let place = crate::fixture::folder();
    let program = std::env::current_exe().expect("this program");
    let mut before = 0;
    for cycle in 0..20 {
        let mut writer = start(Command::new(&program), place.path());
        let mut lines = Vec::new();
        let mut reader = BufReader::new(writer.stdout.take().expect("a pipe"));
        for _ in 0..(5 + cycle * 7) {
            let mut line = String::new();
            if reader.read_line(&mut line).expect("a pipe") == 0 {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        writer.kill().expect("the writer is killed");
        writer.wait().expect("the writer ends");
        lines.extend(reader.lines().map_while(Result::ok));
        let last = nothing_is_lost(place.path(), &lines);
        assert!(last > before, "cycle {cycle} got nowhere");
        before = last;
    }
}

#[test]
fn a_failing_sync_puts_the_commit_in_doubt_and_reloading_settles_it() {
    let place = tempfile::tempdir().expect("a folder on a real disk");
    let Ok(traced) = Command::new("strace").arg("-V").output() else {
        let _ = writeln!(std::io::stderr(), "skipped: there is no strace here");
        return;
    };
    assert!(traced.status.success());
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new("strace");
    // Every 37th sync from the 40th on fails.
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=fdatasync,fsync:error=EIO:when=40+37"]).arg(&program);
    let mut writer = start(command, place.path());
    let reader = BufReader::new(writer.stdout.take().expect("a pipe"));
    let lines: Vec<String> = reader.lines().map_while(Result::ok).take(400).collect();
    // With nobody left to listen to it, the writer ends, and strace with it.
    writer.wait().expect("the writer ends");
    let failures = lines.iter().filter(|line| line.starts_with("failed ")).count();
    if failures == 0 {
        let _ = writeln!(std::io::stderr(), "skipped: strace may not trace here");
        return;
    }
    assert!(failures > 3, "{failures} of {}", lines.len());
    nothing_is_lost(place.path(), &lines);
}

/// How many commits a writer acknowledged, and how many syncs the kernel saw; `None` where nothing can be traced.
fn commits_and_syncs(writer: &str) -> Option<(usize, usize)> {
    Command::new("strace").arg("-V").output().ok()?;
    let place = tempfile::tempdir().expect("a folder on a real disk");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "calls", "-e", "trace=fdatasync,fsync"]);
    command.arg(std::env::current_exe().expect("this program"));
    let mut writer = start_as(writer, command, place.path());
    let reader = BufReader::new(writer.stdout.take().expect("a pipe"));
    let commits = reader.lines().map_while(Result::ok).take(200).filter(|line| line.starts_with("durable ")).count();
    writer.wait().expect("the writer ends");
    let calls = std::fs::read_to_string(place.path().join("calls")).ok()?;
    Some((commits, calls.lines().filter(|line| line.contains("sync(")).count()))
}

#[test]
fn every_acknowledged_commit_was_synced_and_a_skipped_sync_would_be_seen() {
    let Some((commits, syncs)) = commits_and_syncs("killed::writer").filter(|(commits, _)| *commits > 0) else {
        let _ = writeln!(std::io::stderr(), "skipped: there is no strace here, or it may not trace");
        return;
    };
    assert!(syncs >= commits, "{commits} commits acknowledged after {syncs} syncs");
    let (commits, syncs) = commits_and_syncs("killed::writer_that_skips_syncs").expect("it was traced a moment ago");
    assert!(syncs < commits, "the planted bug goes unseen: {commits} commits after {syncs} syncs");
}
