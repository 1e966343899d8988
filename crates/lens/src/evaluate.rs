//! Makes a review, and brings one up to date.
//!
//! A full run asks every block once or twice over all subjects. After some more records only those practices are judged
//! again that read a table with changed rows, and only for the subjects whose rows they are; the result is the same as a
//! full run's. That holds as long as the windows end where they ended: when time moves on, facts leave windows everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_evidence_sql::Value;

use crate::asking;
use crate::facts::Facts;
use crate::practice::{Block, Lens, Practice};
use crate::review::{At, Counts, Judged, PracticeReview, Review};
use crate::rollup;
use crate::signed::Signed;
use crate::subject::{SubjectKind, Subjects};

/// Tables whose rows say who is judged.
const SUBJECT_TABLES: [&str; 2] = ["workloads", "teams"];

/// Judges every practice of a lens.
///
/// # Errors
/// The first that the evidence gives.
pub fn review<F: Facts>(facts: &mut F, lens: &Lens, at: At) -> Result<Review, F::Error> {
    let signed = Signed::new(facts.attestations(at.seq, at.to)?, lens, at.to);
    full(facts, lens, at, &signed)
}

fn full<F: Facts>(facts: &mut F, lens: &Lens, at: At, signed: &Signed) -> Result<Review, F::Error> {
    let subjects = facts.subjects(at.seq)?.sorted();
    let names = Names::of(&subjects);
    let judged = facts.each(lens.practices.len(), &|rows, place| match lens.practices.get(place) {
        Some(practice) => asking::judge(rows, practice, names.get(practice.subject), signed, &at),
        None => Ok(Vec::new()),
    })?;
    let of_practice = |(practice, verdicts): (&Arc<Practice>, Vec<Judged>)| {
        let counts = Counts::of(&verdicts);
        Arc::new(PracticeReview { verdicts, counts, ..shell(practice) })
    };
    let practices: Vec<Arc<PracticeReview>> = lens.practices.iter().zip(judged).map(of_practice).collect();
    let counted = || practices.iter().filter(|practice| !practice.further).map(Arc::as_ref);
    let beyond = practices.iter().filter(|practice| practice.further).map(Arc::as_ref);
    let longest = lens.practices.iter().map(|practice| practice.window).max().unwrap_or_default();
    Ok(Review {
        lens: lens.identity.clone(),
        at,
        from: at.to - longest,
        questions: rollup::questions(lens, &practices, &subjects),
        areas: rollup::areas(&practices, &subjects),
        counts: rollup::counts(counted()),
        further: rollup::counts(beyond),
        rows: counted().map(rows).sum(),
        practices_total: counted().count(),
        subjects,
        practices,
    })
}

/// The names of each kind of subject.
struct Names {
    workloads: Vec<Arc<str>>,
    teams: Vec<Arc<str>>,
    organization: Vec<Arc<str>>,
}

impl Names {
    fn of(subjects: &Subjects) -> Self {
        Self {
            workloads: subjects.names(SubjectKind::Workload),
            teams: subjects.names(SubjectKind::Team),
            organization: subjects.names(SubjectKind::Organization),
        }
    }

    fn get(&self, kind: SubjectKind) -> &[Arc<str>] {
        match kind {
            SubjectKind::Workload => &self.workloads,
            SubjectKind::Team => &self.teams,
            SubjectKind::Organization => &self.organization,
        }
    }
}

/// A practice without its verdicts.
fn shell(practice: &Practice) -> PracticeReview {
    PracticeReview {
        key: Arc::clone(&practice.key),
        aliases: practice.aliases.clone(),
        title: Arc::clone(&practice.title),
        area: practice.area,
        question: Arc::clone(&practice.question),
        subject_kind: practice.subject,
        prose: Arc::clone(&practice.prose),
        further: practice.further,
        risk: practice.risk,
        attestation: practice.attestation.clone(),
        window: practice.window,
        sample: practice.sample,
        verdicts: Vec::new(),
        counts: Counts::default(),
    }
}

/// Under how many numbers a practice stands in the source list.
fn rows(practice: &PracticeReview) -> usize {
    practice.aliases.iter().filter(|alias| alias.starts_with("seed:")).count().max(1)
}

/// Whose rows of a table changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Anybody's, or nobody's in particular.
    All,
    /// Those of these workloads and teams, by name. With a workload go its team and whoever depends on it.
    Only(BTreeSet<Arc<str>>),
}

/// Which rows changed, by the table they are of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dirty {
    /// By table; rows of `links` by that name and by their lists', as in [`crate::Block::reads`].
    pub tables: BTreeMap<Arc<str>, Touched>,
    /// What is in the rows, by the same names; where it is not said, it may be anything.
    pub rows: BTreeMap<Arc<str>, BTreeSet<ChangedRow>>,
}

/// A row as it was, or as it is now; of a list, the row that has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangedRow {
    /// Its table.
    pub table: &'static str,
    /// By column; one that is left out may be anything.
    pub values: BTreeMap<&'static str, Value>,
}

impl Dirty {
    /// Notes that rows changed.
    pub fn note(&mut self, table: &str, touched: Touched) {
        match (self.tables.get_mut(table), touched) {
            (Some(Touched::Only(known)), Touched::Only(more)) => known.extend(more),
            (Some(known), Touched::All) => *known = Touched::All,
            (Some(Touched::All), Touched::Only(_)) => {}
            (None, touched) => {
                self.tables.insert(table.into(), touched);
            }
        }
    }

    /// Whether a block may find one of the changed rows of what it reads.
    #[must_use]
    pub fn is_seen(&self, block: &Block, read: &str) -> bool {
        let seen = |row: &ChangedRow| block.select.may_see(read, row.table, &row.values);
        self.rows.get(read).is_none_or(|rows| rows.iter().any(seen))
    }

    /// Whether rows changed that say who is judged.
    fn moves_subjects(&self) -> bool {
        SUBJECT_TABLES.iter().any(|table| self.tables.contains_key(*table))
    }

    /// Whose verdict on a practice may be another one now.
    fn of(&self, practice: &Practice) -> Touched {
        let mut names = BTreeSet::new();
        let blocks = [&practice.declared, &practice.practised, &practice.contradicted];
        let reads = blocks.into_iter().flatten().flat_map(|block| block.reads.iter().map(move |read| (block, read)));
        for (block, read) in reads {
            match self.tables.get(read).filter(|_| self.is_seen(block, read)) {
                None => {}
                Some(Touched::All) => return Touched::All,
                // There is one organisation, and whatever happens is part of it.
                Some(Touched::Only(_)) if practice.subject == SubjectKind::Organization => return Touched::All,
                Some(Touched::Only(more)) => names.extend(more.iter().cloned()),
            }
        }
        Touched::Only(names)
    }
}

/// Keeps a review, and brings it up to date with as little asking as possible.
#[derive(Debug)]
pub struct Evaluator {
    lens: Arc<Lens>,
    known: Option<(Review, Signed)>,
}

impl Evaluator {
    /// Knows nothing yet.
    #[must_use]
    pub const fn new(lens: Arc<Lens>) -> Self {
        Self { lens, known: None }
    }

    /// The lens it judges by.
    #[must_use]
    pub const fn lens(&self) -> &Arc<Lens> {
        &self.lens
    }

    /// The last review, if there was one.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        self.known.as_ref().map(|(review, _)| review)
    }

    /// Judges everything anew.
    ///
    /// # Errors
    /// The first that the evidence gives. The review before is gone then.
    pub fn full<F: Facts>(&mut self, facts: &mut F, at: At) -> Result<&Review, F::Error> {
        self.known = None;
        let signed = Signed::new(facts.attestations(at.seq, at.to)?, &self.lens, at.to);
        let review = full(facts, &self.lens, at, &signed)?;
        Ok(&self.known.insert((review, signed)).0)
    }

    /// Brings the review up to date: `dirty` is everything that changed since the last one. The same as [`Self::full`],
    /// which it is where the windows end elsewhere, or others are judged.
    ///
    /// # Errors
    /// The first that the evidence gives. The review before is gone then.
    pub fn update<F: Facts>(&mut self, facts: &mut F, at: At, dirty: &Dirty) -> Result<&Review, F::Error> {
        let Some((mut review, mut signed)) = self.known.take() else { return self.full(facts, at) };
        if review.at.to != at.to || at.seq < review.at.seq || dirty.moves_subjects() {
            return self.full(facts, at);
        }
        let mut wanted: Vec<Touched> = self.lens.practices.iter().map(|practice| dirty.of(practice)).collect();
        if dirty.tables.contains_key("attestations") {
            let now = Signed::new(facts.attestations(at.seq, at.to)?, &self.lens, at.to);
            for (key, subject) in now.changes(&signed) {
                let place = self.lens.practices.iter().position(|practice| practice.key == key);
                if let Some(Touched::Only(names)) = place.and_then(|place| wanted.get_mut(place)) {
                    names.insert(subject);
                }
            }
            signed = now;
        }
        review.at = at;
        again(facts, &self.lens, &mut review, &signed, &wanted)?;
        Ok(&self.known.insert((review, signed)).0)
    }
}

/// Judges again who is wanted, by practice.
fn again<F: Facts>(
    facts: &mut F,
    lens: &Lens,
    review: &mut Review,
    signed: &Signed,
    wanted: &[Touched],
) -> Result<(), F::Error> {
    let at = review.at;
    let mut changed: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut of_practices: BTreeSet<usize> = BTreeSet::new();
    let jobs = jobs(lens, review, wanted);
    let judged = facts.each(jobs.len(), &|rows, place| match jobs.get(place) {
        Some((_, practice, names)) => asking::judge(rows, practice, names, signed, &at),
        None => Ok(Vec::new()),
    })?;
    for ((place, _, _), judged) in jobs.iter().zip(judged) {
        let Some(known) = review.practices.get_mut(*place) else { continue };
        for judged in judged {
            let place_of = known.verdicts.binary_search_by(|other| other.subject.cmp(&judged.subject));
            let Some(index) = place_of.ok().filter(|index| known.verdicts.get(*index) != Some(&judged)) else {
                continue;
            };
            changed.insert(Arc::clone(&judged.subject));
            of_practices.insert(*place);
            if let Some(slot) = Arc::make_mut(known).verdicts.get_mut(index) {
                *slot = judged;
            }
        }
    }
    refresh(review, &of_practices, &changed);
    Ok(())
}

/// Whom to judge again, and by which practice, with its place; nobody by none.
fn jobs<'a>(lens: &'a Lens, review: &Review, wanted: &[Touched]) -> Vec<(usize, &'a Practice, Vec<Arc<str>>)> {
    let all = lens.practices.iter().zip(&review.practices).zip(wanted).enumerate();
    let jobs = all.map(|(place, ((practice, known), touched))| {
        let names: Vec<Arc<str>> = match touched {
            Touched::All => known.verdicts.iter().map(|judged| Arc::clone(&judged.subject)).collect(),
            Touched::Only(names) => names.iter().filter(|name| known.judged(name).is_some()).cloned().collect(),
        };
        (place, &**practice, names)
    });
    jobs.filter(|(_, _, names)| !names.is_empty()).collect()
}

/// Brings what verdicts add up to up to date.
fn refresh(review: &mut Review, of_practices: &BTreeSet<usize>, changed: &BTreeSet<Arc<str>>) {
    for place in of_practices {
        if let Some(practice) = review.practices.get_mut(*place) {
            let counts = Counts::of(&practice.verdicts);
            Arc::make_mut(practice).counts = counts;
        }
    }
    let practices = &review.practices;
    let moved: Vec<&PracticeReview> =
        of_practices.iter().filter_map(|place| practices.get(*place)).map(Arc::as_ref).collect();
    for question in &mut review.questions {
        if moved.iter().any(|practice| practice.question == question.id) {
            let own = rollup::of_question(practices, &question.id);
            rollup::refresh(&mut question.risk, &own, &review.subjects, changed);
        }
    }
    for (area, risk) in &mut review.areas {
        if moved.iter().any(|practice| practice.area == *area) {
            rollup::refresh(risk, &rollup::of_area(practices, *area), &review.subjects, changed);
        }
    }
    review.counts = rollup::counts(practices.iter().filter(|practice| !practice.further).map(Arc::as_ref));
    review.further = rollup::counts(practices.iter().filter(|practice| practice.further).map(Arc::as_ref));
}
