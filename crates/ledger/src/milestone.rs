//! Where a review stood, under a name, to compare later ones with.

use std::collections::BTreeMap;

use evenkeel_ids::{MilestoneId, Seq};
use evenkeel_record::{Hash, MilestoneSet};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::names::plain;
use crate::{LedgerRefusal, State};

/// So many are held.
pub const MILESTONES_MAX: usize = 10_000;
/// There are nine verdicts; whoever adds some of their own finds room.
const COUNTS_MAX: usize = 100;

/// Where a review stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Which.
    pub id: MilestoneId,
    /// Its name, unique.
    pub name: Box<str>,
    /// When it was set.
    pub at: Timestamp,
    /// The last record that the review saw.
    pub seq: Seq,
    /// That record's hash.
    pub head: Hash,
    /// The content hash of the lens.
    pub lens_hash: Box<str>,
    /// The end of the windows that were looked at.
    pub window_end: Timestamp,
    /// How many lines have each verdict.
    pub counts: BTreeMap<Box<str>, u64>,
}

/// A milestone as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingMilestone {
    /// Its name.
    pub name: Box<str>,
    /// The last record that the review saw.
    pub seq: Seq,
    /// That record's hash.
    pub head: Hash,
    /// The content hash of the lens.
    pub lens_hash: Box<str>,
    /// The end of the windows that were looked at.
    pub window_end: Timestamp,
    /// How many lines have each verdict.
    pub counts: BTreeMap<Box<str>, u64>,
}

/// Decides whether a milestone is set; `last` is the number of the last record.
///
/// # Errors
/// [`LedgerRefusal`].
pub fn decide_milestone(state: &State, last: Seq, incoming: &IncomingMilestone) -> Result<MilestoneSet, LedgerRefusal> {
    let IncomingMilestone { name, seq, head, lens_hash, window_end, counts } = incoming.clone();
    if !plain(&name) {
        return Err(LedgerRefusal::MilestoneName(name));
    }
    if let Some(taken) = state.milestone(&name) {
        return Err(LedgerRefusal::MilestoneThere { id: taken.id, name });
    }
    if seq > last {
        return Err(LedgerRefusal::AheadOfRecords { seq, last });
    }
    if !plain(&lens_hash) {
        return Err(LedgerRefusal::Lens);
    }
    if counts.len() > COUNTS_MAX || !counts.keys().all(|verdict| plain(verdict)) {
        return Err(LedgerRefusal::Counts { max: COUNTS_MAX });
    }
    if state.milestones().count() >= MILESTONES_MAX {
        return Err(LedgerRefusal::TooManyMilestones { max: MILESTONES_MAX });
    }
    Ok(MilestoneSet { name, seq, head, lens_hash, window_end, counts })
}

#[cfg(test)]
mod tests;
