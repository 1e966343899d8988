//! The data folder: its lock, its modes, and files that are not journals.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use evenkeel_journal::{Journal, OpenError, Reader};

use crate::fixture::{all, copy, file, fill, folder, open, tamper};

#[test]
fn a_second_writer_is_refused_with_the_first_ones_pid() {
    let folder = folder();
    let _journal = open(&folder);
    let error = Journal::open(folder.path()).expect_err("the folder is in use");
    let pid = std::process::id();
    assert!(matches!(&error, OpenError::Locked { pid: Some(found), .. } if *found == pid), "{error:?}");
    assert!(error.to_string().ends_with(&format!("is in use by another process, pid {pid}")), "{error}");
}

#[test]
fn the_lock_ends_with_the_writer() {
    let folder = folder();
    drop(open(&folder));
    drop(open(&folder));
}

#[test]
fn everything_in_it_is_private() {
    let outer = folder();
    let inner = outer.path().join("a/data");
    let mut journal = Journal::open(&inner).unwrap();
    fill(&mut journal, &[3]);
    journal.restore_reserve(4096).unwrap();
    journal.write_snapshot(journal.head().seq, journal.head().hash, 1, b"state").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(mode(&inner.join("snapshots")), 0o700);
    let mut seen = 0;
    for entry in fs::read_dir(&inner).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        assert_eq!(mode(&entry), 0o600, "{}", entry.display());
        seen += 1;
    }
    assert_eq!(seen, 7, "journal.db, -wal, -shm, two keys, lock, reserve");
}

#[test]
fn a_newer_layout_is_refused_and_left_alone() {
    let folder = folder();
    drop(open(&folder));
    tamper(&folder).execute("UPDATE meta SET value = '7' WHERE key = 'layout'", []).unwrap();
    let expected = "has journal layout 7, and this program knows layouts up to 1: use the newer program";
    for error in [Journal::open(folder.path()).unwrap_err(), Reader::open(&file(&folder)).unwrap_err()] {
        assert!(error.to_string().ends_with(expected), "{error}");
    }
}

#[test]
fn another_programs_database_and_plain_nonsense_are_refused() {
    let folder = folder();
    tamper(&folder).execute_batch("CREATE TABLE meta (key TEXT, value TEXT)").unwrap();
    assert!(matches!(Journal::open(folder.path()), Err(OpenError::NotAJournal { .. })));
    fs::write(file(&folder), "nonsense ".repeat(1000)).unwrap();
    assert!(matches!(Journal::open(folder.path()), Err(OpenError::Damaged { .. })));
}

#[test]
fn a_cut_file_is_an_error_that_names_it() {
    let folder = folder();
    let written = fill(&mut open(&folder), &[300, 300, 300]);
    let whole = fs::read(file(&folder)).unwrap();
    for cut in [50, 99, 100, 1024, 4095, 4096, 8192, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        let copy = copy(&folder);
        fs::write(file(&copy), &whole[..cut]).unwrap();
        match Journal::open(copy.path()) {
            Err(error) => assert!(error.to_string().contains("journal.db"), "{cut}: {error}"),
            Ok(journal) => {
                let report = journal.read().verify(&evenkeel_journal::Verification::default(), |_| {}).unwrap();
                let unused = all(journal.read()) == written;
                assert!(!report.sound() || unused, "cut to {cut} bytes, and nobody sees it");
            }
        }
    }
}

#[test]
fn a_spoiled_key_is_refused_and_a_lost_one_made_anew() {
    let folder = folder();
    let first = open(&folder).public_key();
    assert_eq!(fs::read_to_string(folder.path().join("journal-key.pub")).unwrap().trim().parse(), Ok(first.clone()));
    assert_eq!(open(&folder).public_key(), first);
    fs::write(folder.path().join("journal-key"), "not a key").unwrap();
    assert!(matches!(Journal::open(folder.path()), Err(OpenError::Key { .. })));
    fs::remove_file(folder.path().join("journal-key")).unwrap();
    let journal = open(&folder);
    assert_ne!(journal.public_key(), first);
    assert_eq!(journal.read().public_keys().unwrap().len(), 2);
}
