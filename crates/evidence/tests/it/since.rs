//! Subjects that begin each at their own are told the same at once as one after the other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_evidence::{Reading, ReviewFacts};
use evenkeel_evidence_sql::{Dialect, Render};
use evenkeel_ids::Seq;
use evenkeel_lens::{Ask, Block, BlockRow, Blocks, Facts, ORGANIZATION, one_by_one};
use evenkeel_record::Record;
use evenkeel_time::Timestamp;

use crate::queries::blocks;
use crate::stream::{Shape, Stream};
use crate::world::World;

/// Everybody who may be asked for, sorted.
fn everybody(facts: &mut ReviewFacts<'_>, seq: Seq) -> Vec<Arc<str>> {
    let subjects = facts.subjects(seq).expect("subjects");
    let workloads = subjects.workloads.into_iter().map(|workload| workload.name);
    let names: BTreeSet<Arc<str>> = workloads.chain(subjects.teams.into_iter().map(|team| team.name)).collect();
    names.into_iter().chain([ORGANIZATION.into()]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Of how many blocks the answer at once has rows.
pub(crate) fn assert_at_once(reading: &mut Reading, seq: u64, asked: &[(String, Block)]) -> usize {
    let as_of = reading.at(seq, Duration::ZERO).expect("as of a record");
    let mut facts = ReviewFacts::new(as_of, None);
    let seq = Seq(seq);
    let names = everybody(&mut facts, seq);
    let mut told = 0;
    for (place, block) in asked {
        for (observed_only, apart) in [(false, 5), (true, 5), (false, 1)] {
            let to = Timestamp(i64::MAX);
            let ask = Ask { block, from: Timestamp(0), to, seq, observed_only, subjects: Some(&names) };
            // Spread over the time that the stream takes, and one who begins after it.
            let begin = |at: i64| Timestamp(crate::stream::START + at % 7 * apart * 12 * 3_600_000);
            let mut begins: Vec<Timestamp> = (0..).map(begin).take(names.len()).collect();
            if let Some(last) = begins.last_mut() {
                *last = Timestamp(i64::MAX);
            }
            let at_once = facts.rows_since(&ask, &begins).expect(place);
            let mut singly = one_by_one(&ask, &begins, |ask| facts.rows(ask)).expect(place);
            singly.sort_by(|a, b| a.subject.cmp(&b.subject));
            let wanted = |row: &&BlockRow| names.contains(&row.subject);
            let at_once: Vec<BlockRow> = at_once.iter().filter(wanted).cloned().collect();
            assert_eq!(at_once, singly, "{place}");
            told += usize::from(!at_once.is_empty());
        }
    }
    told
}

#[test]
fn at_once_is_as_one_after_the_other() {
    let asked = blocks();
    for seed in [50, 51] {
        let mut world = World::new();
        let mut stream = Stream::new(seed, Shape { workloads: 9, teams: 4, people: 6, facts: 3, ..Shape::SMALL });
        world.append(&stream.foundation());
        world.append(&stream.by_ref().take(700).collect::<Vec<Record>>());
        world.project();
        let mut reading = world.reading();
        let told = assert_at_once(&mut reading, world.head(), &asked);
        assert!(told > 100, "only {told} say anything");
        assert_at_once(&mut reading, world.head() - 300, &asked);
    }
}

/// Nearly all blocks that look at a time can be asked at once; what cannot is slow where much has to be made good.
#[test]
fn most_blocks_are_asked_at_once() {
    let timed = |(_, block): &&(String, Block)| block.sql.contains("$from") && !block.sql.contains("'organization'");
    let options = Render { subjects: true, ..Render::default() };
    let asked = blocks();
    let asked: Vec<&(String, Block)> = asked.iter().filter(timed).collect();
    let cannot = |(_, block): &&&(String, Block)| block.select.sql_since(Dialect::Sqlite, options).is_none();
    let singly: Vec<&str> = asked.iter().filter(cannot).map(|(place, _)| place.as_str()).collect();
    assert!(singly.len() * 5 < asked.len(), "{} of {}: {singly:?}", singly.len(), asked.len());
}
