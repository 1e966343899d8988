//! What follows from a record at once: an incident escalates, a step pages, a failed page gives way.
//!
//! One reaction a record, so that each is decided on the state with everything before it taken in.

use evenkeel_ids::{DocumentRef, IncidentId, PageId, UpdateId};
use evenkeel_record::{
    Ask, Body, EscalationCause, IncidentRole, Record, SentId, access_bodies, alerting_bodies, review_bodies,
    system_bodies,
};

use crate::decision::{Context, Decision};
use crate::escalate::{Push, decide_step};
use crate::group::decide_standing;
use crate::{Incident, Phase, communicate, paging, problems};

/// Decides what follows from a record that was just applied.
pub fn decide_reaction(cx: &Context<'_>, record: &Record, decision: &mut Decision) {
    match &record.body {
        Body::IncidentOpened(body) => {
            let id = IncidentId(record.seq);
            problems::recurrence(cx, id, body.key.as_ref(), decision);
            begin(cx, id, decision);
        }
        Body::IncidentReopened(body) => {
            communicate::withdraw_all(cx, body.incident, "it began again before this was approved", decision);
            begin(cx, body.incident, decision);
        }
        Body::IncidentEscalated(body) => paging::escalated(cx, body, decision),
        Body::IncidentUnroutable(body) => paging::tell_last_resort(cx, body.incident, decision),
        Body::IncidentResumed(body) => again(cx, body.incident, EscalationCause::Resumed, decision),
        Body::AcknowledgementExpired(body) => still_yours(cx, body.incident, decision),
        Body::IncidentAssigned(body) if body.role == IncidentRole::Responder => {
            let own = record.actor.0.strip_prefix("person:") == Some(&*body.person);
            // While it is paused nobody is asked; who has it then is asked when it goes on.
            let asked = |incident: &&Incident| incident.active() && incident.paused.is_none() && !own;
            if let Some(incident) = cx.state.incident(body.incident).filter(asked) {
                let why = format!("handed over by {}", record.actor);
                paging::ask(cx, incident, &body.person, Ask::TakeOver, &why, decision);
            }
        }
        Body::IncidentSeveritySet(body) => worse(cx, body.incident, decision),
        Body::IncidentVisibilitySet(body) => communicate::begin(cx, body.incident, decision),
        Body::IncidentResolved(body) => {
            problems::workaround(cx, body, decision);
            communicate::recovery(cx, body.incident, decision);
        }
        Body::IncidentMerged(body) => communicate::recovery(cx, body.incident, decision),
        Body::PageOpened(_) => {
            if let Some(page) = cx.state.page(PageId(record.seq)) {
                paging::failed_if_all_did(page, decision);
            }
        }
        Body::MessageFailed(body) => {
            if let SentId::Page(page) = body.of
                && let Some(page) = cx.state.page(page)
            {
                paging::failed_if_all_did(page, decision);
            }
        }
        Body::PageFailed(body) => {
            if let Some(page) = cx.state.page(body.page) {
                paging::step_failed(cx, page, decision);
            }
        }
        Body::UpdateDrafted(body) if !body.approvers.is_empty() => {
            communicate::ask_for_approval(cx, UpdateId(record.seq), decision);
        }
        Body::IncidentAssigned(_)
        | Body::UpdateDrafted(_)
        | Body::IncidentJoined(_)
        | Body::IncidentRerouted(_)
        | Body::IncidentPaused(_)
        | Body::IncidentAcknowledged(_)
        | Body::IncidentNoted(_)
        | Body::IncidentClosed(_)
        | Body::ProblemOpened(_)
        | Body::ProblemLinked(_)
        | Body::ProblemResolved(_)
        | Body::MessageIntended(_)
        | Body::MessageFailing(_)
        | Body::MessageDelivered(_)
        | Body::PageExpired(_)
        | Body::UpdateApproved(_)
        | Body::UpdateWithdrawn(_)
        | system_bodies!()
        | alerting_bodies!()
        | access_bodies!()
        | review_bodies!() => {}
    }
}

/// The first step is taken, and whoever is to hear of it is told.
fn begin(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    if let Some(incident) = cx.state.incident(id) {
        decide_step(cx, incident, Push::from(EscalationCause::Opened), decision);
        communicate::begin(cx, id, decision);
    }
}

/// The step where escalation stands is taken again.
fn again(cx: &Context<'_>, id: IncidentId, cause: EscalationCause, decision: &mut Decision) {
    if let Some(incident) = cx.state.incident(id).filter(|incident| waits(incident)) {
        decide_step(cx, incident, Push::from(cause), decision);
    }
}

/// Whether an answer is waited for.
fn waits(incident: &Incident) -> bool {
    incident.phase == Phase::Open && incident.paused.is_none()
}

/// Worse than when it was paged: contacts that wait for the end of quiet hours may be due now.
fn worse(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    communicate::begin(cx, id, decision);
    let Some(incident) = cx.state.incident(id).filter(|incident| waits(incident)) else { return };
    let waiting = |page: &PageId| {
        let Some(page) = cx.state.page(*page).filter(|page| page.status == crate::PageStatus::Open) else {
            return false;
        };
        let sooner = paging::ways(cx, incident, &page.to).first().map(|contact| contact.at);
        let waits = page.contacts.iter().all(|contact| contact.progress == crate::Progress::Waiting);
        waits && page.contacts.first().zip(sooner).is_some_and(|(first, sooner)| sooner < first.at)
    };
    let sooner = incident.escalation.as_ref().is_some_and(|escalation| escalation.pages.iter().any(waiting));
    if sooner && decide_standing(cx, incident, decision) {
        decide_step(cx, incident, Push::from(EscalationCause::Worse), decision);
    }
}

/// Who acknowledged is asked again; where nobody knows who that was, everybody of the step.
fn still_yours(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    let person = incident.acknowledged.as_ref().and_then(|acknowledged| acknowledged.person.as_ref());
    match person.filter(|person| cx.plan.catalogue.people.contains_key(*person)) {
        Some(person) => {
            paging::ask(cx, incident, person, Ask::StillYours, "their acknowledgement ran out", decision);
        }
        None => decide_step(cx, incident, Push::from(EscalationCause::AcknowledgementExpired), decision),
    }
}

/// Whether a reference is a person the plan knows.
pub(crate) fn known_person(cx: &Context<'_>, to: &DocumentRef) -> bool {
    matches!(to, DocumentRef::Person(name) if cx.plan.catalogue.people.contains_key(name))
}
