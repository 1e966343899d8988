//! Snapshots count only when whole, wanted, and of this journal.

use std::fs;

use evenkeel_ids::Seq;
use evenkeel_journal::Snapshot;
use evenkeel_record::Hash;

use crate::fixture::{fill, folder, open};

#[test]
fn the_newest_counts_and_two_are_kept() {
    let folder = folder();
    let mut journal = open(&folder);
    assert!(journal.latest_snapshot(1).found.is_none());
    for state in ["one", "two", "three"] {
        fill(&mut journal, &[4]);
        let head = journal.head();
        journal.write_snapshot(head.seq, head.hash, 1, state.as_bytes()).unwrap();
    }
    let head = journal.head();
    let latest = journal.latest_snapshot(1);
    assert_eq!(latest.found, Some(Snapshot { seq: head.seq, hash: head.hash, state: b"three".to_vec() }));
    assert_eq!(latest.skipped, Vec::<String>::new());
    assert_eq!(fs::read_dir(folder.path().join("snapshots")).unwrap().count(), 2);
}

#[test]
fn one_flipped_or_cut_at_any_byte_is_passed_over_for_the_one_before() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2]);
    journal.write_snapshot(journal.head().seq, journal.head().hash, 1, b"good").unwrap();
    fill(&mut journal, &[2]);
    journal.write_snapshot(journal.head().seq, journal.head().hash, 1, b"spoiled").unwrap();
    let path = folder.path().join("snapshots/00000000000000000004.snapshot");
    let whole = fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (place % 8);
        for bytes in [&flipped, &whole[..place]] {
            fs::write(&path, bytes).unwrap();
            let latest = journal.latest_snapshot(1);
            assert_eq!(latest.found.expect("the older one").state, b"good");
            assert_eq!(latest.skipped.len(), 1);
        }
    }
}

#[test]
fn one_of_another_version_journal_or_future_is_passed_over_with_a_reason() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2]);
    let head = journal.head();
    for (seq, hash, version, reason) in [
        (head.seq, head.hash, 2, "it has state version 2, and 1 is wanted"),
        (head.seq, Hash([1; 32]), 1, "record #2 has another hash in this journal"),
        (Seq(7), head.hash, 1, "this journal has no record #7"),
    ] {
        journal.write_snapshot(seq, hash, version, b"state").unwrap();
        let latest = journal.latest_snapshot(1);
        assert_eq!(latest.found, None);
        assert!(latest.skipped[0].ends_with(reason), "{:?}", latest.skipped);
    }
}
