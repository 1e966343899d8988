//! When something is due next, and what.

use std::collections::BTreeSet;

use evenkeel_ids::{IncidentId, PageId, Seq, UpdateId};
use evenkeel_record::SentId;
use evenkeel_time::Timestamp;

/// What is due. At one instant they are handled in this order: what ends before what begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// A page's time is over.
    PageExpiry(PageId),
    /// A resolved incident is closed.
    Close(IncidentId),
    /// What paused an incident may be over.
    PauseOver(IncidentId),
    /// An acknowledgement runs out.
    Acknowledgement(IncidentId),
    /// The next step of escalation.
    Step(IncidentId),
    /// An audience is told how it goes; its place in the incident's list.
    Cadence(IncidentId, u32),
    /// An address is tried for the first time; its place in the page or update.
    Send(Sent, u32),
    /// An address is tried again.
    Retry(Sent, u32),
}

/// [`SentId`] in one number, since there are many deadlines: that of its record, doubled, and one more for an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sent(u64);

impl From<SentId> for Sent {
    fn from(of: SentId) -> Self {
        match of {
            SentId::Page(id) => Self(id.0.0 * 2),
            SentId::Update(id) => Self(id.0.0 * 2 + 1),
        }
    }
}

impl From<Sent> for SentId {
    fn from(Sent(number): Sent) -> Self {
        let seq = Seq(number / 2);
        if number.is_multiple_of(2) { Self::Page(PageId(seq)) } else { Self::Update(UpdateId(seq)) }
    }
}

/// Armed deadlines, soonest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Deadlines(BTreeSet<(Timestamp, Deadline)>);

impl Deadlines {
    pub(crate) fn arm(&mut self, armed: &[(Timestamp, Deadline)]) {
        self.0.extend(armed);
    }

    pub(crate) fn disarm(&mut self, armed: &[(Timestamp, Deadline)]) {
        for one in armed {
            self.0.remove(one);
        }
    }

    pub(crate) fn first(&self) -> Option<(Timestamp, Deadline)> {
        self.0.first().copied()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
