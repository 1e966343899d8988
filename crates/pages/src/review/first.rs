//! What matters first: what is contradicted with reasons, what is stale or unknown in short.

use evenkeel_lens::Review;
use evenkeel_review::{First, Group, Mark, Stretch, day, prose, why};

use super::words::{Verdict, practice, refs, shown, subject};
use crate::Frame;
use crate::incident_named::Named;

/// So many practices that are contradicted, and so many of another verdict.
const PRACTICES_MAX: (usize, usize) = (6, 3);
/// So many subjects of each practice.
const SUBJECTS_MAX: usize = 3;
/// So many records of each subject.
const RECORDS_MAX: usize = 3;

/// One verdict.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) verdict: Verdict,
    pub(super) blocks: Vec<Block>,
    pub(super) more: usize,
}

/// One practice.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) practice: Named,
    pub(super) risk: &'static str,
    pub(super) further: bool,
    pub(super) subjects: Vec<Subject>,
    pub(super) more: usize,
    pub(super) next: Vec<Stretch>,
}

/// One subject.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) name: Named,
    /// Why, or when it was last seen.
    pub(super) why: String,
    pub(super) records: Vec<Named>,
}

pub(super) fn parts(frame: &Frame, review: &Review) -> Vec<Part> {
    let First { contradicted, stale, unknown } = First::of(review);
    let parts = [
        part(frame, Mark::Contradicted, &contradicted),
        part(frame, Mark::Stale, &stale),
        part(frame, Mark::Unknown, &unknown),
    ];
    parts.into_iter().filter(|part| !part.blocks.is_empty()).collect()
}

fn part(frame: &Frame, mark: Mark, groups: &[Group<'_>]) -> Part {
    let most = if mark == Mark::Contradicted { PRACTICES_MAX.0 } else { PRACTICES_MAX.1 };
    Part {
        verdict: Verdict::of(mark),
        blocks: groups.iter().take(most).map(|group| block(frame, mark, group)).collect(),
        more: groups.len().saturating_sub(most),
    }
}

fn block(frame: &Frame, mark: Mark, group: &Group<'_>) -> Block {
    let of = group.practice;
    let in_full = mark == Mark::Contradicted;
    let subjects = group.members.iter().take(SUBJECTS_MAX).map(|member| Subject {
        name: subject(frame, of.subject_kind, &member.judged.subject),
        why: match member.judged.last_at {
            _ if in_full => format!("{}.", shown(&why(&member.judged.why))),
            Some(at) => format!("last {}", day(at)),
            None => String::new(),
        },
        records: refs(frame, &member.judged.refs, if in_full { RECORDS_MAX } else { 0 }),
    });
    Block {
        practice: practice(frame, &of.key, &of.title),
        risk: of.risk.as_str(),
        further: of.further,
        subjects: subjects.collect(),
        more: group.members.len().saturating_sub(SUBJECTS_MAX),
        next: group.next().filter(|_| in_full).map(|next| prose(&shown(next))).unwrap_or_default(),
    }
}
