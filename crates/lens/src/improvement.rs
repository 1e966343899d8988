//! The improvement plan: what to do next, the most important first.
//!
//! Ordered by how much hangs on the subject, then by what the practice's absence costs, then by how bad the verdict is.
//! Practices beyond those that count come after all others.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;

use crate::review::{Judged, PracticeReview, Review};
use crate::risk::Risk;
use crate::subject::SubjectKind;
use crate::verdict::{Standing, Verdict};
use crate::why::Why;

/// One thing to do, as a review makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvement {
    /// The practice's key.
    pub practice: Arc<str>,
    /// What it is called.
    pub title: Arc<str>,
    /// The question it is part of.
    pub question: Arc<str>,
    /// Whether it is beyond those that count.
    pub further: bool,
    /// What sort of subject.
    pub kind: SubjectKind,
    /// Which.
    pub subject: Arc<str>,
    /// How much hangs on the subject, 1 is the most.
    pub tier: u8,
    /// What the practice's absence costs.
    pub risk: Risk,
    /// The verdict that it would move.
    pub standing: Standing,
    /// Found now.
    pub good: i64,
    /// Of how many.
    pub total: i64,
    /// Why the verdict is what it is.
    pub why: Why,
    /// The smallest step.
    pub next: Option<Arc<str>>,
    /// Who answers for the subject.
    pub owner: Option<DocumentRef>,
}

impl Review {
    /// What to do next, the most important first; at most so many. Where nothing can be known so far, nothing is to do.
    #[must_use]
    pub fn improvements(&self, most: usize) -> Vec<Improvement> {
        let tiers = SubjectKind::ALL.map(|kind| self.subjects.tiers(kind));
        let of_kind = |kind| SubjectKind::ALL.iter().position(|known| *known == kind).and_then(|at| tiers.get(at));
        let mut found: Vec<(Order<'_>, &Judged)> = Vec::new();
        for (place, practice) in self.practices.iter().enumerate() {
            let tiers = of_kind(practice.subject_kind).into_iter().flatten();
            let open = practice.verdicts.iter().zip(tiers).filter(|(judged, _)| is_open(judged));
            found.extend(open.map(|(judged, tier)| {
                let badness = judged.verdict.badness();
                ((practice.further, *tier, practice.risk, badness, place, &judged.subject), judged)
            }));
        }
        if found.len() > most {
            found.select_nth_unstable_by(most, |(a, _), (b, _)| a.cmp(b));
            found.truncate(most);
        }
        found.sort_unstable_by_key(|(order, _)| *order);
        let item = |((_, tier, _, _, place, _), judged): (Order<'_>, &Judged)| {
            self.practices.get(place).map(|practice| self.improvement(practice, judged, tier))
        };
        found.into_iter().filter_map(item).collect()
    }

    fn improvement(&self, practice: &PracticeReview, judged: &Judged, tier: u8) -> Improvement {
        Improvement {
            practice: Arc::clone(&practice.key),
            title: Arc::clone(&practice.title),
            question: Arc::clone(&practice.question),
            further: practice.further,
            kind: practice.subject_kind,
            subject: Arc::clone(&judged.subject),
            tier,
            risk: practice.risk,
            standing: judged.standing(),
            good: judged.good,
            total: judged.total,
            why: judged.why.clone(),
            next: judged.next.clone(),
            owner: self.subjects.owner(practice.subject_kind, &judged.subject),
        }
    }
}

/// What comes first: further, tier, risk, badness, the practice's place in the lens, the subject.
type Order<'a> = (bool, u8, Risk, u8, usize, &'a Arc<str>);

fn is_open(judged: &Judged) -> bool {
    !judged.verdict.settled() && (judged.verdict != Verdict::NoMechanism || judged.next.is_some())
}
