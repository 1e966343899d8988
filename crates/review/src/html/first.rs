//! What matters first: what is contradicted in full, what is stale or unknown in short.

use evenkeel_lens::Review;

use crate::date::day;
use crate::groups::{First, Group, Member, groups};
use crate::mark::Mark;
use crate::number::{counted, size};
use crate::printable::line;
use crate::prose::{Prose, prose};
use crate::why::why;

/// So many practices of each verdict.
const FULL_MAX: usize = 12;
const SHORT_MAX: usize = 16;
/// So many subjects of each practice.
const SUBJECTS_MAX: usize = 6;
/// So many records of each subject.
const RECORDS_MAX: usize = 5;

/// One verdict.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) slug: &'static str,
    pub(super) beside: String,
    pub(super) blocks: Vec<Block>,
    /// How many practices are left out; may be empty.
    pub(super) more: String,
}

/// One practice.
pub(super) struct Block {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) risk: &'static str,
    pub(super) further: bool,
    pub(super) subjects: Subjects,
    pub(super) more: String,
}

/// Who has the verdict.
pub(super) enum Subjects {
    /// With reason and records, and what to do.
    Full { lines: Vec<Line>, next: Option<Prose> },
    /// By name, each with the last time where there was one.
    Short(Vec<(String, String)>),
}

/// One subject.
pub(super) struct Line {
    pub(super) subject: String,
    pub(super) tier: u8,
    pub(super) why: String,
    pub(super) records: Vec<String>,
}

pub(super) fn parts(review: &Review) -> Vec<Part> {
    let First { contradicted, stale, unknown } = First::of(review);
    let parts = [
        part("Contradicted", Mark::Contradicted, &contradicted, FULL_MAX, |group| full(review, group)),
        part("Stale", Mark::Stale, &stale, SHORT_MAX, |group| short(review, group)),
        part("Unknown, of high risk", Mark::Unknown, &unknown, SHORT_MAX, |group| short(review, group)),
    ];
    parts.into_iter().filter(|part| !part.blocks.is_empty()).collect()
}

/// What the record shows done; nothing where there is none.
pub(super) fn practised(review: &Review) -> Option<Part> {
    let groups = groups(review, Mark::Practised);
    let part = part("What is practised", Mark::Practised, &groups, SHORT_MAX, |group| short(review, group));
    (!part.blocks.is_empty()).then_some(part)
}

fn part(
    title: &'static str,
    mark: Mark,
    groups: &[Group<'_>],
    most: usize,
    block: impl Fn(&Group<'_>) -> Block,
) -> Part {
    let verdicts: usize = groups.iter().map(|group| group.members.len()).sum();
    let more = groups.len().saturating_sub(most);
    Part {
        title,
        slug: mark.slug(),
        beside: format!("{} on {}", counted(verdicts, "verdict"), counted(groups.len(), "practice")),
        blocks: groups.iter().take(most).map(block).collect(),
        more: if more == 0 {
            String::new()
        } else {
            format!("and {}, below under evidence", counted(more, "more practice"))
        },
    }
}

fn full(review: &Review, group: &Group<'_>) -> Block {
    let lines = group.members.iter().take(SUBJECTS_MAX).map(|member| subject(*member)).collect();
    block(review, group, Subjects::Full { lines, next: group.next().map(prose) })
}

fn short(review: &Review, group: &Group<'_>) -> Block {
    let last = |member: &Member<'_>| member.judged.last_at.map_or_else(String::new, day);
    let names = group.members.iter().take(SUBJECTS_MAX).map(|member| (line(&member.judged.subject), last(member)));
    block(review, group, Subjects::Short(names.collect()))
}

fn block(review: &Review, group: &Group<'_>, subjects: Subjects) -> Block {
    let practice = group.practice;
    let more = group.members.len().saturating_sub(SUBJECTS_MAX);
    Block {
        anchor: super::evidence::anchor(review, &practice.key),
        title: line(&practice.title),
        risk: practice.risk.as_str(),
        further: practice.further,
        subjects,
        more: if more == 0 { String::new() } else { format!("and {} more", size(more)) },
    }
}

fn subject(member: Member<'_>) -> Line {
    let Member { judged, tier } = member;
    Line {
        subject: line(&judged.subject),
        tier,
        why: line(&why(&judged.why)),
        records: judged.refs.iter().take(RECORDS_MAX).map(ToString::to_string).collect(),
    }
}
