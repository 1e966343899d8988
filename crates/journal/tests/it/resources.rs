//! A full disk and a failing one.

use std::path::Path;
use std::process::Command;

use evenkeel_journal::{CommitError, Journal};
use tempfile::TempDir;

use crate::fixture::{all, batch, fill, folder, verify};

/// A file system of a size of its own, unmounted at the end.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None`, with a word, where mounting is not allowed.
    fn mount(size: &str) -> Option<Self> {
        let place = tempfile::tempdir().expect("a folder");
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "small"]).arg(place.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(place));
        }
        writeln_to_stderr("skipped: a small disk cannot be mounted here");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

fn writeln_to_stderr(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn a_full_disk_loses_nothing_and_the_reserve_lets_the_work_go_on() {
    let Some(disk) = SmallDisk::mount("14m") else { return };
    let folder = disk.path().join("data");
    let mut journal = Journal::open(&folder).unwrap();
    journal.restore_reserve(6 << 20).unwrap();
    let mut committed = fill(&mut journal, &[3]);
    let error = loop {
        let records = batch(journal.head(), 20);
        match journal.commit(&records) {
            Ok(()) => committed.extend(records),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CommitError::DiskFull(_)), "{error:?}");
    assert!(!error.leaves_head_unknown());
    assert_eq!(journal.head().hash, committed.last().unwrap().hash);
    assert!(matches!(journal.commit(&batch(journal.head(), 20)), Err(CommitError::DiskFull(_))));
    assert_eq!(all(journal.read()), committed);
    assert_eq!(journal.reload_head().unwrap().hash, committed.last().unwrap().hash);

    assert!(journal.release_reserve().unwrap());
    assert!(!journal.release_reserve().unwrap());
    committed.extend(fill(&mut journal, &[20, 20, 20]));
    assert_eq!(all(journal.read()), committed);
    drop(journal);
    let mut journal = Journal::open(&folder).unwrap();
    assert_eq!(all(journal.read()), committed);
    assert!(verify(&folder.join("journal.db")).sound());
    assert!(journal.restore_reserve(64 << 20).is_err());
    assert!(!folder.join("reserve").exists(), "a reserve without room is no reserve");
    fill(&mut journal, &[1]);
}

#[test]
fn a_reserve_that_is_there_stays() {
    let folder = folder();
    let journal = Journal::open(folder.path()).unwrap();
    journal.restore_reserve((1 << 20) + 5).unwrap();
    assert_eq!(std::fs::metadata(folder.path().join("reserve")).unwrap().len(), (1 << 20) + 5);
    journal.restore_reserve(10).unwrap();
    assert_eq!(std::fs::metadata(folder.path().join("reserve")).unwrap().len(), (1 << 20) + 5);
}

#[test]
fn every_commit_error_says_what_to_do() {
    let errors = [CommitError::HeadUnknown, CommitError::TooLarge { size_bytes: 1 }];
    assert!(errors.iter().all(|error| !error.help().is_empty()));
}
