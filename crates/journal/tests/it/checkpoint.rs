//! Signed checkpoints, and what they prove.

use evenkeel_ids::Seq;
use evenkeel_journal::{Checkpoint, Journal, NoteFault, Verification, seal};
use evenkeel_time::Timestamp;

use crate::fixture::{copy, faults, file, fill, folder, open, salts, stopped, tamper, verify};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

#[test]
fn a_checkpoint_is_a_signed_note_of_the_head() {
    let folder = folder();
    let mut journal = open(&folder);
    assert_eq!(journal.checkpoint(NOW).unwrap(), None, "there is nothing to sign yet");
    fill(&mut journal, &[3]);
    let note = journal.checkpoint(NOW).unwrap().expect("a note");
    let key = journal.public_key();
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(lines[0], key.name());
    assert_eq!(lines[1], "3");
    assert_eq!(lines[3], "at 2026-11-18T11:06:40.000Z");
    assert_eq!(lines[4], "");
    assert!(lines[5].starts_with(&format!("\u{2014} {} ", key.name())));
    let checkpoint = Checkpoint::verify(&note, &[key]).unwrap();
    assert_eq!((checkpoint.seq, checkpoint.hash, checkpoint.at), (Seq(3), journal.head().hash, Some(NOW)));
    let report = verify(&file(&folder));
    assert!(report.sound());
    assert_eq!((report.checkpoints, report.last_checkpoint), (1, Some(checkpoint)));
}

#[test]
fn an_altered_or_foreign_note_proves_nothing() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3]);
    let note = journal.checkpoint(NOW).unwrap().unwrap();
    let key = journal.public_key();
    let other = crate::fixture::folder();
    let foreign = open(&other).public_key();
    assert_eq!(Checkpoint::verify(&note, &[foreign]), Err(NoteFault::UnknownKey(key.name())));
    assert_eq!(
        Checkpoint::verify(&note.replace("\n3\n", "\n4\n"), std::slice::from_ref(&key)),
        Err(NoteFault::BadSignature)
    );
    assert_eq!(Checkpoint::verify("nonsense", std::slice::from_ref(&key)), Err(NoteFault::Malformed));
    for cut in 0..note.len() - 1 {
        assert!(
            note.get(..cut).is_none_or(|cut| Checkpoint::verify(cut, std::slice::from_ref(&key)).is_err()),
            "cut at {cut}"
        );
    }
    tamper(&folder).execute("UPDATE checkpoint SET note = replace(note, '11:06', '11:07')", []).unwrap();
    assert!(faults(&folder).contains("record #3: the checkpoint cannot be used: its signature does not fit"));
}

#[test]
fn a_tail_cut_behind_a_checkpoint_is_found() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3, 2, 1]);
    journal.checkpoint(NOW).unwrap();
    fill(&mut journal, &[1]);
    drop(journal);
    tamper(&folder).execute("DELETE FROM journal WHERE first_seq >= 4", []).unwrap();
    assert_eq!(
        faults(&folder),
        "record #4: the journal ends before this record, but a signed checkpoint says there was a record #6\n"
    );
}

#[test]
fn a_tail_cut_with_its_checkpoint_is_found_by_the_note_kept_outside() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3, 2]);
    let note = journal.checkpoint(NOW).unwrap().unwrap();
    let key = journal.public_key();
    drop(journal);
    tamper(&folder).execute_batch("DELETE FROM journal WHERE first_seq >= 4; DELETE FROM checkpoint").unwrap();
    assert_eq!(faults(&folder), "", "the file alone does not show it");
    let what = Verification { keys: vec![key], notes: vec![note], ..Verification::default() };
    let report = open(&folder).read().verify(&what, |_| {}).unwrap();
    assert!(report.keys_given);
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
}

#[test]
fn a_tail_rewritten_after_a_checkpoint_is_found() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3, 1]);
    journal.checkpoint(NOW).unwrap();
    drop(journal);
    tamper(&folder).execute("DELETE FROM journal WHERE first_seq >= 4", []).unwrap();
    let mut journal = open(&folder);
    let forged = seal(journal.head(), &[stopped(Seq(4), "another story")], &mut salts());
    journal.commit(&forged).unwrap();
    assert_eq!(faults(&folder), "record #4: a signed checkpoint has another hash for this record\n");
}

#[test]
fn a_checkpoint_of_an_idle_journal_is_renewed_in_place() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[3]);
    journal.checkpoint(NOW).unwrap();
    journal.checkpoint(Timestamp(NOW.0 + 3_600_000)).unwrap();
    assert_eq!(journal.read().checkpoints().unwrap().len(), 1);
    let moved = copy(&folder);
    drop(Journal::open(moved.path()).unwrap());
    tamper(&moved).execute("UPDATE checkpoint SET seq = 2", []).unwrap();
    assert!(faults(&moved).contains("record #2: the checkpoint filed here is of record #3"));
}
