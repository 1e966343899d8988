//! When something is due next, and what.

use std::collections::BTreeSet;

use evenkeel_ids::{AlertId, GroupId, NoticeId};
use evenkeel_time::Timestamp;

/// What is due. At one instant they are handled in this order: what ends before what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// An alert's lease may have run out.
    AlertLease(AlertId),
    /// A notice is given up.
    NoticeExpiry(NoticeId),
    /// A notice is tried again.
    NoticeRetry(NoticeId),
    /// A group is looked at.
    GroupFlush(GroupId),
}

/// Armed deadlines, soonest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Deadlines(BTreeSet<(Timestamp, Deadline)>);

impl Deadlines {
    pub(crate) fn arm(&mut self, at: Timestamp, deadline: Deadline) {
        self.0.insert((at, deadline));
    }

    pub(crate) fn disarm(&mut self, at: Timestamp, deadline: Deadline) {
        self.0.remove(&(at, deadline));
    }

    pub(crate) fn first(&self) -> Option<(Timestamp, Deadline)> {
        self.0.first().copied()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
