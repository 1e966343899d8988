//! Where the risk sits: the subjects with the most questions at high risk, by tier.

use std::collections::BTreeMap;

use evenkeel_lens::{Counts, QuestionRisk, Review, SubjectKind};

use super::bar::Bar;
use crate::number::{counted, grouped};
use crate::printable::line;

/// So many subjects are shown.
const LINES_MAX: usize = 12;

/// One subject.
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) tier: String,
    pub(super) owner: String,
    pub(super) high: String,
    pub(super) bar: Bar,
    pub(super) contradicted: String,
    pub(super) stale: String,
}

/// Of those judged, the ones that most hangs on first; and what is left out.
pub(super) fn lines(review: &Review) -> (Vec<Line>, String) {
    let high = high(review);
    let mut all: Vec<((SubjectKind, &str), Counts)> = counts(review).into_iter().collect();
    if all.len() < 2 {
        return (Vec::new(), String::new());
    }
    all.sort_by_key(|((kind, name), counts)| {
        let high = high.get(&(*kind, *name)).copied().unwrap_or_default();
        (std::cmp::Reverse(high > 0), review.subjects.tier(*kind, name), std::cmp::Reverse((high, counts.contradicted)))
    });
    let more = all.len().saturating_sub(LINES_MAX);
    let lines = all.iter().take(LINES_MAX).map(|((kind, name), counts)| {
        let high = high.get(&(*kind, *name)).copied().unwrap_or_default();
        drawn(review, *kind, name, counts, high)
    });
    let more = if more == 0 { String::new() } else { format!("and {}", counted(more, "more subject")) };
    (lines.collect(), more)
}

fn drawn(review: &Review, kind: SubjectKind, name: &str, counts: &Counts, high: usize) -> Line {
    let owner = match kind {
        SubjectKind::Workload => {
            review.subjects.owner(kind, name).map_or_else(|| "nobody".to_owned(), |owner| owner.to_string())
        }
        SubjectKind::Team | SubjectKind::Organization => String::new(),
    };
    let tier = match kind {
        SubjectKind::Workload | SubjectKind::Team => review.subjects.tier(kind, name).to_string(),
        SubjectKind::Organization => String::new(),
    };
    Line {
        kind: kind.as_str(),
        subject: line(name),
        tier,
        owner: line(&owner),
        high: high.to_string(),
        bar: Bar::of(counts),
        contradicted: grouped(counts.contradicted),
        stale: grouped(counts.stale),
    }
}

fn counts(review: &Review) -> BTreeMap<(SubjectKind, &str), Counts> {
    let mut all: BTreeMap<(SubjectKind, &str), Counts> = BTreeMap::new();
    for practice in review.practices.iter().filter(|practice| !practice.further) {
        for judged in &practice.verdicts {
            let known = all.entry((practice.subject_kind, &*judged.subject)).or_default();
            *known = known.plus(&Counts::of([judged]));
        }
    }
    all
}

/// How many questions are at high risk for each.
fn high(review: &Review) -> BTreeMap<(SubjectKind, &str), usize> {
    let mut all: BTreeMap<(SubjectKind, &str), usize> = BTreeMap::new();
    for risk in review.questions.iter().flat_map(|question| &question.risk.subjects) {
        if risk.risk == QuestionRisk::High {
            *all.entry((risk.kind, &risk.subject)).or_default() += 1;
        }
    }
    all
}
