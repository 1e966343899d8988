//! When something is due next, and what.

use std::collections::BTreeSet;

use evenkeel_ids::{IncidentId, PageId};
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
    Cadence(IncidentId, usize),
    /// An address is tried for the first time; its place in the page or update.
    Send(Sent, usize),
    /// An address is tried again.
    Retry(Sent, usize),
}

/// [`SentId`], ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sent(u64, bool);

impl From<SentId> for Sent {
    fn from(of: SentId) -> Self {
        match of {
            SentId::Page(id) => Self(id.0.0, false),
            SentId::Update(id) => Self(id.0.0, true),
        }
    }
}

impl From<Sent> for SentId {
    fn from(Sent(number, update): Sent) -> Self {
        let seq = evenkeel_ids::Seq(number);
        if update { Self::Update(evenkeel_ids::UpdateId(seq)) } else { Self::Page(PageId(seq)) }
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
