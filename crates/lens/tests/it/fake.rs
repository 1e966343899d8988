//! Evidence in memory, and practices that ask it: a block is known by the text that it compares with.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use evenkeel_evidence_sql::Select;
use evenkeel_ids::{DocumentRef, PlanHash, Seq};
use evenkeel_lens::{
    Area, Ask, At, Attestation, Block, BlockRow, BlockSort, Blocks, Dirty, Evaluator, Facts, Impact, Lens,
    LensIdentity, Practice, Question, Review, Risk, SubjectKind, Subjects, TeamSubject, Tolerance, Verdict,
    WorkloadSubject, impact, review,
};
use evenkeel_record::Hash;
use evenkeel_time::{Duration, Timestamp};

pub(crate) const DAY: i64 = 24 * 3_600_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// An occasion, done right.
    Good,
    /// An occasion, missed.
    Miss,
    /// An occasion that failed: a miss and a counter-fact.
    Counter,
    /// A counter-fact that was no occasion.
    Report,
    /// The ops repo says so.
    Declared,
}

#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) what: What,
    pub(crate) subject: Arc<str>,
    pub(crate) at: Timestamp,
    pub(crate) observed: bool,
}

/// Facts by practice; the number of a fact's record is its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fake {
    pub(crate) subjects: Subjects,
    pub(crate) facts: Vec<(Arc<str>, Fact)>,
    pub(crate) attestations: Vec<Attestation>,
    /// How often it was asked for rows.
    pub(crate) asked: usize,
    /// Rows come in another order, and more than were wanted.
    pub(crate) untidy: bool,
}

impl Fake {
    pub(crate) fn add(&mut self, practice: &str, fact: Fact) {
        self.facts.push((practice.into(), fact));
    }

    pub(crate) fn review(&mut self, lens: &Lens, day: i64) -> Review {
        let at = at(self.seq(), day);
        review(self, lens, at).expect("no error")
    }

    pub(crate) fn impact(&mut self, before: &Lens, after: &Lens, day: i64) -> Impact {
        let at = at(self.seq(), day);
        impact(self, before, after, at).expect("no error")
    }

    pub(crate) fn full(&mut self, known: &mut Evaluator, day: i64) -> Review {
        let at = at(self.seq(), day);
        known.full(self, at).expect("no error").clone()
    }

    pub(crate) fn update(&mut self, known: &mut Evaluator, day: i64, dirty: &Dirty) -> Review {
        let at = at(self.seq(), day);
        known.update(self, at, dirty).expect("no error").clone()
    }

    /// The record number of the last fact.
    pub(crate) fn seq(&self) -> Seq {
        Seq(u64::try_from(self.facts.len()).expect("few"))
    }
}

/// What follows `= '` in a block's text.
fn practice_of(block: &Block) -> &str {
    let (_, rest) = block.sql.split_once("= '").expect("a block of the fake");
    rest.split_once('\'').expect("closed").0
}

fn add(row: &mut BlockRow, sort: BlockSort, fact: &Fact, seq: Seq) {
    let (good, total) = match (sort, fact.what) {
        (BlockSort::Declared, What::Declared) | (BlockSort::Practised, What::Good) => (1, 1),
        (BlockSort::Contradicted, What::Counter | What::Report) => (1, 1),
        (BlockSort::Practised, What::Miss | What::Counter) | (BlockSort::Contradicted, What::Good | What::Miss) => {
            (0, 1)
        }
        (BlockSort::Declared, _) | (_, What::Declared) | (BlockSort::Practised, What::Report) => (0, 0),
    };
    row.good += good;
    row.total += total;
    if good > 0 {
        row.last_at = row.last_at.max(Some(fact.at));
        row.refs.push(seq);
    }
}

impl Blocks for Fake {
    type Error = Infallible;

    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, Infallible> {
        self.asked += 1;
        let practice = practice_of(ask.block);
        let mut rows: BTreeMap<Arc<str>, BlockRow> = BTreeMap::new();
        for ((of, fact), seq) in self.facts.iter().zip((1..).map(Seq)) {
            let in_time = ask.block.sort == BlockSort::Declared || (ask.from <= fact.at && fact.at < ask.to);
            let wanted = self.untidy || ask.subjects.is_none_or(|subjects| subjects.contains(&fact.subject));
            if **of != *practice || !in_time || !wanted || seq > ask.seq || (ask.observed_only && !fact.observed) {
                continue;
            }
            let empty =
                || BlockRow { subject: Arc::clone(&fact.subject), good: 0, total: 0, last_at: None, refs: Vec::new() };
            let row = rows.entry(Arc::clone(&fact.subject)).or_insert_with(empty);
            add(row, ask.block.sort, fact, seq);
        }
        let mut rows: Vec<BlockRow> = rows.into_values().filter(|row| row.total > 0).collect();
        if self.untidy {
            rows.reverse();
            rows.iter_mut().for_each(|row| row.refs.reverse());
            rows.push(BlockRow { subject: "nobody".into(), good: 9, total: 9, last_at: None, refs: Vec::new() });
        }
        Ok(rows)
    }
}

impl Facts for Fake {
    fn subjects(&mut self, _: Seq) -> Result<Subjects, Infallible> {
        Ok(self.subjects.clone())
    }

    fn attestations(&mut self, _: Seq, _: Timestamp) -> Result<Vec<Attestation>, Infallible> {
        Ok(self.attestations.clone())
    }
}

/// A block that reads a table, whose rows may be told or not.
pub(crate) fn block(sort: BlockSort, practice: &str, told: bool) -> Block {
    let sql = if told {
        format!(
            "SELECT r.workload AS subject, count(*) AS good, count(*) AS total, max(r.at) AS last_at, refs(r.record) AS refs \
             FROM reviews r WHERE r.cadence = '{practice}' GROUP BY r.workload"
        )
    } else {
        format!(
            "SELECT i.workload AS subject, count(*) AS good, count(*) AS total, max(i.at) AS last_at, refs(i.record) AS refs \
             FROM incidents i WHERE i.response_plan = '{practice}' GROUP BY i.workload"
        )
    };
    let select = Select::block(&sql).expect("a block");
    Block::new(sort, sql, select)
}

/// A practice with three blocks: 90 days, two occasions, fresh for 60 days, one miss in four.
pub(crate) fn practice(key: &str, told: bool) -> Practice {
    let area = key.split('.').nth(1).and_then(|area| area.parse().ok()).unwrap_or(Area::Operate);
    let step = |verdict: &str| Arc::from(format!("move {verdict}"));
    let movable = [Verdict::Unknown, Verdict::Declared, Verdict::Stale, Verdict::Contradicted];
    Practice {
        key: key.into(),
        aliases: vec![format!("seed:{key}").into()],
        title: key.into(),
        area,
        question: "q-1".into(),
        subject: SubjectKind::Workload,
        further: false,
        risk: Risk::High,
        window: Duration(90 * DAY),
        sample: 2,
        freshness: Duration(60 * DAY),
        tolerance: Tolerance::spelt("0.25").expect("a share"),
        attestation: None,
        next: movable.map(|verdict| (verdict, step(verdict.as_str()))).into(),
        mechanism: true,
        declared: Some(block(BlockSort::Declared, key, false)),
        practised: Some(block(BlockSort::Practised, key, told)),
        contradicted: Some(block(BlockSort::Contradicted, key, told)),
        prose: "".into(),
        path: "".into(),
    }
}

pub(crate) fn lens(practices: Vec<Practice>) -> Lens {
    let question = |(id, area): (&str, Area)| Question { id: id.into(), title: id.into(), area };
    Lens {
        identity: LensIdentity { name: "test".into(), title: "Test".into(), hash: Hash::ZERO },
        questions: [("q-1", Area::Operate), ("q-2", Area::Prepare)].map(question).into(),
        practices: practices.into_iter().map(Arc::new).collect(),
    }
}

/// Workloads with tier and team.
pub(crate) fn subjects(workloads: &[(&str, u8, &str)]) -> Subjects {
    let workload = |(name, tier, team): &(&str, u8, &str)| WorkloadSubject {
        name: (*name).into(),
        tier: *tier,
        team: Some((*team).into()),
        owner: Some(DocumentRef::Team((*team).into())),
    };
    let mut teams: Vec<&str> = workloads.iter().map(|(_, _, team)| *team).collect();
    teams.sort_unstable();
    teams.dedup();
    let teams = teams.into_iter().map(|team| TeamSubject { name: team.into() }).collect();
    Subjects { workloads: workloads.iter().map(workload).collect(), teams }
}

/// Everything known, with windows that end at that day.
pub(crate) fn at(seq: Seq, day: i64) -> At {
    At { plan: PlanHash::NONE, seq, head: Hash::ZERO, to: Timestamp(day * DAY) }
}

/// Two days' border, as a text: `110`, or `110-` for the millisecond before.
pub(crate) fn instant(text: &str) -> Timestamp {
    match text.strip_suffix('-') {
        Some(day) => Timestamp(day.parse::<i64>().expect("a day") * DAY - 1),
        None => Timestamp(text.parse::<i64>().expect("a day") * DAY),
    }
}

pub(crate) fn signed(practice: &str, subject: &str, from: &str, to: &str, not_applicable: bool) -> Attestation {
    Attestation {
        record: Seq(1000),
        practice: practice.into(),
        subject: subject.into(),
        person: "ada".into(),
        statement: Some("we do".into()),
        at: instant(from),
        expires_at: instant(to),
        not_applicable,
        withdrawn_at: None,
    }
}
