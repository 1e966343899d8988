//! Everything that is known.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Body, ClockJumped, Record};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Stored;

/// Version of the whole state's shape: a snapshot of another one is not used.
pub const STATE_VERSION: u32 = evenkeel_alerting::STATE_VERSION;

/// The kind of record that also ends what was kept of older silences.
const SILENCE_SET: &str = "silence-set";

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
    /// How far the wall clock may stand behind `at` because it was set back: so much of that is taken in already.
    pub behind: Duration,
}

impl State {
    /// Folds one record in. Sees nothing else.
    pub fn apply(&mut self, record: &Record) {
        self.seq = record.seq;
        if !self.move_to(record.at) {
            self.fall_behind(&record.body);
        }
        if let Body::PlanAdopted(body) = &record.body {
            self.plan = body.plan;
        }
        self.alerting.apply(record);
    }

    /// Folds one stored record in; an erased one moves number and time on and nothing else.
    pub fn fold(&mut self, stored: &Stored) {
        match stored {
            Stored::Record(record) => self.apply(record),
            Stored::Erased(header) => {
                self.seq = header.seq;
                let _ = self.move_to(header.at);
                if header.kind.as_ref() == SILENCE_SET {
                    self.alerting.pass(header.at);
                }
            }
        }
    }

    /// Whether time moved on: a record with a later time shows that the wall clock has caught up.
    fn move_to(&mut self, at: Timestamp) -> bool {
        let on = at > self.at;
        if on {
            self.behind = Duration::ZERO;
        }
        self.at = at;
        on
    }

    /// Takes in that the wall clock was moved while it stands before the last record.
    fn fall_behind(&mut self, body: &Body) {
        if let Body::ClockJumped(ClockJumped { by }) = body {
            self.behind = Duration::ZERO.max(self.behind - *by);
        }
        if let Body::Started(started) = body {
            self.behind = self.behind + started.clock_behind;
        }
    }
}
