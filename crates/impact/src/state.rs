//! The fold of the records about incidents that are hit, changed and over.

use std::collections::{BTreeMap, VecDeque};

use evenkeel_ids::IncidentId;
use evenkeel_record::{Body, Record};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Spell;

/// What ended longer ago is forgotten: status pages show 90 days at most, of which the first may have begun in another
/// zone.
pub const KEPT_FOR: Duration = Duration::hours(24 * 92);
/// So many spells that have ended are kept.
pub const SPELLS_MAX: usize = 20_000;

/// When what was hit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// When the first record was made; before that nobody knows.
    since: Option<Timestamp>,
    /// Spells that have ended, by their end.
    past: VecDeque<Spell>,
    /// Incidents that are not closed.
    open: BTreeMap<IncidentId, Standing>,
}

/// How an incident that is not closed stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Standing {
    spell: Spell,
    /// Whether the spell lasts; else the incident is resolved and may be opened again.
    lasts: bool,
}

impl State {
    /// Folds one record in. Records about anything else only let time pass.
    pub fn apply(&mut self, record: &Record) {
        let at = record.at;
        self.since.get_or_insert(at);
        match &record.body {
            Body::IncidentOpened(body) => {
                let spell = Spell {
                    incident: IncidentId(record.seq),
                    workload: body.workload.clone(),
                    response_plan: body.response_plan.clone(),
                    severity: body.severity,
                    by_hand: false,
                    customer_visible: body.customer_visible,
                    from: at,
                    until: None,
                };
                self.open.insert(spell.incident, Standing { spell, lasts: true });
            }
            Body::IncidentJoined(body) => self.severity(body.incident, body.severity, false, at),
            Body::IncidentSeveritySet(body) => self.severity(body.incident, body.severity, true, at),
            Body::IncidentVisibilitySet(body) => {
                self.change(body.incident, at, |spell| spell.customer_visible = body.customer_visible);
            }
            Body::IncidentResolved(body) => self.end(body.incident, at),
            Body::IncidentReopened(body) => self.again(body.incident, at),
            Body::IncidentClosed(body) => self.forget(body.incident, at),
            Body::IncidentMerged(body) => self.forget(body.incident, at),
            evenkeel_record::system_bodies!()
            | evenkeel_record::alerting_bodies!()
            | evenkeel_record::access_bodies!()
            | evenkeel_record::review_bodies!()
            | Body::IncidentRerouted(_)
            | Body::IncidentEscalated(_)
            | Body::IncidentUnroutable(_)
            | Body::IncidentPaused(_)
            | Body::IncidentResumed(_)
            | Body::IncidentAcknowledged(_)
            | Body::AcknowledgementExpired(_)
            | Body::IncidentAssigned(_)
            | Body::IncidentNoted(_)
            | Body::ProblemOpened(_)
            | Body::ProblemLinked(_)
            | Body::ProblemResolved(_)
            | Body::PageOpened(_)
            | Body::MessageIntended(_)
            | Body::MessageFailing(_)
            | Body::MessageDelivered(_)
            | Body::MessageFailed(_)
            | Body::PageFailed(_)
            | Body::PageExpired(_)
            | Body::UpdateDrafted(_)
            | Body::UpdateApproved(_)
            | Body::UpdateWithdrawn(_) => {}
        }
        self.pass(at);
    }

    /// Takes in that it is this instant: what ended long ago is forgotten.
    pub fn pass(&mut self, at: Timestamp) {
        let old = |spell: &Spell| spell.until.is_some_and(|until| until + KEPT_FOR < at);
        while self.past.len() > SPELLS_MAX || self.past.front().is_some_and(old) {
            self.past.pop_front();
        }
    }

    /// All that are kept: those that have ended by their end, then those that last.
    pub fn spells(&self) -> impl Iterator<Item = &Spell> {
        self.past.iter().chain(self.open.values().filter(|standing| standing.lasts).map(|standing| &standing.spell))
    }

    /// When the first record was made.
    #[must_use]
    pub fn first_at(&self) -> Option<Timestamp> {
        self.since
    }

    /// Since when all that was hit is known; `None` before the first record.
    #[must_use]
    pub fn known_since(&self) -> Option<Timestamp> {
        let oldest = self.past.front().and_then(|spell| spell.until).filter(|_| self.past.len() >= SPELLS_MAX);
        oldest.or(self.since)
    }

    fn severity(&mut self, id: IncidentId, severity: Severity, by_hand: bool, at: Timestamp) {
        self.change(id, at, |spell| {
            spell.severity = severity;
            spell.by_hand |= by_hand;
        });
    }

    /// Ends the spell where something about it changes, and begins the next.
    fn change(&mut self, id: IncidentId, at: Timestamp, change: impl FnOnce(&mut Spell)) {
        let Some(standing) = self.open.get_mut(&id) else { return };
        let before = standing.spell.clone();
        change(&mut standing.spell);
        if standing.spell != before && standing.lasts {
            standing.spell.from = at;
            self.keep(before, at);
        }
    }

    fn end(&mut self, id: IncidentId, at: Timestamp) {
        let Some(standing) = self.open.get_mut(&id).filter(|standing| standing.lasts) else { return };
        standing.lasts = false;
        let ended = standing.spell.clone();
        self.keep(ended, at);
    }

    fn again(&mut self, id: IncidentId, at: Timestamp) {
        if let Some(standing) = self.open.get_mut(&id).filter(|standing| !standing.lasts) {
            standing.lasts = true;
            standing.spell.from = at;
        }
    }

    fn forget(&mut self, id: IncidentId, at: Timestamp) {
        self.end(id, at);
        self.open.remove(&id);
    }

    /// One that began and ended at once was never there.
    fn keep(&mut self, spell: Spell, at: Timestamp) {
        if spell.from < at {
            self.past.push_back(Spell { until: Some(at), ..spell });
        }
    }
}

#[cfg(test)]
mod tests;
