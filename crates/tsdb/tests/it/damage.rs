use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_metric::ReadFault;
use evenkeel_time::Timestamp;
use evenkeel_tsdb::{Repair, Store};

use crate::support::{Held, NOW, all, append, open, read};

fn files(folder: &Path, below: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join(below)).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// A folder with the same files.
fn copied(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for below in ["log", "blocks"] {
        fs::create_dir_all(copy.path().join(below)).expect("a folder");
        for path in files(folder, below) {
            fs::copy(&path, copy.path().join(below).join(path.file_name().expect("a name"))).expect("copies");
        }
    }
    copy
}

/// What each of some appends leaves in the store.
fn states(store: &Store, count: i64) -> Vec<Held> {
    let mut states = vec![read(store, &all()).expect("reads")];
    for number in 0..count {
        let at = NOW - 100_000 + number * 1000;
        append(
            store,
            [
                ("alpha", at, number as f64),
                ("beta", at, 0.1 * number as f64),
                (if number % 2 == 0 { "even" } else { "odd" }, at, 7.0),
            ],
        );
        states.push(read(store, &all()).expect("reads"));
    }
    states
}

#[test]
fn the_log_torn_at_any_byte_opens_with_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let states = states(&store, 4);
    drop(store);
    let log = files(folder.path(), "log").pop().expect("a log");
    let bytes = fs::read(&log).expect("reads");
    let mut seen = vec![false; states.len()];
    for cut in 0..=bytes.len() {
        let torn = copied(folder.path());
        fs::write(torn.path().join("log").join(log.file_name().expect("a name")), &bytes[..cut]).expect("writes");
        let (store, repairs) = open(torn.path());
        let held = read(&store, &all()).expect("reads");
        let state = states.iter().position(|state| *state == held);
        seen[state.unwrap_or_else(|| panic!("cut at {cut}: no state that ever was"))] = true;
        assert!(
            repairs.len() <= 1 && repairs.iter().all(|repair| matches!(repair, Repair::TornTail { .. })),
            "{repairs:?}"
        );
        if cut % 8 != 0 {
            continue;
        }
        append(&store, [("after", NOW, 1.0)]);
        drop(store);
        let (store, repairs) = open(torn.path());
        assert_eq!(repairs, [], "it was repaired");
        assert_eq!(read(&store, &all()).expect("reads").len(), held.len() + 1);
    }
    assert!(seen.iter().all(|seen| *seen), "{seen:?}");
}

#[test]
fn a_flipped_bit_in_the_log_costs_no_more_than_what_is_behind_it_and_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let states = states(&store, 5);
    drop(store);
    let log = files(folder.path(), "log").pop().expect("a log");
    let bytes = fs::read(&log).expect("reads");
    for place in 0..bytes.len() {
        let damaged = copied(folder.path());
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << (place % 8);
        fs::write(damaged.path().join("log").join(log.file_name().expect("a name")), &flipped).expect("writes");
        let (store, repairs) = open(damaged.path());
        let held = read(&store, &all()).expect("reads");
        assert!(states.contains(&held), "byte {place}");
        let [Repair::SetAside { offset, cut, kept, .. }] = repairs.as_slice() else {
            panic!("byte {place}: {repairs:?}")
        };
        assert!(*offset <= place as u64);
        assert_eq!(fs::read(kept).expect("reads").len() as u64, *cut);
        assert_eq!(*offset + *cut, bytes.len() as u64);
    }
}

#[test]
fn a_damaged_segment_harms_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..3 {
        let (store, _) = open(folder.path());
        append(&store, [("alpha", NOW - 1000 + number, number as f64)]);
    }
    let log = files(folder.path(), "log");
    assert_eq!(log.len(), 3);
    let mut bytes = fs::read(&log[1]).expect("reads");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&log[1], bytes).expect("writes");
    let (store, repairs) = open(folder.path());
    assert!(matches!(repairs.as_slice(), [Repair::SetAside { .. }]), "{repairs:?}");
    let held = read(&store, &all()).expect("reads");
    assert_eq!(held.values().next().expect("alpha").keys().copied().collect::<Vec<_>>(), [NOW - 1000, NOW - 998]);
}

#[test]
fn a_flipped_bit_in_a_block_is_named_or_changes_nothing_and_other_blocks_stay_readable() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    append(&store, (0..300).map(|number| ("older", NOW - 900_000 + number * 1000, (number * number) as f64)));
    store.flush(Timestamp(NOW)).expect("flushes");
    append(
        &store,
        (0..50).flat_map(|number| {
            [("alpha", NOW - 60_000 + number * 1000, 0.5), ("beta", NOW - 60_000 + number * 1000, number as f64)]
        }),
    );
    store.flush(Timestamp(NOW)).expect("flushes");
    let held = read(&store, &all()).expect("reads");
    drop(store);
    let path = files(folder.path(), "blocks").pop().expect("a block");
    let name = path.file_name().expect("a name").to_str().expect("text").to_owned();
    let bytes = fs::read(&path).expect("reads");
    let mut named = 0;
    for place in 0..bytes.len() {
        let damaged = copied(folder.path());
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << (place % 8);
        fs::write(damaged.path().join("blocks").join(&name), &flipped).expect("writes");
        let (store, _) = open(damaged.path());
        match read(&store, &all()) {
            Ok(found) => assert_eq!(found, held, "byte {place}"),
            Err(ReadFault::Damaged { file, offset, .. }) => {
                assert_eq!(file.as_ref(), name);
                assert!(offset <= bytes.len() as u64);
                named += 1;
            }
            Err(other) => panic!("byte {place}: {other}"),
        }
        let before = crate::support::selection(&[], NOW - 1_000_000, NOW - 400_000);
        assert_eq!(read(&store, &before).expect("another block").len(), 1, "byte {place}");
    }
    assert_eq!(named, bytes.len(), "every byte is under a checksum");
}

#[test]
fn a_block_that_was_cut_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    append(&store, (0..50).map(|number| ("alpha", NOW - 60_000 + number * 1000, number as f64)));
    store.close(Timestamp(NOW)).expect("closes");
    drop(store);
    let path = files(folder.path(), "blocks").pop().expect("a block");
    let bytes = fs::read(&path).expect("reads");
    for cut in 0..bytes.len() {
        fs::write(&path, &bytes[..cut]).expect("writes");
        let (store, repairs) = open(folder.path());
        assert!(matches!(repairs.as_slice(), [Repair::DamagedBlock { .. }]), "cut at {cut}: {repairs:?}");
        assert!(matches!(read(&store, &all()), Err(ReadFault::Damaged { .. })), "cut at {cut}");
        append(&store, [("new", NOW, 1.0)]);
    }
}

#[test]
fn interrupted_at_any_point_a_flush_or_a_join_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let mut held = Held::new();
    for number in 0..5 {
        append(&store, (0..20).map(|sample| ("alpha", NOW - 600_000 + (number * 20 + sample) * 1000, sample as f64)));
        held = read(&store, &all()).expect("reads");
        let before = copied(folder.path());
        store.flush(Timestamp(NOW)).expect("flushes");
        let after = copied(folder.path());
        check_between(before.path(), after.path(), &held);
    }
    let before = copied(folder.path());
    let joined = store.tick(Timestamp(NOW)).expect("ticks");
    assert!(matches!(joined, evenkeel_tsdb::Work::Joined { .. }), "{joined:?}");
    check_between(before.path(), copied(folder.path()).path(), &held);
    assert_eq!(read(&store, &all()).expect("reads"), held);
}

/// Work writes beside, then renames, then removes what is not needed any more, file by file: each state on that way.
fn check_between(before: &Path, after: &Path, held: &Held) {
    let names = |folder: &Path, below: &str| -> Vec<PathBuf> {
        files(folder, below)
            .into_iter()
            .map(|path| PathBuf::from(below).join(path.file_name().expect("a name")))
            .collect()
    };
    let all_of = |folder: &Path| [names(folder, "blocks"), names(folder, "log")].concat();
    let (old, new) = (all_of(before), all_of(after));
    let made: Vec<_> = new.iter().filter(|name| !old.contains(name)).collect();
    let gone: Vec<_> = old.iter().filter(|name| !new.contains(name)).collect();
    let made_block = made.iter().find(|name| name.starts_with("blocks")).expect("a block");
    let bytes = fs::read(after.join(made_block)).expect("reads");
    for cut in [0, 1, bytes.len() / 2, bytes.len()] {
        let state = copied(before);
        fs::write(state.path().join("blocks/0000000099.partial"), &bytes[..cut]).expect("writes");
        check(state.path(), held);
    }
    for removed in 0..=gone.len() {
        let state = copied(before);
        for name in &made {
            fs::copy(after.join(name), state.path().join(name)).expect("copies");
        }
        for name in gone.iter().take(removed) {
            fs::remove_file(state.path().join(name)).expect("removes");
        }
        check(state.path(), held);
    }
}

fn check(folder: &Path, held: &Held) {
    for _ in 0..2 {
        let (store, repairs) = open(folder);
        assert!(repairs.iter().all(|repair| matches!(repair, Repair::Unfinished { .. })), "{repairs:?}");
        assert_eq!(&read(&store, &all()).expect("reads"), held);
    }
}

#[test]
fn a_copy_made_while_appending_opens_and_holds_what_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    append(&store, (0..100).map(|number| ("alpha", NOW - 200_000 + number * 1000, number as f64)));
    store.flush(Timestamp(NOW)).expect("flushes");
    append(&store, [("beta", NOW, 1.0)]);
    let held = read(&store, &all()).expect("reads");
    let copy = tempfile::tempdir().expect("a folder");
    let to = copy.path().join("copy");
    let copied = store.snapshot_to(&to).expect("copies");
    assert_eq!(copied.blocks, 1);
    assert!(matches!(store.snapshot_to(&to), Err(evenkeel_tsdb::CopyFault::NotEmpty { .. })));
    append(&store, [("gamma", NOW, 1.0)]);
    let (restored, repairs) = open(&to);
    assert_eq!(repairs, []);
    assert_eq!(read(&restored, &all()).expect("reads"), held);
}
