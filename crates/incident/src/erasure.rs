//! Which bodies can be erased: what people wrote and what alerts said, once nothing follows from it any more.
//!
//! That is when the incident is closed, and what it was merged into too; a note is free at once, unless updates may say
//! it. What is erased cannot be looked at any more, and nothing else changes. Everything else names nobody: people are in
//! records by the names of their documents only.

use evenkeel_ids::{IncidentId, ProblemId, UpdateId};
use evenkeel_record::{Body, Record, SentId, access_bodies, alerting_bodies, review_bodies, system_bodies};

use crate::{Phase, State};

const OPEN: &str = "its incident or problem is not closed; erase it once it is";
const SHOWN: &str =
    "the update it speaks of is still shown; erase that update's own record, or wait until it is forgotten";
const NEEDED: &str = "a record of this kind names nobody and is needed to fold the journal";

impl State {
    /// Why the body of a record has to stay, as far as incidents are concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        let incident = match &record.body {
            // The last of its kind is remembered by its key, to know a recurrence by.
            Body::IncidentOpened(_) if self.causes.values().any(|cause| cause.incident.0 == record.seq) => {
                return Some(OPEN);
            }
            Body::IncidentOpened(_) => IncidentId(record.seq),
            Body::IncidentSeveritySet(body) => body.incident,
            Body::IncidentVisibilitySet(body) => body.incident,
            Body::UpdateDrafted(body) => body.incident,
            Body::IncidentNoted(body) if !body.for_updates => return None,
            Body::IncidentNoted(body) => body.incident,
            // Without them a known update would wait for approval for ever.
            Body::UpdateApproved(body) => return self.updates.contains_key(&body.update).then_some(SHOWN),
            Body::UpdateWithdrawn(body) => return self.updates.contains_key(&body.update).then_some(SHOWN),
            Body::MessageFailing(body) => match body.of {
                SentId::Page(id) => self.pages.get(&id).map(|page| page.incident)?,
                SentId::Update(id) => return self.of_update(id),
            },
            Body::ProblemOpened(_) => {
                let problem = self.problems.get(&ProblemId(record.seq));
                return problem.is_some_and(|problem| problem.resolved.is_none()).then_some(OPEN);
            }
            Body::PageOpened(body) => body.incident,
            Body::IncidentJoined(_)
            | Body::IncidentRerouted(_)
            | Body::IncidentEscalated(_)
            | Body::IncidentUnroutable(_)
            | Body::IncidentPaused(_)
            | Body::IncidentResumed(_)
            | Body::IncidentAcknowledged(_)
            | Body::AcknowledgementExpired(_)
            | Body::IncidentAssigned(_)
            | Body::IncidentMerged(_)
            | Body::IncidentResolved(_)
            | Body::IncidentReopened(_)
            | Body::IncidentClosed(_)
            | Body::ProblemLinked(_)
            | Body::ProblemResolved(_)
            | Body::MessageIntended(_)
            | Body::MessageDelivered(_)
            | Body::MessageFailed(_)
            | Body::PageFailed(_)
            | Body::PageExpired(_) => return Some(NEEDED),
            system_bodies!() | alerting_bodies!() | access_bodies!() | review_bodies!() => return None,
        };
        self.open(incident).then_some(OPEN)
    }

    fn of_update(&self, id: UpdateId) -> Option<&'static str> {
        let incident = self.updates.get(&id)?.incident;
        self.open(incident).then_some(OPEN)
    }

    /// Whether something may follow from the incident, or from what it was merged into.
    fn open(&self, id: IncidentId) -> bool {
        let mut at = Some(id);
        while let Some(incident) = at.and_then(|id| self.incidents.get(&id)) {
            match incident.phase {
                Phase::Open | Phase::Acknowledged | Phase::Resolved => return true,
                Phase::Closed => return false,
                // Into a younger or an older one, but never round: what was merged takes nothing in.
                Phase::Merged => at = incident.merged_into,
            }
        }
        false
    }
}
