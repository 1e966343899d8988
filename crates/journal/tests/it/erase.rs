//! Erased bodies are gone from every file, and the chain stays whole.

use std::fs;
use std::path::Path;

use evenkeel_ids::Seq;
use evenkeel_journal::{EraseError, Journal, Reader, seal};
use tempfile::TempDir;

use crate::fixture::{all, erasure, faults, file, fill, folder, open, salts, stopped, verify};

/// Whether any file below a folder holds these bytes.
fn anywhere(folder: &Path, needle: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => anywhere(&path, needle),
        false => fs::read(&path).unwrap().windows(needle.len()).any(|bytes| bytes == needle.as_bytes()),
    })
}

fn commit(journal: &mut Journal, reasons: &[String]) {
    let head = journal.head();
    let records: Vec<_> = reasons.iter().zip(1..).map(|(reason, n)| stopped(Seq(head.seq.0 + n), reason)).collect();
    journal.commit(&seal(head, &records, &mut salts())).unwrap();
}

/// Commits of one and of several records, with bodies small and larger than a page.
fn journal_of_secrets() -> (TempDir, Journal, Vec<String>) {
    let folder = folder();
    let mut journal = open(&folder);
    let secret = |n: usize| format!("SECRET-{n:04}-{}", "s".repeat(n * 131 % 9000));
    let secrets: Vec<String> = (1..=120).map(secret).collect();
    for (n, chunk) in secrets.chunks(3).enumerate() {
        match n % 2 {
            0 => commit(&mut journal, chunk),
            _ => chunk.iter().for_each(|secret| commit(&mut journal, std::slice::from_ref(secret))),
        }
    }
    (folder, journal, secrets)
}

#[test]
fn erased_bytes_are_gone_from_every_file() {
    let (folder, mut journal, secrets) = journal_of_secrets();
    journal.write_snapshot(journal.head().seq, journal.head().hash, 1, secrets[0].as_bytes()).unwrap();
    for n in (1..=120).step_by(7) {
        let marker = format!("SECRET-{n:04}-");
        assert!(anywhere(folder.path(), &marker));
        journal.erase(Seq(n), &erasure(journal.head(), Seq(n))).unwrap();
        assert!(!anywhere(folder.path(), &marker), "{marker}");
    }
    fill(&mut journal, &[5]);
    assert_eq!(journal.latest_snapshot(1).found, None, "a snapshot may hold what was erased");
    let report = verify(&file(&folder));
    assert_eq!((report.faults.as_slice(), report.erased), (&[][..], 18));
    let records = all(journal.read());
    assert!(records[0].body.is_none() && records[1].body.is_some());
    let mut decoded = None;
    let read = journal.replay(Seq(1), |record| {
        decoded.get_or_insert(record.decode().unwrap());
        Ok::<_, evenkeel_journal::ReadError>(())
    });
    read.unwrap();
    let decoded = decoded.unwrap();
    assert_eq!((decoded.header.seq, decoded.body.clone(), decoded.into_record()), (Seq(1), None, None));
    drop(journal);
    for n in (1..=120).step_by(7) {
        assert!(!anywhere(folder.path(), &format!("SECRET-{n:04}-")));
    }
}

#[test]
fn what_cannot_be_erased_is_refused_and_nothing_is_appended() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3]);
    let head = journal.head();
    assert!(matches!(journal.erase(Seq(9), &erasure(head, Seq(9))), Err(EraseError::NoSuchRecord(Seq(9)))));
    assert_eq!(journal.head(), head);
    journal.erase(Seq(2), &erasure(head, Seq(2))).unwrap();
    let again = erasure(journal.head(), Seq(2));
    assert!(matches!(journal.erase(Seq(2), &again), Err(EraseError::AlreadyErased(Seq(2)))));
    assert_eq!(journal.head().seq, Seq(4));
    assert_eq!(faults(&folder), "");
}

#[test]
#[should_panic(expected = "the record given says what is erased")]
fn the_record_must_say_what_is_erased() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3]);
    let _ = journal.erase(Seq(2), &erasure(journal.head(), Seq(1)));
}

#[test]
fn even_the_record_of_an_erasure_can_be_erased() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3]);
    journal.erase(Seq(2), &erasure(journal.head(), Seq(2))).unwrap();
    journal.erase(Seq(4), &erasure(journal.head(), Seq(4))).unwrap();
    assert_eq!(faults(&folder), "");
}

#[test]
fn a_body_put_back_is_found() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[1, 1]);
    let connection = crate::fixture::tamper(&folder);
    let body: Vec<u8> =
        connection.query_row("SELECT bodies FROM journal WHERE first_seq = 2", [], |row| row.get(0)).unwrap();
    journal.erase(Seq(2), &erasure(journal.head(), Seq(2))).unwrap();
    connection.execute("UPDATE journal SET bodies = $1 WHERE first_seq = 2", [body]).unwrap();
    assert_eq!(faults(&folder), "record #2: record #3 says the body was erased, but it is there\n");
}

#[test]
fn a_reader_in_the_way_is_said_and_purging_finishes_the_work() {
    let (folder, mut journal, _) = journal_of_secrets();
    let reader = rusqlite::Connection::open(file(&folder)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM journal").unwrap();
    let read: i64 = reader.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
    assert!(read > 0);
    let erased = journal.erase(Seq(5), &erasure(journal.head(), Seq(5)));
    let error = erased.expect_err("the log is being read");
    assert!(error.leaves_only_the_log() && error.passing(), "{error:?}");
    reader.execute_batch("COMMIT").unwrap();
    journal.purge().unwrap();
    assert!(!anywhere(folder.path(), "SECRET-0005-"));
    assert!(verify(&file(&folder)).sound());
    drop(Reader::open(&file(&folder)).unwrap());
}
