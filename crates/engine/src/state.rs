//! Everything that is known.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Body, Record};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Stored;

/// Version of the whole state's shape: a snapshot of another one is not used.
pub const STATE_VERSION: u32 = evenkeel_alerting::STATE_VERSION;

/// The fold of the records, plus leases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The alerting domain.
    pub alerting: evenkeel_alerting::State,
    /// The current plan's hash.
    pub plan: PlanHash,
    /// The last record's number.
    pub seq: Seq,
    /// The last record's time.
    pub at: Timestamp,
}

impl State {
    /// Folds one record in. Sees nothing else.
    pub fn apply(&mut self, record: &Record) {
        self.seq = record.seq;
        self.at = record.at;
        if let Body::PlanAdopted(body) = &record.body {
            self.plan = body.plan;
        }
        self.alerting.apply(record);
    }

    /// Folds one stored record in; an erased one moves number and time on and nothing else.
    pub fn fold(&mut self, stored: &Stored) {
        match stored {
            Stored::Record(record) => self.apply(record),
            Stored::Erased(header) => (self.seq, self.at) = (header.seq, header.at),
        }
    }
}
