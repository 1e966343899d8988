use std::fs;
use std::path::Path;
use std::process::Command;

use evenkeel_time::Timestamp;
use evenkeel_tsdb::{AppendFault, Options, Store};

use crate::support::{NOW, all, batch, read};

/// A file system of two megabytes, gone when it is dropped.
struct Small(tempfile::TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|output| output.status.success()).then(|| Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_refuses_loses_nothing_acknowledged_and_goes_on_alone() {
    let Some(small) = Small::mount() else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let folder = small.path().join("store");
    let (store, _) = Store::open(Options::in_folder(&folder), Timestamp(NOW)).expect("opens");
    fs::write(small.path().join("filler"), vec![1; 1 << 20]).expect("writes");
    let names: Vec<String> = (0..500).map(|number| format!("series_{number:04}")).collect();
    let (mut acknowledged, mut refused) = (0i64, None);
    let rows =
        |number: i64| batch(names.iter().map(|name| (name.as_str(), NOW - 10_000_000 + number * 1000, number as f64)));
    for number in 0..10_000 {
        let durable = store.append(&rows(number), Timestamp(NOW)).and_then(|done| store.wait_durable(done.commit));
        if let Err(fault) = durable {
            refused = Some((number, fault));
            break;
        }
        acknowledged = number;
    }
    let (first_refused, fault) = refused.expect("the disk is full");
    assert!(matches!(fault, AppendFault::Full(_)), "{fault}");
    assert!(store.append(&rows(first_refused + 1), Timestamp(NOW)).is_err(), "nothing is taken meanwhile");
    assert!(store.status().fault.is_some());
    fs::remove_file(small.path().join("filler")).expect("removes");
    // The sender sends what was refused again until it is taken, as senders do.
    for tries in 0.. {
        let durable =
            store.append(&rows(first_refused), Timestamp(NOW)).and_then(|done| store.wait_durable(done.commit));
        if durable.is_ok() {
            break;
        }
        assert!(tries < 1_000_000, "it goes on alone");
        store.tick(Timestamp(NOW)).expect("ticks");
        std::thread::yield_now();
    }
    let held = read(&store, &all()).expect("reads");
    drop(store);
    let (store, repairs) = Store::open(Options::in_folder(&folder), Timestamp(NOW)).expect("opens");
    assert_eq!(repairs, []);
    assert_eq!(read(&store, &all()).expect("reads"), held);
    assert_eq!(held.len(), names.len());
    let whole = usize::try_from(acknowledged + 1).expect("few");
    assert!(
        held.values().all(|samples| samples.len() == whole + 1),
        "all that was acknowledged, and what was sent again"
    );
}
