//! What deciding reads and writes.

use evenkeel_ids::Seq;
use evenkeel_model::Plan;
use evenkeel_record::Body;
use evenkeel_time::Timestamp;

use crate::{InhibitIndex, LeaseChange, State};

/// What decisions are made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What is known.
    pub state: &'a State,
    /// The adopted plan.
    pub plan: &'a Plan,
    /// Which alerts inhibit, kept in step with state and plan.
    pub inhibit: &'a InhibitIndex,
    /// The instant of the decision.
    pub now: Timestamp,
}

/// What was decided: records in order, then lease changes.
#[derive(Debug)]
pub struct Decision {
    next: Seq,
    /// Bodies of the records to be made; the first gets the number given to [`Decision::new`].
    pub records: Vec<Body>,
    /// Changes that are no records; they hold after the records.
    pub leases: Vec<LeaseChange>,
}

impl Decision {
    /// An empty decision whose first record will be `next`.
    #[must_use]
    pub fn new(next: Seq) -> Self {
        Self { next, records: Vec::new(), leases: Vec::new() }
    }

    /// Adds a record and gives the number it will have, from which ids follow.
    pub fn record(&mut self, body: Body) -> Seq {
        let seq = self.next;
        self.next = seq.next();
        self.records.push(body);
        seq
    }
}
