//! SQLite and PostgreSQL hold the same and say the same.

use std::time::Duration;

use evenkeel_evidence::{Evidence, EvidenceError, Limits, QueryFault, Reading, Rebuilt};
use evenkeel_evidence_sql::tables;
use evenkeel_ids::Seq;
use evenkeel_record::{Body, BodyErased, Record};
use postgres::{Client, NoTls};

use crate::cluster::Cluster;
use crate::queries::blocks;
use crate::same::{all_answers, answers, assert_alike};
use crate::since::assert_at_once;
use crate::stream::{Shape, Stream};
use crate::world::{Dump, World, assert_same};

/// One cluster for all, since starting one takes a while.
#[test]
fn both_engines_agree() {
    let Some(cluster) = Cluster::start() else { return };
    let config = cluster.config();
    for seed in [21, 22, 23] {
        agree_on(seed, &config);
    }
    erased_is_gone(&config);
    one_projects(&config);
    slow_is_ended(&config);
}

fn agree_on(seed: u64, config: &str) {
    let mut world = World::new();
    let mut stream = Stream::new(seed, Shape::SMALL);
    world.append(&stream.foundation());
    let (mut sqlite, mut postgres) = (world.evidence(), Evidence::postgres(config));
    let mut then = Vec::new();
    for _ in 0..3 {
        world.append(&stream.by_ref().take(250).collect::<Vec<Record>>());
        let (one, other) = (world.catch_up(&mut sqlite), world.catch_up(&mut postgres));
        let (one, other) = (one.expect("projected"), other.expect("projected"));
        assert_eq!((one.seq, one.hash, one.records), (other.seq, other.hash, other.records));
        then.push(one.seq);
    }
    assert_same(&world.dump(), &dump(config));
    let mut reading = Reading::postgres(config).expect("a reading");
    for seq in then {
        assert_alike(&answers(&world, seq), &all_answers(&mut reading, seq));
    }
    assert_at_once(&mut reading, world.head(), &blocks());
    // Taken up again where it was.
    world.append(&stream.by_ref().take(20).collect::<Vec<Record>>());
    let caught_up = world.catch_up(&mut Evidence::postgres(config)).expect("projected");
    assert_eq!((caught_up.records, caught_up.rebuilt), (20, None));
    world.catch_up(&mut sqlite).expect("projected");
    assert_same(&world.dump(), &dump(config));
    assert_eq!(changed(&mut world.reading(), 600), changed(&mut reading, 600));
}

fn changed(reading: &mut Reading, since: u64) -> evenkeel_lens::Dirty {
    reading.now().expect("now").changed_since(since).expect("what changed")
}

fn erased_is_gone(config: &str) {
    let mut world = World::new();
    let mut stream = Stream::new(31, Shape::SMALL);
    world.append(&stream.foundation());
    world.append(&stream.by_ref().take(60).collect::<Vec<Record>>());
    let mut evidence = Evidence::postgres(config);
    let caught_up = world.catch_up(&mut evidence).expect("projected");
    assert!(matches!(caught_up.rebuilt, Some(Rebuilt::OtherJournal | Rebuilt::Ahead)), "{caught_up:?}");
    let mut record = stream.next().expect("a record");
    record.body = Body::BodyErased(BodyErased { erased: Seq(20), reason: "asked for".into() });
    world.erase(20, &record);
    let caught_up = world.catch_up(&mut evidence).expect("projected");
    assert_eq!((caught_up.rebuilt, caught_up.erased), (Some(Rebuilt::Erased), 1));
    world.project();
    assert_same(&world.dump(), &dump(config));
}

fn one_projects(config: &str) {
    let mut world = World::new();
    let mut stream = Stream::new(32, Shape::SMALL);
    world.append(&stream.foundation());
    let mut other = Client::connect(config, NoTls).expect("a connection");
    let taken = other.query_one("SELECT pg_try_advisory_lock($1)", &[&0x4556_4b45_i64]).expect("asked");
    assert!(taken.get::<_, bool>(0));
    let mut evidence = Evidence::postgres(config);
    let error = evidence.catch_up(&world.reader(), Duration::from_millis(50), &mut |_| {}).expect_err("locked");
    assert!(matches!(error, EvidenceError::Behind { .. }), "{error:?}");
    drop(other);
    evidence.catch_up(&world.reader(), Duration::from_secs(30), &mut |_| {}).expect("projected");
}

fn slow_is_ended(config: &str) {
    let mut reading = Reading::postgres(config).expect("a reading");
    let slow = "SELECT count(*) AS n FROM catalogue a JOIN catalogue b ON a.id <> b.id JOIN catalogue c ON c.id <> b.id \
                JOIN catalogue d ON d.id <> c.id JOIN catalogue e ON e.id <> d.id JOIN catalogue f ON f.id <> e.id \
                JOIN catalogue g ON g.id <> f.id JOIN catalogue h ON h.id <> g.id JOIN catalogue i ON i.id <> h.id";
    let limits = Limits { time: Duration::from_millis(100), ..Limits::default() };
    let error = reading.now().expect("now").query(slow, limits).expect_err("slow");
    assert!(matches!(error, QueryFault::Evidence(EvidenceError::TooSlow { .. })), "{error:?}");
    let answer = reading.now().expect("now").query("SELECT count(*) AS n FROM teams", Limits::default());
    assert_eq!(answer.expect("an answer").rows.len(), 1);
    let cut = reading.now().expect("now").query("SELECT id FROM catalogue", Limits { rows: 2, ..Limits::default() });
    assert!(cut.expect("an answer").cut);
}

fn dump(config: &str) -> Dump {
    let mut client = Client::connect(config, NoTls).expect("a connection");
    let mut dump = Dump::new();
    for table in tables() {
        let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
        let sql = format!("SELECT seq_from, seq_to{columns} FROM evenkeel_evidence.\"{}\"", table.name);
        let cell = |row: &postgres::Row, at: usize| match row.columns()[at].type_().name() {
            "int8" => row.get::<_, Option<i64>>(at).map_or("NULL".to_owned(), |number| number.to_string()),
            _ => row.get::<_, Option<String>>(at).map_or("NULL".to_owned(), |text| format!("{text:?}")),
        };
        let rows = client.query(&sql, &[]).expect("rows");
        let mut rows: Vec<Vec<String>> =
            rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at)).collect()).collect();
        rows.sort();
        dump.insert(table.name, rows);
    }
    dump
}
