//! What a review says: every practice for every subject, and what that adds up to.

use std::sync::Arc;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::Hash;
use evenkeel_time::{Duration, Timestamp};

use crate::facts::Attestation;
use crate::practice::{Area, LensIdentity};
use crate::risk::{QuestionRisk, Risk};
use crate::rules::refs;
use crate::subject::{SubjectKind, Subjects};
use crate::verdict::{Standing, Verdict};
use crate::why::Why;

/// What a review is of: the same values give the same review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The plan in force.
    pub plan: PlanHash,
    /// The last record that counts.
    pub seq: Seq,
    /// The hash of that record.
    pub head: Hash,
    /// The end of every window, itself not in it.
    pub to: Timestamp,
}

/// Every practice of a lens, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// By which lens.
    pub lens: LensIdentity,
    /// Of which plan, record and instant.
    pub at: At,
    /// Where the longest window begins.
    pub from: Timestamp,
    /// Who was judged, by name.
    pub subjects: Subjects,
    /// In the order of the lens.
    pub practices: Vec<Arc<PracticeReview>>,
    /// In the order of the lens. Practices beyond those that count are not in them.
    pub questions: Vec<QuestionReview>,
    /// The areas that have practices, in order; again without those beyond.
    pub areas: Vec<(Area, RiskReview)>,
    /// Verdicts of the practices that count, and of those beyond them.
    pub counts: Counts,
    /// Verdicts of the practices beyond those that count.
    pub further: Counts,
    /// Rows of the source list: each practice that counts, once for each number that it has there.
    pub rows: usize,
    /// Practices that count.
    pub practices_total: usize,
}

impl Review {
    /// Rows of the source list that say again what another one says.
    #[must_use]
    pub const fn aliases(&self) -> usize {
        self.rows - self.practices_total
    }

    /// The practice of a key or an alias.
    #[must_use]
    pub fn practice(&self, name: &str) -> Option<&Arc<PracticeReview>> {
        let by_key = self.practices.iter().find(|practice| &*practice.key == name);
        by_key.or_else(|| self.practices.iter().find(|known| known.aliases.iter().any(|alias| &**alias == name)))
    }
}

/// One practice, judged for each of its subjects.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeReview {
    /// Such as `oe.operate.escalation-paths`.
    pub key: Arc<str>,
    /// Its numbers in others' lists.
    pub aliases: Vec<Arc<str>>,
    /// What it is called.
    pub title: Arc<str>,
    /// Where it belongs.
    pub area: Area,
    /// The question it is part of.
    pub question: Arc<str>,
    /// For whom it is judged.
    pub subject_kind: SubjectKind,
    /// What it is and why, in Markdown.
    pub prose: Arc<str>,
    /// Whether it is beyond those that count.
    pub further: bool,
    /// What its absence costs.
    pub risk: Risk,
    /// What only a person can say.
    pub attestation: Option<Arc<str>>,
    /// How far back facts count.
    pub window: Duration,
    /// How many occasions it takes.
    pub sample: u32,
    /// By subject; everybody of the kind.
    pub verdicts: Vec<Judged>,
    /// The same, counted.
    pub counts: Counts,
}

impl PracticeReview {
    /// The verdict for a subject.
    #[must_use]
    pub fn judged(&self, subject: &str) -> Option<&Judged> {
        let at = self.verdicts.binary_search_by(|judged| (*judged.subject).cmp(subject)).ok()?;
        self.verdicts.get(at)
    }

    /// What the verdicts on all subjects come to: the worst of them, and everything found where it is.
    #[must_use]
    pub fn overall(&self) -> Overall {
        let rank = |judged: &Judged| (judged.verdict.badness(), !judged.reported);
        let worst = self.verdicts.iter().min_by_key(|judged| rank(judged)).map(Judged::standing);
        let standing = worst.unwrap_or(Standing { verdict: Verdict::Unknown, reported: false });
        let those = || self.verdicts.iter().filter(|judged| judged.standing() == standing);
        Overall {
            standing,
            subjects: those().count(),
            good: those().fold(0, |sum, judged| judged.good.saturating_add(sum)),
            total: those().fold(0, |sum, judged| judged.total.saturating_add(sum)),
            last_at: those().filter_map(|judged| judged.last_at).max(),
            refs: refs(those().flat_map(|judged| judged.refs.iter().copied())),
        }
    }
}

/// One practice for one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// A workload's or a team's name, or [`crate::ORGANIZATION`].
    pub subject: Arc<str>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it is practised only by what was told to Evenkeel.
    pub reported: bool,
    /// What was found: counter-facts where contradicted by them, else what is declared or was done right.
    pub good: i64,
    /// Of how many.
    pub total: i64,
    /// The last of them.
    pub last_at: Option<Timestamp>,
    /// The records it stands on, highest first.
    pub refs: Vec<Seq>,
    /// The last window end at which what is practised or attested would still be so if nothing more happened.
    pub fresh_until: Option<Timestamp>,
    /// In one sentence.
    pub why: Why,
    /// The statement that holds, whatever the verdict.
    pub attested: Option<Arc<Attestation>>,
    /// The smallest step that would move the verdict.
    pub next: Option<Arc<str>>,
}

impl Judged {
    /// The verdict as it is shown.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing { verdict: self.verdict, reported: self.reported }
    }
}

/// What the verdicts on all subjects of a practice come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overall {
    /// The worst; `unknown` when nobody is judged.
    pub standing: Standing,
    /// How many subjects have it.
    pub subjects: usize,
    /// Found of all of these.
    pub good: i64,
    /// Of how many.
    pub total: i64,
    /// The last of them.
    pub last_at: Option<Timestamp>,
    /// The ten highest records.
    pub refs: Vec<Seq>,
}

/// A question, and the risk that the verdicts on its practices add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionReview {
    /// Such as `ops-10`.
    pub id: Arc<str>,
    /// What is asked.
    pub title: Arc<str>,
    /// Where it belongs.
    pub area: Area,
    /// The risk, over all and for each subject.
    pub risk: RiskReview,
}

/// Risk over all, and for each subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskReview {
    /// The organisation's: the highest there is.
    pub risk: QuestionRisk,
    /// Verdicts that made it.
    pub counts: Counts,
    /// Workloads by name, then teams by name with their workloads' in theirs, then the organisation's own.
    /// Whoever has no practice here is not listed.
    pub subjects: Vec<SubjectRisk>,
}

/// Risk for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRisk {
    /// What sort of subject.
    pub kind: SubjectKind,
    /// Which.
    pub subject: Arc<str>,
    /// The risk.
    pub risk: QuestionRisk,
}

/// How many verdicts of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// `not applicable`
    pub not_applicable: u64,
    /// `contradicted`
    pub contradicted: u64,
    /// `practised`, by what Evenkeel saw.
    pub practised: u64,
    /// `practised (reported)`
    pub practised_reported: u64,
    /// `attested`
    pub attested: u64,
    /// `stale`
    pub stale: u64,
    /// `declared`
    pub declared: u64,
    /// `unknown`
    pub unknown: u64,
    /// `unknown: no mechanism yet`
    pub no_mechanism: u64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.not_applicable
            + self.contradicted
            + self.practised
            + self.practised_reported
            + self.attested
            + self.stale
            + self.declared
            + self.unknown
            + self.no_mechanism
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: &Self) -> Self {
        Self {
            not_applicable: self.not_applicable + other.not_applicable,
            contradicted: self.contradicted + other.contradicted,
            practised: self.practised + other.practised,
            practised_reported: self.practised_reported + other.practised_reported,
            attested: self.attested + other.attested,
            stale: self.stale + other.stale,
            declared: self.declared + other.declared,
            unknown: self.unknown + other.unknown,
            no_mechanism: self.no_mechanism + other.no_mechanism,
        }
    }

    /// Counts verdicts.
    pub fn of<'a>(verdicts: impl IntoIterator<Item = &'a Judged>) -> Self {
        let mut counts = Self::default();
        for judged in verdicts {
            *counts.place(judged.standing()) += 1;
        }
        counts
    }

    /// Each with its number, in the order of verdicts.
    pub fn each(self) -> impl Iterator<Item = (Standing, u64)> {
        let told = |verdict| [false, true].map(|reported| Standing { verdict, reported });
        let all = Verdict::ALL.into_iter().flat_map(told);
        let all = all.filter(|standing| !standing.reported || standing.verdict == Verdict::Practised);
        all.map(move |standing| (standing, self.get(standing)))
    }

    /// Says how many there are of one.
    pub const fn set(&mut self, standing: Standing, number: u64) {
        *self.place(standing) = number;
    }

    /// How many there are of one.
    #[must_use]
    pub fn get(mut self, standing: Standing) -> u64 {
        *self.place(standing)
    }

    const fn place(&mut self, standing: Standing) -> &mut u64 {
        match standing.verdict {
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::Contradicted => &mut self.contradicted,
            Verdict::Practised if standing.reported => &mut self.practised_reported,
            Verdict::Practised => &mut self.practised,
            Verdict::Attested => &mut self.attested,
            Verdict::Stale => &mut self.stale,
            Verdict::Declared => &mut self.declared,
            Verdict::Unknown => &mut self.unknown,
            Verdict::NoMechanism => &mut self.no_mechanism,
        }
    }
}
