//! Which bodies can be erased: what people wrote, once its incident cannot be looked at any more.
//!
//! Everything else names nobody: people are in records by the names of their documents only.

use evenkeel_ids::{IncidentId, ProblemId, UpdateId};
use evenkeel_record::{Body, Record, SentId};

use crate::State;

const OPEN: &str = "its incident or problem can still be looked at; erase it once that is over";
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
            Body::IncidentNoted(body) => body.incident,
            Body::IncidentSeveritySet(body) => body.incident,
            Body::IncidentVisibilitySet(body) => body.incident,
            Body::UpdateDrafted(body) => body.incident,
            Body::UpdateApproved(body) => return self.updates.contains_key(&body.update).then_some(OPEN),
            Body::UpdateWithdrawn(body) => return self.updates.contains_key(&body.update).then_some(OPEN),
            Body::MessageFailing(body) => return self.sent_is_known(body.of).then_some(OPEN),
            Body::ProblemOpened(_) => return self.problems.contains_key(&ProblemId(record.seq)).then_some(OPEN),
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
            Body::Started(_)
            | Body::Stopped(_)
            | Body::ClockJumped(_)
            | Body::PlanAdopted(_)
            | Body::PlanRefused(_)
            | Body::AlertFired(_)
            | Body::AlertChanged(_)
            | Body::AlertResolved(_)
            | Body::AlertRegrouped(_)
            | Body::GroupOpened(_)
            | Body::GroupRebound(_)
            | Body::GroupCleared(_)
            | Body::NoticeIntended(_)
            | Body::NoticeFailing(_)
            | Body::NoticeDelivered(_)
            | Body::NoticeFailed(_)
            | Body::SilenceSet(_)
            | Body::SilenceExpired(_)
            | Body::LastResortTold(_)
            | Body::BodyErased(_)
            | Body::TokenCreated(_)
            | Body::TokenRevoked(_)
            | Body::OverrideSet(_)
            | Body::OverrideRemoved(_) => return None,
        };
        self.incidents.contains_key(&incident).then_some(OPEN)
    }

    fn sent_is_known(&self, of: SentId) -> bool {
        match of {
            SentId::Page(id) => self.pages.contains_key(&id),
            SentId::Update(id) => self.updates.contains_key(&UpdateId(id.0)),
        }
    }
}
