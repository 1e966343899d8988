//! Where the risk sits: who has questions at high risk, what most hangs on first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use evenkeel_lens::{Counts, QuestionRisk, Review, SubjectKind};

use super::bar::Bar;
use crate::number::{counted, grouped};
use crate::printable::line;

/// So many subjects of a sort are shown.
const LINES_MAX: usize = 10;

/// The subjects of one sort.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) lines: Vec<Line>,
    /// How many are left out; may be empty.
    pub(super) more: String,
}

/// One subject.
pub(super) struct Line {
    pub(super) subject: String,
    pub(super) tier: String,
    pub(super) owner: String,
    pub(super) high: String,
    pub(super) bar: Bar,
    pub(super) contradicted: String,
    pub(super) stale: String,
}

type Of<'a, T> = BTreeMap<(SubjectKind, &'a str), T>;

/// Workloads, teams with their workloads, and the organisation; nothing where only one subject was judged.
pub(super) fn parts(review: &Review) -> Vec<Part> {
    let (counts, high) = (counts(review), high(review));
    let judged: usize = review.subjects.workloads.len() + review.subjects.teams.len();
    if judged < 2 || counts.len() < 2 {
        return Vec::new();
    }
    let parts = SubjectKind::ALL.into_iter().map(|kind| part(review, kind, &counts, &high));
    parts.filter(|part| !part.lines.is_empty()).collect()
}

fn part(review: &Review, kind: SubjectKind, counts: &Of<'_, Counts>, high: &Of<'_, usize>) -> Part {
    let mut all: Vec<(&str, &Counts, usize)> = counts
        .iter()
        .filter(|((found, _), _)| *found == kind)
        .map(|((_, name), counts)| (*name, counts, high.get(&(kind, *name)).copied().unwrap_or_default()))
        .collect();
    all.sort_by_key(|(name, counts, high)| {
        (*high == 0, review.subjects.tier(kind, name), Reverse((*high, counts.contradicted)))
    });
    let more = all.len().saturating_sub(LINES_MAX);
    Part {
        title: match kind {
            SubjectKind::Workload => "Workloads",
            SubjectKind::Team => "Teams, with their workloads",
            SubjectKind::Organization => "The organisation itself",
        },
        lines: all
            .iter()
            .take(LINES_MAX)
            .map(|(name, counts, high)| drawn(review, kind, name, counts, *high))
            .collect(),
        more: if more == 0 { String::new() } else { format!("and {}", counted(more, &format!("more {kind}"))) },
    }
}

fn drawn(review: &Review, kind: SubjectKind, name: &str, counts: &Counts, high: usize) -> Line {
    let (tier, owner) = match kind {
        SubjectKind::Workload => {
            let owner = review.subjects.owner(kind, name);
            let owner = owner.map_or_else(|| "nobody".to_owned(), |owner| owner.to_string());
            (review.subjects.tier(kind, name).to_string(), owner)
        }
        SubjectKind::Team => (review.subjects.tier(kind, name).to_string(), String::new()),
        SubjectKind::Organization => (String::new(), String::new()),
    };
    Line {
        subject: line(name),
        tier,
        owner: line(&owner),
        high: high.to_string(),
        bar: Bar::of(counts),
        contradicted: grouped(counts.contradicted),
        stale: grouped(counts.stale),
    }
}

/// Verdicts of each subject on practices that count; of a team those of its workloads, too.
fn counts(review: &Review) -> Of<'_, Counts> {
    let mut all = Of::new();
    let mut plus = |kind, name, counts: &Counts| {
        let known: &mut Counts = all.entry((kind, name)).or_default();
        *known = known.plus(counts);
    };
    for practice in review.practices.iter().filter(|practice| !practice.further) {
        for judged in &practice.verdicts {
            let counts = Counts::of([judged]);
            plus(practice.subject_kind, &*judged.subject, &counts);
            let workload = Some(practice.subject_kind).filter(|kind| *kind == SubjectKind::Workload);
            let team = workload.and_then(|_| review.subjects.workload(&judged.subject)?.team.as_deref());
            if let Some(team) = team {
                plus(SubjectKind::Team, team, &counts);
            }
        }
    }
    all
}

/// How many questions are at high risk for each.
fn high(review: &Review) -> Of<'_, usize> {
    let mut all = Of::new();
    for risk in review.questions.iter().flat_map(|question| &question.risk.subjects) {
        if risk.risk == QuestionRisk::High {
            *all.entry((risk.kind, &*risk.subject)).or_default() += 1;
        }
    }
    all
}
