//! Commits, the head, and reading back.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::{Journal, Reader, UnreadableRecord, seal};
use evenkeel_record::chain::Head;
use evenkeel_record::{Hash, Header};

use crate::fixture::{all, batch, faults, file, fill, folder, open, salts, stopped};

#[test]
fn what_is_committed_reads_back_after_reopening_byte_for_byte() {
    let folder = folder();
    let mut journal = open(&folder);
    assert_eq!(journal.head(), Head::default());
    let written = fill(&mut journal, &[1, 3, 64, 1]);
    let head = journal.head();
    assert_eq!(head, Head { seq: Seq(69), hash: written.last().unwrap().hash });
    drop(journal);
    let journal = open(&folder);
    assert_eq!(journal.head(), head);
    assert_eq!(all(journal.read()), written);
    assert_eq!(faults(&folder), "");
}

#[test]
fn replay_starts_in_the_middle_of_a_row() {
    let folder = folder();
    let mut journal = open(&folder);
    let written = fill(&mut journal, &[2, 5, 3]);
    for from in 1..=10 {
        let mut found = Vec::new();
        journal
            .replay(Seq(from), |record| {
                found.push(record.to_sealed());
                Ok::<_, evenkeel_journal::ReadError>(())
            })
            .unwrap();
        assert_eq!(found, written[usize::try_from(from).unwrap() - 1..]);
        let index = usize::try_from(from).unwrap() - 1;
        assert_eq!(journal.read().hash_at(Seq(from)).unwrap(), Some(written[index].hash));
        assert_eq!(journal.read().record(Seq(from)).unwrap().as_ref(), Some(&written[index]));
    }
    assert_eq!(journal.read().hash_at(Seq(11)).unwrap(), None);
    assert_eq!(journal.read().record(Seq(11)).unwrap(), None);
    assert_eq!(journal.read().record(Seq(0)).unwrap(), None);
}

#[test]
fn many_pages_are_read_in_order() {
    let folder = folder();
    let mut journal = open(&folder);
    let written = fill(&mut journal, &[2000; 6]);
    assert!(journal.read().pages(Seq(1)).count() > 1);
    assert_eq!(all(journal.read()), written);
}

#[test]
fn an_empty_commit_changes_nothing() {
    let folder = folder();
    let mut journal = open(&folder);
    journal.commit(&[]).unwrap();
    assert_eq!(journal.head(), Head::default());
}

#[test]
#[should_panic(expected = "records are committed in sequence")]
fn a_gap_never_reaches_the_disk() {
    let folder = folder();
    let mut journal = open(&folder);
    let records = batch(journal.head(), 3);
    let _ = journal.commit(&records[1..]);
}

#[test]
#[should_panic(expected = "records are committed in sequence")]
fn a_record_of_another_chain_never_reaches_the_disk() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2]);
    let foreign = batch(Head { seq: Seq(2), hash: Hash([9; 32]) }, 1);
    let _ = journal.commit(&foreign);
}

#[test]
fn a_reader_sees_commits_while_the_writer_goes_on() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2]);
    let reader = Reader::open(&file(&folder)).unwrap();
    assert_eq!(reader.head().unwrap(), journal.head());
    fill(&mut journal, &[7]);
    assert_eq!(reader.head().unwrap(), journal.head());
    assert_eq!(all(&reader).len(), 9);
}

#[test]
fn the_head_reloads_to_what_is_there() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[4]);
    let head = journal.head();
    assert_eq!(journal.reload_head().unwrap(), head);
    fill(&mut journal, &[1]);
    assert_eq!(faults(&folder), "");
}

#[test]
fn a_kind_that_only_a_newer_program_knows_is_refused_clearly() {
    let folder = folder();
    let mut journal = open(&folder);
    let mut sealed = seal(Head::default(), &[stopped(Seq(1), "x")], &mut salts()).remove(0);
    let (header, _) = Header::decode(&sealed.header).unwrap();
    let mut bytes = Vec::new();
    Header { kind: "mind-read".into(), ..header }.encode(&mut bytes);
    sealed.hash = Hash::of(&[&bytes]);
    sealed.header = bytes.into();
    journal.commit(&[sealed]).unwrap();
    let mut refused = None;
    let read = journal.replay(Seq(1), |record| {
        refused = record.decode().err();
        Ok::<_, evenkeel_journal::ReadError>(())
    });
    read.unwrap();
    let refused: UnreadableRecord = refused.expect("an error");
    assert_eq!(
        refused.to_string(),
        "record #1: record kind `mind-read` is not known to this version; it was written by a newer one"
    );
    assert_eq!(faults(&folder), "", "an unknown kind is whole all the same");
}

#[test]
fn plans_are_kept_once_under_their_hash() {
    let folder = folder();
    let mut journal = open(&folder);
    let plan = PlanHash([3; 32]);
    assert_eq!(journal.get_plan(plan).unwrap(), None);
    journal.put_plan(plan, b"files").unwrap();
    journal.put_plan(plan, b"others").unwrap();
    assert_eq!(journal.get_plan(plan).unwrap().as_deref(), Some(b"files".as_slice()));
    drop(journal);
    let journal = Journal::open(folder.path()).unwrap();
    assert_eq!(journal.get_plan(plan).unwrap().as_deref(), Some(b"files".as_slice()));
}

#[test]
fn salts_differ() {
    let salts: std::collections::BTreeSet<_> = evenkeel_journal::OsSalts::default().take(2000).collect();
    assert_eq!(salts.len(), 2000);
}
