//! Queries of people: limits, and what they cannot do.

use std::time::Duration;

use evenkeel_evidence::{Cell, EvidenceError, Limits, QueryFault};
use evenkeel_record::Record;

use crate::stream::{Shape, Stream};
use crate::world::World;

fn world(records: usize) -> World {
    let mut world = World::new();
    let mut stream = Stream::new(3, Shape { facts: 4, ..Shape::SMALL });
    world.append(&stream.foundation());
    world.append(&stream.by_ref().take(records).collect::<Vec<Record>>());
    world.project();
    world
}

#[test]
fn a_query_answers_with_columns_and_rows() {
    let world = world(50);
    let mut reading = world.reading();
    let mut now = reading.now().expect("now");
    let text = "SELECT name, tier, 0.5 AS half, NULL AS none, $seq AS seq FROM workloads WHERE name = 'workload-0'";
    let answer = now.query(text, Limits::default()).expect("an answer");
    assert_eq!(answer.columns, ["name", "tier", "half", "none", "seq"]);
    let head = i64::try_from(world.head()).expect("small");
    assert_eq!((answer.cut, answer.seq), (false, world.head()));
    let row = &answer.rows[0];
    assert_eq!(row[0], Cell::Text("workload-0".to_owned()));
    assert_eq!((&row[2], &row[3], &row[4]), (&Cell::Real(0.5), &Cell::Null, &Cell::Whole(head)));
}

#[test]
fn rows_beyond_the_limit_are_left_out_and_that_is_said() {
    let world = world(50);
    let mut reading = world.reading();
    let mut now = reading.now().expect("now");
    let all = "SELECT id FROM catalogue ORDER BY id";
    let few = now.query(all, Limits { rows: 3, ..Limits::default() }).expect("an answer");
    assert_eq!((few.rows.len(), few.cut), (3, true));
    let enough = now.query("SELECT id FROM catalogue ORDER BY id LIMIT 3", Limits { rows: 3, ..Limits::default() });
    assert!(!enough.expect("an answer").cut);
    let error = now.query(all, Limits { bytes: 100, ..Limits::default() }).expect_err("too much");
    assert!(matches!(error, QueryFault::Evidence(EvidenceError::TooMuch { .. })), "{error:?}");
}

#[test]
fn what_takes_too_long_is_ended() {
    let world = world(600);
    let mut reading = world.reading();
    let mut now = reading.now().expect("now");
    // Each row with each: the condition ties both sides, and holds nearly always.
    let slow = "SELECT count(*) AS n FROM links a JOIN links b ON a.owner_id <> b.owner_id \
                JOIN links c ON c.owner_id <> b.owner_id JOIN links d ON d.owner_id <> c.owner_id \
                JOIN links e ON e.owner_id <> d.owner_id";
    let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
    let error = now.query(slow, limits).expect_err("slow");
    assert!(matches!(error, QueryFault::Evidence(EvidenceError::TooSlow { .. })), "{error:?}");
    // The connection is as good as before.
    assert!(now.query("SELECT 1 AS one", Limits::default()).is_ok());
}

#[test]
fn what_is_no_query_never_reaches_the_store() {
    let world = world(20);
    let before = world.dump();
    let mut reading = world.reading();
    let mut now = reading.now().expect("now");
    for text in [
        "DELETE FROM alerts",
        "SELECT 1; DROP TABLE alerts",
        "PRAGMA query_only = OFF",
        "ATTACH DATABASE '/tmp/x' AS y",
        "SELECT * FROM evidence_cursor",
        "SELECT seq_to FROM alerts",
        "SELECT row_id FROM alerts",
        "SELECT load_extension('x')",
        "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x",
        "SELECT count(*) FROM links a, links b",
        "SELECT $from AS x",
    ] {
        let error = now.query(text, Limits::default()).expect_err(text);
        assert!(matches!(error, QueryFault::Text(_)), "{text}: {error:?}");
    }
    drop(now);
    assert_eq!(before, world.dump());
}

#[test]
fn a_sum_that_is_too_large_fails_and_does_no_harm() {
    let world = world(20);
    let mut reading = world.reading();
    let mut now = reading.now().expect("now");
    let text = "SELECT sum(record + 9223372036854775000) AS n FROM catalogue";
    let error = now.query(text, Limits::default()).expect_err("too large");
    assert!(matches!(error, QueryFault::Evidence(EvidenceError::Query { .. })), "{error:?}");
    assert!(now.query("SELECT 1 AS one", Limits::default()).is_ok());
}
