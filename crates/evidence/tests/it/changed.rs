//! Whoever's verdict may have moved is named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use evenkeel_evidence::{Reading, ReviewFacts};
use evenkeel_ids::Seq;
use evenkeel_lens::{Ask, Block, BlockRow, Blocks as _, Dirty, Facts, Touched};
use evenkeel_record::Record;
use evenkeel_time::Timestamp;

use crate::queries::blocks;
use crate::stream::{Shape, Stream};
use crate::world::World;

type Rows = BTreeMap<Arc<str>, BlockRow>;

/// What a block says of everybody, and of some only.
fn rows(reading: &mut Reading, (place, block): &(String, Block), seq: u64, subjects: Option<&[Arc<str>]>) -> Rows {
    let as_of = reading.at(seq, Duration::ZERO).expect("as of a record");
    let mut facts = ReviewFacts::new(as_of, None);
    let (from, to, seq) = (Timestamp(0), Timestamp(i64::MAX), Seq(seq));
    let ask = Ask { block, from, to, seq, observed_only: false, subjects };
    let rows = facts.rows(&ask).expect(place);
    rows.into_iter().map(|row| (Arc::clone(&row.subject), row)).collect()
}

/// The workloads and teams that are judged by name.
fn subjects(reading: &mut Reading, seq: u64) -> BTreeSet<Arc<str>> {
    let as_of = reading.at(seq, Duration::ZERO).expect("as of a record");
    let subjects = ReviewFacts::new(as_of, None).subjects(Seq(seq)).expect("subjects");
    let workloads = subjects.workloads.into_iter().map(|workload| workload.name);
    workloads.chain(subjects.teams.into_iter().map(|team| team.name)).collect()
}

/// Whose row of a block may be another one; `None` for everybody's.
fn touched(block: &Block, dirty: &Dirty) -> Option<Vec<Arc<str>>> {
    let mut names = Vec::new();
    let seen = block.reads.iter().filter(|read| dirty.is_seen(block, read));
    for touched in seen.filter_map(|read| dirty.tables.get(read)) {
        match touched {
            Touched::All => return None,
            Touched::Only(only) => names.extend(only.iter().cloned()),
        }
    }
    names.sort();
    names.dedup();
    Some(names)
}

/// Of every block of the lens: a subject whose row is another one after some records is among those that are named, and
/// asked for those alone a block says the same of them.
#[test]
fn who_is_not_named_says_the_same_as_before() {
    let asked = blocks();
    let (mut named, mut moved, mut unseen) = (0, 0, 0);
    for seed in SEEDS {
        let mut world = World::new();
        let mut stream = Stream::new(seed, Shape { workloads: 9, teams: 4, people: 6, facts: 3, ..Shape::SMALL });
        world.append(&stream.foundation());
        world.append(&stream.by_ref().take(300).collect::<Vec<Record>>());
        let mut evidence = world.evidence();
        world.catch_up(&mut evidence).expect("projected");
        let mut reading = world.reading();
        let mut since = world.head();
        let mut before: Vec<Rows> = asked.iter().map(|block| rows(&mut reading, block, since, None)).collect();
        for _ in 0..STEPS {
            let few = 1 + usize::from(since.is_multiple_of(7));
            world.append(&stream.by_ref().take(few).collect::<Vec<Record>>());
            world.catch_up(&mut evidence).expect("projected");
            let dirty = reading.now().expect("now").changed_since(since).expect("what changed");
            since = world.head();
            let judged = subjects(&mut reading, since);
            for (block, before) in asked.iter().zip(&mut before) {
                if !block.1.tables.iter().any(|table| dirty.tables.contains_key(table)) {
                    continue;
                }
                let after = rows(&mut reading, block, since, None);
                let is_read = |read: &&Arc<str>| dirty.tables.contains_key(*read) && dirty.is_seen(&block.1, read);
                if !block.1.reads.iter().any(|read| is_read(&read)) {
                    unseen += 1;
                    assert_eq!(after, *before, "seed {seed}, {since}: {}, which sees nothing of it", block.0);
                    continue;
                }
                let only = touched(&block.1, &dirty);
                let differ =
                    before.keys().chain(after.keys()).filter(|subject| before.get(*subject) != after.get(*subject));
                let differ: Vec<Arc<str>> = differ.cloned().collect();
                moved += differ.len();
                if let Some(only) = only {
                    for subject in differ.iter().filter(|subject| judged.contains(*subject)) {
                        named += 1;
                        let place = &block.0;
                        assert!(only.contains(subject), "seed {seed}, {since}: {place} of {subject}, and {dirty:?}");
                    }
                    let some = rows(&mut reading, block, since, Some(&only));
                    let wanted: Rows =
                        after.clone().into_iter().filter(|(subject, _)| only.contains(subject)).collect();
                    assert_eq!(some, wanted, "seed {seed}, {since}: {}", block.0);
                }
                *before = after;
            }
        }
    }
    assert!(moved > 100 && named > 50, "{moved} moved, {named} of them by name");
    assert!(unseen > 100, "{unseen} see nothing of it");
}

const SEEDS: std::ops::Range<u64> = 40..43;
const STEPS: usize = 30;
