//! What moved between two named reviews.

use evenkeel_ids::PlanHash;
use evenkeel_lens::{At, Diff, Lens, Review, diff};
use evenkeel_record::Header;
use evenkeel_time::Timestamp;

use super::{Folder, milestone, standing};

/// The name of the review that is made now.
const NOW: &str = "now";

/// What moved, with the names it was asked by.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) before: Box<str>,
    pub(crate) after: Box<str>,
    pub(crate) diff: Diff,
}

/// Nothing was named so.
#[derive(Debug, thiserror::Error)]
#[error("no milestone is called `{0}`")]
pub(crate) struct NoMilestone(Box<str>);

/// Compares two milestones, or one with `now`. Both are judged again by the lens of today, as of their records.
pub(crate) fn difference(
    folder: &mut Folder,
    lens: &Lens,
    before: &str,
    after: &str,
    now: Timestamp,
) -> anyhow::Result<Difference> {
    let (first, second) = (named(folder, lens, before, now)?, named(folder, lens, after, now)?);
    Ok(Difference { before: before.into(), after: after.into(), diff: diff(&first, &second) })
}

fn named(folder: &mut Folder, lens: &Lens, name: &str, now: Timestamp) -> anyhow::Result<Review> {
    let at = if name == NOW { standing(folder.reader(), now)? } else { of_milestone(folder, name)? };
    folder.review(lens, at)
}

fn of_milestone(folder: &mut Folder, name: &str) -> anyhow::Result<At> {
    let set = folder.milestone(name)?.ok_or_else(|| NoMilestone(name.into()))?;
    let plan = folder
        .reader()
        .record(set.seq)?
        .map_or(Ok(PlanHash::NONE), |sealed| Header::decode(&sealed.header).map(|(header, _)| header.plan))?;
    Ok(At { plan, seq: set.seq, head: set.head, to: set.window_end })
}

impl Folder {
    fn milestone(&mut self, name: &str) -> anyhow::Result<Option<evenkeel_record::MilestoneSet>> {
        let (reader, reading) = self.parts();
        milestone(reader, &mut reading.now()?, name)
    }
}
