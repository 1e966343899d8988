//! The write-ahead log cut anywhere in its last commits, as a crash in the middle of a write leaves it.

use std::fs;

use evenkeel_journal::Journal;

use crate::fixture::{batch, copy, fill, folder, open, verify};

#[test]
fn a_log_cut_at_any_byte_opens_with_every_commit_before_the_torn_one() {
    let source = folder();
    let mut journal = open(&source);
    fill(&mut journal, &[5, 40]);
    journal.reload_head().unwrap();
    let log = source.path().join("journal.db-wal");
    let mut ends = vec![(0, journal.head())];
    for size in [1, 30, 2] {
        fill(&mut journal, &[size]);
        ends.push((fs::metadata(&log).unwrap().len(), journal.head()));
    }
    let bytes = fs::read(&log).unwrap();
    assert_eq!(bytes.len() as u64, ends.last().unwrap().0);
    let torn = copy(&source);
    let database = fs::read(source.path().join("journal.db")).unwrap();
    for cut in 0..=bytes.len() {
        fs::write(torn.path().join("journal.db"), &database).unwrap();
        fs::write(torn.path().join("journal.db-wal"), &bytes[..cut]).unwrap();
        let reopened = Journal::open(torn.path()).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let whole = ends.iter().rev().find(|(end, _)| *end <= cut as u64).expect("the first is at 0");
        assert_eq!(reopened.head(), whole.1, "cut at {cut}");
        if cut % 64 == 0 {
            assert!(verify(&torn.path().join("journal.db")).sound(), "cut at {cut}");
        }
    }
}

#[test]
fn work_goes_on_behind_a_torn_tail() {
    let source = folder();
    let mut journal = open(&source);
    fill(&mut journal, &[3]);
    let head = journal.head();
    fill(&mut journal, &[3]);
    let torn = copy(&source);
    let log = torn.path().join("journal.db-wal");
    let bytes = fs::read(&log).unwrap();
    fs::write(&log, &bytes[..bytes.len() - 1]).unwrap();
    let mut journal = open(&torn);
    assert_eq!(journal.head(), head);
    let again = batch(head, 2);
    journal.commit(&again).unwrap();
    drop(journal);
    let report = verify(&torn.path().join("journal.db"));
    assert!(report.sound());
    assert_eq!(report.records, 5);
}

#[test]
fn a_bit_flipped_in_the_log_never_shows_an_altered_record() {
    let source = folder();
    let mut journal = open(&source);
    fill(&mut journal, &[2]);
    journal.reload_head().unwrap();
    let mut heads = vec![journal.head()];
    for size in [4, 4] {
        fill(&mut journal, &[size]);
        heads.push(journal.head());
    }
    let bytes = fs::read(source.path().join("journal.db-wal")).unwrap();
    let database = fs::read(source.path().join("journal.db")).unwrap();
    let torn = copy(&source);
    for place in (0..bytes.len()).step_by(13) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << (place % 8);
        fs::write(torn.path().join("journal.db"), &database).unwrap();
        fs::write(torn.path().join("journal.db-wal"), &flipped).unwrap();
        let journal = Journal::open(torn.path()).unwrap_or_else(|error| panic!("flipped at {place}: {error}"));
        assert!(heads.contains(&journal.head()), "flipped at {place}");
        assert!(verify(&torn.path().join("journal.db")).sound(), "flipped at {place}");
    }
}
