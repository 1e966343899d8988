//! Made again it is the same; asked then and now it says the same.

use evenkeel_evidence::{Limits, Rebuilt};
use evenkeel_ids::Seq;
use evenkeel_lens::{Ask, Blocks, Facts};
use evenkeel_record::{Body, BodyErased, Record};
use evenkeel_time::Timestamp;
use proptest::prelude::*;

use crate::queries::{blocks, queries};
use crate::stream::{Shape, Stream};
use crate::world::{World, assert_same};

/// What everything that is asked says, as of a record.
pub(crate) fn answers(world: &World, seq: u64) -> Vec<String> {
    let mut reading = world.reading();
    all_answers(&mut reading, seq)
}

pub(crate) fn all_answers(reading: &mut evenkeel_evidence::Reading, seq: u64) -> Vec<String> {
    let mut said = Vec::new();
    {
        let mut as_of = reading.at(seq, std::time::Duration::ZERO).expect("as of a record");
        for query in queries() {
            let answer = as_of.query(&query, Limits::default()).expect(&query);
            said.push(format!("{query}\n{:?}", answer.rows));
        }
    }
    let as_of = reading.at(seq, std::time::Duration::ZERO).expect("as of a record");
    let mut facts = evenkeel_evidence::ReviewFacts::new(as_of, None);
    let seq = Seq(seq);
    said.push(format!("{:?}", facts.subjects(seq).expect("subjects")));
    said.push(format!("{:?}", facts.attestations(seq, Timestamp(0)).expect("attestations")));
    for (place, block) in blocks() {
        for observed_only in [false, true] {
            let ask =
                Ask { block: &block, from: Timestamp(0), to: Timestamp(i64::MAX), seq, observed_only, subjects: None };
            let mut rows = facts.rows(&ask).expect(&place);
            rows.sort_by(|a, b| a.subject.cmp(&b.subject));
            said.push(format!("{place} {observed_only}\n{rows:?}"));
        }
    }
    said
}

#[track_caller]
pub(crate) fn assert_alike(one: &[String], other: &[String]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn made_again_it_is_the_same(seed in any::<u64>(), sizes in prop::collection::vec((1_usize..60, any::<bool>()), 3..14)) {
        let mut world = World::new();
        let mut stream = Stream::new(seed, Shape::SMALL);
        world.append(&stream.foundation());
        let mut evidence = world.evidence();
        for (size, anew) in sizes {
            let records: Vec<Record> = stream.by_ref().take(size).collect();
            world.append(&records);
            if anew {
                evidence = world.evidence();
            }
            world.catch_up(&mut evidence).expect("projected");
        }
        let live = world.dump();
        std::fs::remove_file(world.file()).expect("removed");
        let caught_up = world.project();
        prop_assert_eq!(caught_up.rebuilt, Some(Rebuilt::Missing));
        assert_same(&live, &world.dump());
    }
}

#[test]
fn asked_then_and_now_it_says_the_same() {
    let mut world = World::new();
    let mut stream = Stream::new(7, Shape::SMALL);
    world.append(&stream.foundation());
    let mut evidence = world.evidence();
    let mut then = Vec::new();
    for _ in 0..4 {
        let records: Vec<Record> = stream.by_ref().take(250).collect();
        world.append(&records);
        let caught_up = world.catch_up(&mut evidence).expect("projected");
        assert_eq!(caught_up.seq, world.head());
        then.push((caught_up.seq, answers(&world, caught_up.seq)));
    }
    for (seq, said) in &then {
        assert_alike(said, &answers(&world, *seq));
    }
    std::fs::remove_file(world.file()).expect("removed");
    world.project();
    for (seq, said) in &then {
        assert_alike(said, &answers(&world, *seq));
    }
}

/// In no file of the folder, not even where a database keeps what it does not use any more.
#[test]
fn of_what_is_erased_no_byte_is_left() {
    const SECRET: &str = "what-nobody-may-know-any-more";
    let mut world = World::new();
    let mut stream = Stream::new(12, Shape::SMALL);
    world.append(&stream.foundation());
    let mut told = stream.by_ref().find(|record| matches!(record.body, Body::FactReported(_))).expect("a fact");
    told.seq = Seq(world.head() + 1);
    if let Body::FactReported(fact) = &mut told.body {
        fact.key = SECRET.into();
        fact.supersedes = None;
    }
    world.append(std::slice::from_ref(&told));
    let mut evidence = world.evidence();
    world.catch_up(&mut evidence).expect("projected");
    let holds = |world: &World| {
        let files = std::fs::read_dir(world.path()).expect("the folder");
        files
            .filter(|file| {
                let bytes = std::fs::read(file.as_ref().expect("a file").path()).unwrap_or_default();
                bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes())
            })
            .count()
    };
    assert!(holds(&world) > 1);
    let record = Record {
        seq: Seq(world.head() + 1),
        body: Body::BodyErased(BodyErased { erased: told.seq, reason: "asked for".into() }),
        ..told.clone()
    };
    world.erase(told.seq.0, &record);
    assert_eq!(world.catch_up(&mut evidence).expect("projected").rebuilt, Some(Rebuilt::Erased));
    assert_eq!(holds(&world), 0);
    assert_eq!(world.reading().head().expect("a head"), world.head());
}

#[test]
fn what_is_erased_is_gone_and_the_rest_is_made_again() {
    let mut world = World::new();
    let mut stream = Stream::new(11, Shape::SMALL);
    world.append(&stream.foundation());
    world.append(&stream.by_ref().take(400).collect::<Vec<_>>());
    let mut evidence = world.evidence();
    assert_eq!(world.catch_up(&mut evidence).expect("projected").erased, 0);
    for erased in [5, 50, 120, 121, 122, 300] {
        let mut record = stream.next().expect("a record");
        record.seq = Seq(world.head() + 1);
        record.body = Body::BodyErased(BodyErased { erased: Seq(erased), reason: "asked for".into() });
        world.erase(erased, &record);
        let caught_up = world.catch_up(&mut evidence).expect("projected");
        assert_eq!(caught_up.rebuilt, Some(Rebuilt::Erased), "{erased}");
    }
    let live = world.dump();
    assert_eq!(world.catch_up(&mut evidence).expect("nothing to do").records, 0);
    std::fs::remove_file(world.file()).expect("removed");
    let again = world.project();
    assert_eq!((again.erased, again.rebuilt), (6, Some(Rebuilt::Missing)));
    assert_same(&live, &world.dump());
}
