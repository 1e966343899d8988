//! A store that is deleted, corrupt, behind, ahead, of another journal, another version or another program; and one that
//! another process brings up to date.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use evenkeel_evidence::{Evidence, EvidenceError, Reading, Rebuilt};
use evenkeel_journal::Reader;
use evenkeel_record::Record;

use crate::stream::{Shape, Stream};
use crate::world::{World, assert_same};

fn world(seed: u64, records: usize) -> (World, Stream) {
    let mut world = World::new();
    let mut stream = Stream::new(seed, Shape::SMALL);
    world.append(&stream.foundation());
    world.append(&stream.by_ref().take(records).collect::<Vec<Record>>());
    (world, stream)
}

#[test]
fn the_file_is_private() {
    let (world, _) = world(1, 10);
    world.project();
    for name in ["evidence.db", "evidence.lock"] {
        let mode = fs::metadata(world.path().join(name)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_is_missing_damaged_or_cut_is_made_again() {
    let (world, _) = world(2, 200);
    assert_eq!(world.project().rebuilt, Some(Rebuilt::Missing));
    let whole = world.dump();
    assert_eq!(world.project().rebuilt, None);
    type Harm = fn(&[u8]) -> Vec<u8>;
    let harms: [(&str, Harm); 5] = [
        ("empty", |_| Vec::new()),
        ("no database", |_| b"this is no database, and long enough to be looked at as if it were one".repeat(100)),
        ("cut", |bytes| bytes[..bytes.len() / 3].to_vec()),
        ("header gone", |bytes| [&[0; 200], &bytes[200..]].concat()),
        ("pages overwritten", |bytes| {
            let mut harmed = bytes.to_vec();
            harmed.chunks_mut(4096).skip(1).for_each(|page| page[..64].fill(0xa5));
            harmed
        }),
    ];
    for (name, harm) in harms {
        let bytes = fs::read(world.file()).expect("the file");
        for beside in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{beside}", world.file().display()));
        }
        fs::write(world.file(), harm(&bytes)).expect("written");
        let caught_up = world.project();
        let wanted = if name == "empty" { Rebuilt::Missing } else { Rebuilt::Damaged };
        assert_eq!(caught_up.rebuilt, Some(wanted), "{name}");
        assert_eq!(caught_up.seq, world.head(), "{name}");
        assert_same(&whole, &world.dump());
    }
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let (world, _) = world(3, 10);
    let other = rusqlite::Connection::open(world.file()).expect("a database");
    other.execute_batch("CREATE TABLE precious (x); INSERT INTO precious VALUES (1)").expect("written");
    drop(other);
    let error = world.catch_up(&mut world.evidence()).expect_err("foreign");
    assert!(matches!(error, EvidenceError::Foreign { .. }), "{error:?}");
    let other = rusqlite::Connection::open(world.file()).expect("a database");
    assert_eq!(other.query_row("SELECT count(*) FROM precious", [], |row| row.get::<_, i64>(0)), Ok(1));
}

#[test]
fn what_is_behind_is_brought_up() {
    let (mut world, mut stream) = world(4, 50);
    world.project();
    let before = world.head();
    world.append(&stream.by_ref().take(70).collect::<Vec<Record>>());
    let caught_up = world.project();
    assert_eq!((caught_up.rebuilt, caught_up.records, caught_up.seq), (None, 70, before + 70));
    assert_eq!(Some(caught_up.hash), world.reader().hash_at(evenkeel_ids::Seq(before + 70)).expect("a hash"));
}

#[test]
fn what_is_ahead_or_of_another_journal_is_made_again() {
    let (ahead, _) = world(5, 100);
    ahead.project();
    let (shorter, _) = world(5, 40);
    fs::copy(ahead.file(), shorter.file()).expect("copied");
    assert_eq!(shorter.project().rebuilt, Some(Rebuilt::Ahead));
    let (longer, _) = world(6, 200);
    fs::copy(ahead.file(), longer.file()).expect("copied");
    let mut evidence = longer.evidence();
    let caught_up = longer.catch_up(&mut evidence).expect("projected");
    assert_eq!((caught_up.rebuilt, caught_up.seq), (Some(Rebuilt::OtherJournal), longer.head()));
    // One that is open notices too, when the file is exchanged below it, and so does who reads.
    let mut reading = longer.reading();
    assert_eq!(reading.head().expect("a head"), longer.head());
    for beside in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{beside}", longer.file().display()));
    }
    fs::copy(ahead.file(), longer.file()).expect("copied");
    assert_eq!(reading.head().expect("a head"), ahead.head());
    let again = longer.catch_up(&mut evidence).expect("projected");
    assert_eq!((again.rebuilt, again.seq), (Some(Rebuilt::OtherJournal), longer.head()));
    assert_eq!(reading.head().expect("a head"), longer.head());
}

#[test]
fn what_is_of_another_version_is_made_again_and_not_read_before() {
    let (world, _) = world(7, 30);
    world.project();
    let file = rusqlite::Connection::open(world.file()).expect("a database");
    file.execute("UPDATE evidence_cursor SET schema = 'older'", []).expect("written");
    let error = world.reading().head().expect_err("of another version");
    assert!(matches!(error, EvidenceError::Store { .. }), "{error:?}");
    assert_eq!(world.project().rebuilt, Some(Rebuilt::OtherVersion));
    assert_eq!(world.reading().head().expect("a head"), world.head());
}

#[test]
fn only_one_process_projects_and_others_wait_for_it() {
    let (mut world, mut stream) = world(8, 20);
    world.project();
    let lock = fs::File::open(world.path().join("evidence.lock")).expect("the lock");
    lock.lock().expect("locked");
    // Far enough already: nothing to wait for.
    let caught_up = world.catch_up(&mut world.evidence()).expect("is there");
    assert_eq!((caught_up.seq, caught_up.records), (world.head(), 0));
    world.append(&stream.by_ref().take(5).collect::<Vec<Record>>());
    let error = world.evidence().catch_up(&world.reader(), Duration::from_millis(60), &mut |_| {});
    let Err(EvidenceError::Behind { at, wanted, .. }) = error else { panic!("{error:?}") };
    assert_eq!((at, wanted), (world.head() - 5, world.head()));
    // The other one goes: this one takes over.
    drop(lock);
    let caught_up =
        world.evidence().catch_up(&world.reader(), Duration::from_secs(30), &mut |_| {}).expect("projected");
    assert_eq!((caught_up.seq, caught_up.records), (world.head(), 5));
}

#[test]
fn a_reading_waits_for_a_record_and_says_when_it_does_not_come() {
    let (world, _) = world(9, 20);
    world.project();
    let mut reading = world.reading();
    assert_eq!(reading.at(world.head(), Duration::ZERO).expect("there").seq(), world.head());
    let error = reading.at(world.head() + 1, Duration::from_millis(30)).expect_err("never");
    assert!(matches!(error, EvidenceError::Behind { .. }), "{error:?}");
    assert!(error.to_string().starts_with("the evidence is at record "), "{error}");
    assert!(Reading::open(&world.path().join("nowhere")).is_err());
}

#[test]
fn several_who_project_at_once_leave_the_same() {
    let (mut world, mut stream) = world(10, 600);
    world.append(&stream.by_ref().take(600).collect::<Vec<Record>>());
    let heads: Vec<u64> = std::thread::scope(|scope| {
        let path = world.path();
        let one = || {
            let reader = Reader::open(&path.join("journal.db")).expect("a reader");
            Evidence::sqlite(path).catch_up(&reader, Duration::from_secs(60), &mut |_| {}).expect("projected").seq
        };
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(heads, [world.head(); 3]);
    let live = world.dump();
    fs::remove_file(world.file()).expect("removed");
    world.project();
    assert_same(&live, &world.dump());
}
