//! Folds one record into the state. Sees nothing else: no plan, no clock.
//!
//! A record about something unknown changes nothing: what it was about is gone, or its body was erased.

mod incidents;
mod sending;

use evenkeel_record::{Body, ClockJumped, Record, access_bodies, alerting_bodies, review_bodies};
use evenkeel_time::Duration;

use crate::timeline;
use crate::{State, Update};

impl State {
    /// Folds one record in.
    pub fn apply(&mut self, record: &Record) {
        match &record.body {
            Body::Started(body) => self.shift(Duration::ZERO - body.clock_behind),
            Body::ClockJumped(ClockJumped { by }) => self.shift(*by),
            Body::IncidentOpened(body) => self.incident_opened(body, record),
            Body::IncidentJoined(body) => self.incident_joined(body),
            Body::IncidentRerouted(body) => self.incident_rerouted(body),
            Body::IncidentEscalated(body) => self.incident_escalated(body, record),
            Body::IncidentUnroutable(body) => self.incident_unroutable(body),
            Body::IncidentPaused(body) => self.incident_paused(body, record),
            Body::IncidentResumed(body) => self.with_incident(body.incident, |incident| incident.paused = None),
            Body::IncidentAcknowledged(body) => self.incident_acknowledged(body, record),
            Body::AcknowledgementExpired(body) => self.acknowledgement_expired(body, record),
            Body::IncidentAssigned(body) => {
                self.with_incident(body.incident, |incident| incident.give_role(body.role, body.person.clone()));
            }
            Body::IncidentSeveritySet(body) => self.with_incident(body.incident, |incident| {
                incident.severity = body.severity;
                incident.severity_reason = body.reason.clone();
                incident.severity_by_hand = true;
            }),
            Body::IncidentVisibilitySet(body) => {
                self.with_incident(body.incident, |incident| incident.customer_visible = body.customer_visible);
            }
            Body::IncidentNoted(body) => self.with_incident(body.incident, |incident| {
                if body.for_updates {
                    incident.note = Some(body.text.clone());
                }
            }),
            Body::IncidentMerged(body) => self.incident_merged(body, record),
            Body::IncidentResolved(body) => self.incident_resolved(body, record),
            Body::IncidentReopened(body) => self.incident_reopened(body, record),
            Body::IncidentClosed(body) => self.incident_closed(body.incident, record.at),
            Body::ProblemOpened(body) => self.problem_opened(body, record),
            Body::ProblemLinked(body) => self.problem_linked(body.problem, &[body.incident]),
            Body::ProblemResolved(body) => self.problem_resolved(body, record),
            Body::PageOpened(body) => self.page_opened(body, record),
            Body::MessageIntended(body) => self.message_intended(body),
            Body::MessageFailing(body) => self.message_failing(body),
            Body::MessageDelivered(body) => self.message_delivered(body, record),
            Body::MessageFailed(body) => self.message_failed(body),
            Body::PageFailed(body) => self.with_page(body.page, |page| page.end(crate::PageStatus::Failed)),
            Body::PageExpired(body) => self.with_page(body.page, |page| page.end(crate::PageStatus::Expired)),
            Body::UpdateDrafted(body) => self.update_drafted(body, record),
            Body::UpdateApproved(body) => self.update_approved(body, record),
            Body::UpdateWithdrawn(body) => self.update_withdrawn(body),
            Body::Stopped(_)
            | Body::PlanAdopted(_)
            | Body::PlanRefused(_)
            | Body::LastResortTold(_)
            | Body::BodyErased(_)
            | alerting_bodies!()
            | access_bodies!()
            | review_bodies!() => return,
        }
        timeline::note_down(self, record);
    }

    /// What was armed for a length of time keeps what is left of it when the clock moves. The end of a pause stays: the
    /// silences that make it go by the clock.
    fn shift(&mut self, by: Duration) {
        if by == Duration::ZERO {
            return;
        }
        for incident in self.incidents.values_mut() {
            if let Some(escalation) = &mut incident.escalation {
                escalation.next_at = escalation.next_at.map(|at| at + by);
            }
            if let Some(unroutable) = &mut incident.unroutable {
                unroutable.next_at.0 = unroutable.next_at.0 + by;
            }
            if let Some(acknowledged) = &mut incident.acknowledged {
                acknowledged.until = acknowledged.until + by;
            }
            if let Some(resolved) = &mut incident.resolved {
                resolved.reopen_until = resolved.reopen_until + by;
            }
            incident.audiences.iter_mut().for_each(|told| told.next_at.0 = told.next_at.0.map(|at| at + by));
        }
        for page in self.pages.values_mut() {
            page.not_after = page.not_after + by;
            sending::shift(&mut page.contacts, by);
        }
        for Update { not_after, addresses, .. } in self.updates.values_mut() {
            *not_after = *not_after + by;
            sending::shift(addresses, by);
        }
        self.rearm();
    }
}
