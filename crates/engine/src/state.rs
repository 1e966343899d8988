//! Everything that is known.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Body, ClockJumped, Record};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Stored;

/// Version of the whole state's shape, raised when the shape or meaning of any domain's state changes: a snapshot of
/// another one is not used.
pub const STATE_VERSION: u32 = 11;

/// The kind of record that also ends what was kept of older silences.
const SILENCE_SET: &str = "silence-set";
/// The kind of record that also ends what was kept of older overrides.
const OVERRIDE_SET: &str = "override-set";

/// The fold of the records, plus leases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The alerting domain.
    pub alerting: evenkeel_alerting::State,
    /// Incidents, pages, updates and problems.
    pub incident: evenkeel_incident::State,
    /// Overrides of schedules.
    pub oncall: evenkeel_oncall::State,
    /// Tokens.
    pub identity: evenkeel_identity::State,
    /// What is told, declared and signed.
    pub ledger: evenkeel_ledger::State,
    /// When what was hit.
    pub impact: evenkeel_impact::State,
    /// Who outside asked to be told.
    pub subscription: evenkeel_subscription::State,
    /// The current plan's hash.
    pub plan: PlanHash,
    /// When it was adopted.
    pub plan_at: Timestamp,
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
            self.plan_at = record.at;
        }
        self.alerting.apply(record);
        self.incident.apply(record);
        self.oncall.apply(record);
        self.identity.apply(record);
        self.ledger.apply(record);
        self.impact.apply(record);
        self.subscription.apply(record);
    }

    /// Rebuilds what is derived, after decoding a snapshot.
    pub fn reindex(&mut self) {
        self.alerting.reindex();
        self.incident.reindex();
    }

    /// Why the body of a record has to stay; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        let needed = self.alerting.needs(record).or_else(|| self.incident.needs(record));
        let needed = needed.or_else(|| self.oncall.needs(record)).or_else(|| self.identity.needs(record));
        needed.or_else(|| self.ledger.needs(record)).or_else(|| self.subscription.needs(record))
    }

    /// Folds one stored record in; an erased one moves number and time on and nothing else.
    pub fn fold(&mut self, stored: &Stored) {
        match stored {
            Stored::Record(record) => self.apply(record),
            Stored::Erased(header) => {
                self.seq = header.seq;
                let _ = self.move_to(header.at);
                self.ledger.pass_erased(header);
                self.impact.pass(header.at);
                self.subscription.pass(header.at);
                match header.kind.as_ref() {
                    SILENCE_SET => self.alerting.pass(header.at),
                    OVERRIDE_SET => self.oncall.pass(header.at),
                    _ => {}
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
