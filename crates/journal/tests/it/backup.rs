//! Backup beside the running server, and restore.

use std::fs;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::{BackupError, Journal, Reader, backup, restore};
use evenkeel_time::Timestamp;

use crate::fixture::{all, erasure, fill, folder, open, tamper, verify};

#[test]
fn a_backup_of_a_running_journal_restores_to_the_same_records() {
    let (source, outside) = (folder(), folder());
    let mut journal = open(&source);
    fill(&mut journal, &[3, 100]);
    journal.put_plan(PlanHash([1; 32]), b"files").unwrap();
    journal.erase(Seq(2), &erasure(journal.head(), Seq(2))).unwrap();
    journal.checkpoint(Timestamp(0)).unwrap();
    let copy = outside.path().join("backup.db");
    let report = backup(source.path(), &copy).unwrap();
    assert_eq!((report.head, report.checkpoints, report.erased), (journal.head(), 1, 1));
    let written = all(journal.read());
    fill(&mut journal, &[1]);

    let target = outside.path().join("restored");
    restore(&copy, &target).unwrap();
    assert!(!target.join("journal-key").exists(), "the private key stays where it is");
    let mut restored = Journal::open(&target).unwrap();
    assert_eq!(all(restored.read()), written);
    assert_eq!(restored.get_plan(PlanHash([1; 32])).unwrap().as_deref(), Some(b"files".as_slice()));
    assert_ne!(restored.public_key(), journal.public_key());
    fill(&mut restored, &[2]);
    restored.checkpoint(Timestamp(0)).unwrap();
    let report = verify(&target.join("journal.db"));
    assert_eq!((report.faults.len(), report.checkpoints), (0, 2), "{:?}", report.faults);
}

#[test]
fn nothing_is_written_over() {
    let (source, outside) = (folder(), folder());
    let mut journal = open(&source);
    fill(&mut journal, &[3]);
    let copy = outside.path().join("backup.db");
    backup(source.path(), &copy).unwrap();
    assert!(matches!(backup(source.path(), &copy), Err(BackupError::NotEmpty { .. })));
    assert!(matches!(restore(&copy, source.path()), Err(BackupError::NotEmpty { .. })));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn an_unsound_journal_is_neither_kept_as_a_backup_nor_restored() {
    let (source, outside) = (folder(), folder());
    let mut journal = open(&source);
    fill(&mut journal, &[1, 1, 1]);
    let copy = outside.path().join("backup.db");
    backup(source.path(), &copy).unwrap();
    let wound = "DELETE FROM journal WHERE first_seq = 2";
    rusqlite::Connection::open(&copy).unwrap().execute(wound, []).unwrap();
    let target = outside.path().join("restored");
    let error = restore(&copy, &target).expect_err("a wounded copy");
    assert!(error.to_string().ends_with("does not verify: record #3: record #2 should stand here"), "{error}");
    assert!(!target.exists());
    tamper(&source).execute(wound, []).unwrap();
    let second = outside.path().join("second.db");
    assert!(matches!(backup(source.path(), &second), Err(BackupError::Unsound { .. })));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn a_backup_is_read_where_it_lies() {
    let (source, outside) = (folder(), folder());
    let mut journal = open(&source);
    let written = fill(&mut journal, &[5]);
    let copy = outside.path().join("backup.db");
    backup(source.path(), &copy).unwrap();
    assert_eq!(all(&Reader::open(&copy).unwrap()), written);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn what_only_the_log_of_a_plain_copy_holds_is_restored_as_well() {
    let (source, outside) = (folder(), folder());
    let mut journal = open(&source);
    let written = fill(&mut journal, &[5, 3]);
    let plain = crate::fixture::copy(&source);
    assert!(fs::metadata(plain.path().join("journal.db-wal")).unwrap().len() > 0);
    let target = outside.path().join("restored");
    restore(&plain.path().join("journal.db"), &target).unwrap();
    assert_eq!(all(Journal::open(&target).unwrap().read()), written);
}
