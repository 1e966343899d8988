//! Journals to test with.

use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::{Journal, Reader, Verification, VerifyReport, seal};
use evenkeel_record::chain::{Head, Salt, Sealed};
use evenkeel_record::{Actor, Body, BodyErased, Origin, Record, Stopped};
use evenkeel_time::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

/// A folder of its own, in memory where there is such a place: these tests sync a lot.
pub(crate) fn folder() -> TempDir {
    match Path::new("/dev/shm") {
        memory if memory.is_dir() => tempfile::tempdir_in(memory).expect("a folder in memory"),
        _ => tempfile::tempdir().expect("a folder"),
    }
}

pub(crate) fn open(folder: &TempDir) -> Journal {
    Journal::open(folder.path()).expect("the journal opens")
}

pub(crate) fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("journal.db")
}

/// Past the writer, as someone who alters the file would.
pub(crate) fn tamper(folder: &TempDir) -> Connection {
    Connection::open(file(folder)).expect("the file opens")
}

pub(crate) fn record(seq: Seq, body: Body) -> Record {
    let at = Timestamp(1_795_000_000_000 + i64::try_from(seq.0).expect("small"));
    Record { seq, at, actor: Actor::system(), origin: Origin::Observed, plan: PlanHash([5; 32]), body }
}

pub(crate) fn stopped(seq: Seq, reason: &str) -> Record {
    record(seq, Body::Stopped(Stopped { reason: reason.into() }))
}

/// Salts that are the same each time.
pub(crate) fn salts() -> impl Iterator<Item = Salt> {
    (0..=u8::MAX).cycle().map(|n| [n ^ 0x5a; 16])
}

/// `count` records behind a head, each with a text of its own.
pub(crate) fn batch(head: Head, count: u64) -> Vec<Sealed> {
    let reason = |n: u64| format!("reason {} {}", head.seq.0 + n, "x".repeat(usize::try_from(n * 37 % 300).unwrap()));
    let records: Vec<Record> = (1..=count).map(|n| stopped(Seq(head.seq.0 + n), &reason(n))).collect();
    seal(head, &records, &mut salts().skip(usize::try_from(head.seq.0 % 100).unwrap()))
}

/// Commits batches of these sizes; all their records.
pub(crate) fn fill(journal: &mut Journal, sizes: &[u64]) -> Vec<Sealed> {
    let mut all = Vec::new();
    for size in sizes {
        let records = batch(journal.head(), *size);
        journal.commit(&records).expect("the commit succeeds");
        all.extend(records);
    }
    all
}

/// The record that says that a body is erased.
pub(crate) fn erasure(head: Head, erased: Seq) -> Sealed {
    let body = Body::BodyErased(BodyErased { erased, reason: "asked for".into() });
    seal(head, &[record(head.seq.next(), body)], &mut salts()).remove(0)
}

pub(crate) fn all(reader: &Reader) -> Vec<Sealed> {
    let mut found = Vec::new();
    let read = reader.replay(Seq(1), |record| {
        found.push(record.to_sealed());
        Ok::<_, evenkeel_journal::ReadError>(())
    });
    read.expect("the journal reads");
    found
}

pub(crate) fn verify(file: &Path) -> VerifyReport {
    let reader = Reader::open(file).expect("the journal opens");
    reader.verify(&Verification::default(), |_| {}).expect("the journal can be verified")
}

/// The faults, one to a line.
pub(crate) fn faults(folder: &TempDir) -> String {
    let report = verify(&file(folder));
    report.faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// The files that make up a journal, without the shared memory of those who have it open.
pub(crate) fn copy(from: &TempDir) -> TempDir {
    let to = folder();
    for name in ["journal.db", "journal.db-wal", "journal-key"] {
        if from.path().join(name).exists() {
            fs::copy(from.path().join(name), to.path().join(name)).expect("the file copies");
        }
    }
    to
}
