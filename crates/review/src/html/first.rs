//! What matters first, as blocks.

use evenkeel_lens::Review;

use crate::groups::{First, Group, Member};
use crate::mark::Mark;
use crate::number::{counted, size};
use crate::printable::line;
use crate::why::why;

/// So many practices of each verdict, and so many subjects of each practice.
const PRACTICES_MAX: usize = 12;
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
    pub(super) subjects: Vec<Line>,
    pub(super) more: String,
    pub(super) next: Option<String>,
}

/// One subject.
pub(super) struct Line {
    pub(super) subject: String,
    pub(super) tier: u8,
    pub(super) why: String,
    pub(super) records: String,
}

pub(super) fn parts(review: &Review) -> Vec<Part> {
    let First { contradicted, stale, unknown } = First::of(review);
    let parts = [
        part(review, "Contradicted", Mark::Contradicted, &contradicted),
        part(review, "Stale", Mark::Stale, &stale),
        part(review, "Unknown, of high risk", Mark::Unknown, &unknown),
    ];
    parts.into_iter().filter(|part| !part.blocks.is_empty()).collect()
}

fn part(review: &Review, title: &'static str, mark: Mark, groups: &[Group<'_>]) -> Part {
    let verdicts: usize = groups.iter().map(|group| group.members.len()).sum();
    let more = groups.len().saturating_sub(PRACTICES_MAX);
    Part {
        title,
        slug: mark.slug(),
        beside: format!("{} on {}", counted(verdicts, "verdict"), counted(groups.len(), "practice")),
        blocks: groups.iter().take(PRACTICES_MAX).map(|group| block(review, group)).collect(),
        more: if more == 0 {
            String::new()
        } else {
            format!("and {}, below under evidence", counted(more, "more practice"))
        },
    }
}

fn block(review: &Review, group: &Group<'_>) -> Block {
    let practice = group.practice;
    let more = group.members.len().saturating_sub(SUBJECTS_MAX);
    Block {
        anchor: super::evidence::anchor(review, &practice.key),
        title: line(&practice.title),
        risk: practice.risk.as_str(),
        further: practice.further,
        subjects: group.members.iter().take(SUBJECTS_MAX).map(|member| subject(*member)).collect(),
        more: if more == 0 { String::new() } else { format!("and {} more", size(more)) },
        next: group.next().map(line),
    }
}

fn subject(member: Member<'_>) -> Line {
    let Member { judged, tier } = member;
    let records: Vec<String> = judged.refs.iter().take(RECORDS_MAX).map(ToString::to_string).collect();
    Line { subject: line(&judged.subject), tier, why: line(&why(&judged.why)), records: records.join(" ") }
}
