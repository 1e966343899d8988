//! Something is due, the program started, or silences changed.

use evenkeel_ids::IncidentId;
use evenkeel_record::{
    AcknowledgementExpired, Body, EscalationCause, IncidentAcknowledged, IncidentClosed, IncidentReopened, PageExpired,
    ResolvedBy,
};
use evenkeel_time::Duration;

use crate::deadline::Deadline;
use crate::decision::{Context, Decision, Lease, Standing};
use crate::escalate::{Push, decide_step};
use crate::group::decide_standing;
use crate::sending::{ToSend, decide_retry, decide_send};
use crate::{Bug, Incident, Phase, communicate, planted};

/// A step that is later than this at a start is not taken late: the one before is taken again, once.
pub const LATE_AFTER: Duration = Duration::minutes(2);
/// Where no policy says how long the next answer is waited for.
const WAIT: Duration = Duration::minutes(5);

/// Decides what a deadline that has come means. Gives the message that is to be tried again, if that is what was due.
pub fn decide_deadline(cx: &Context<'_>, deadline: Deadline, decision: &mut Decision) -> Option<ToSend> {
    match deadline {
        Deadline::PageExpiry(page) => {
            decision.record(Body::PageExpired(PageExpired { page }));
        }
        Deadline::Close(id) => close(cx, id, decision),
        Deadline::PauseOver(id) => {
            if let Some(incident) = cx.state.incident(id) {
                decide_standing(cx, incident, decision);
            }
        }
        Deadline::Acknowledgement(id) => acknowledgement_over(cx, id, decision),
        Deadline::Step(id) => step(cx, id, decision),
        Deadline::Cadence(id, place) => communicate::cadence(cx, id, index(place), decision),
        Deadline::Send(of, place) => decide_send(cx, of.into(), index(place), decision),
        Deadline::Retry(of, place) => return decide_retry(cx, of.into(), index(place), decision),
    }
    None
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

fn step(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    if !decide_standing(cx, incident, decision) {
        return;
    }
    let cause = match &incident.escalation {
        Some(_) if incident.unroutable.is_none() => EscalationCause::Unanswered,
        Some(_) | None => EscalationCause::Opened,
    };
    decide_step(cx, incident, Push::from(cause), decision);
}

/// Who acknowledged is asked whether it is still theirs, and the next step is taken unless somebody answers.
fn acknowledgement_over(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    if !decide_standing(cx, incident, decision) {
        return;
    }
    if let Some(acknowledged) = incident.acknowledged.as_ref().filter(|_| planted(Bug::AcknowledgeForEver)) {
        let (person, until) = (acknowledged.person.clone(), cx.now + Duration::hours(1));
        let body = IncidentAcknowledged { incident: id, person, page: None, until };
        decision.record(Body::IncidentAcknowledged(body));
        return;
    }
    let next_at = cx.now + wait(cx, incident);
    decision.record(Body::AcknowledgementExpired(AcknowledgementExpired { incident: id, next_at }));
}

/// How long an answer is waited for at the step where escalation stands.
pub(crate) fn wait(cx: &Context<'_>, incident: &Incident) -> Duration {
    let step = incident.escalation.as_ref().and_then(|escalation| {
        let policy = cx.plan.catalogue.policies.get(&escalation.policy)?;
        policy.steps.get(usize::try_from(escalation.step).ok()?)
    });
    step.map_or(WAIT, |step| step.wait)
}

/// Nothing more is expected of what is over; what a person resolved and still fires is not over.
fn close(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    let by_person = incident.resolved.as_ref().is_some_and(|resolved| resolved.cause == ResolvedBy::Person);
    if by_person && !incident.alerts.is_empty() && cx.alerts.standing(incident) == Standing::Bad {
        decision.record(Body::IncidentReopened(IncidentReopened {
            incident: id,
            group: None,
            alerts: Vec::new(),
            reason: Some("it was resolved by a person, and its alerts fire still".into()),
        }));
        return;
    }
    decision.record(Body::IncidentClosed(IncidentClosed { incident: id, reason: None }));
}

/// Decides what the time down means to open escalations: each takes the step where it stands once more, never several
/// levels at once. A step that is late by less than [`LATE_AFTER`] is simply taken.
pub fn decide_started(cx: &Context<'_>, decision: &mut Decision) {
    if planted(Bug::CatchUpAfterRestart) {
        return;
    }
    for incident in cx.state.incidents().filter(|incident| incident.phase == Phase::Open && incident.paused.is_none()) {
        let late = |at: evenkeel_time::Timestamp| at + LATE_AFTER < cx.now;
        let due = incident.escalation.as_ref().and_then(|escalation| escalation.next_at);
        if due.is_some_and(late) && incident.unroutable.is_none() && decide_standing(cx, incident, decision) {
            decide_step(cx, incident, Push::from(EscalationCause::Restarted), decision);
        }
    }
}

/// Looks at every incident that may have been silenced, or freed, by a change of silences.
pub fn decide_silences_changed(cx: &Context<'_>, decision: &mut Decision) {
    for incident in cx.state.incidents().filter(|incident| incident.active() && !planted(Bug::MissSilences)) {
        decide_standing(cx, incident, decision);
    }
}

/// Looks at an incident whose group is gone, or leads to no response plan any more, so that no look at it is one for the
/// incident.
pub fn decide_unwatched(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    if let Some(incident) = cx.state.incident(id).filter(|incident| !cx.alerts.watched(incident)) {
        decide_standing(cx, incident, decision);
    }
}

/// An audience that has nothing to hear now is looked at again then.
pub(crate) fn tell_again(
    incident: &Incident,
    place: usize,
    at: Option<evenkeel_time::Timestamp>,
    decision: &mut Decision,
) {
    decision.leases.push(Lease::TellAgain { incident: incident.id, place, at });
}
