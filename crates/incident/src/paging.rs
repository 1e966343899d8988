//! Who is asked: pages of a step, of a hand-over, of an acknowledgement that ran out, of an approval.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_model::EscalationStep;
use evenkeel_oncall::{Recipient, contacts};
use evenkeel_record::{Ask, Body, EscalationCause, IncidentEscalated, PageContact, PageFailed, PageOpened};
use evenkeel_time::Duration;

use crate::decision::{Context, Decision};
use crate::escalate::{Push, decide_step, paged, targets};
use crate::group::decide_standing;
use crate::{Bug, Incident, Page, PageStatus, Phase, Progress, planted};

/// After its last contact's time a page is tried for so long.
const TRIED_FOR: Duration = Duration::minutes(15);

/// A step was taken: everybody it leads to is paged. A step that leads to nobody gives way to the next at once; the last
/// of a round waits like any other, so that a policy without anybody does not spin.
pub(crate) fn escalated(cx: &Context<'_>, body: &IncidentEscalated, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(body.incident) else { return };
    let policy = cx.plan.catalogue.policies.get(&body.policy);
    let step = policy.and_then(|policy| policy.steps.get(usize::try_from(body.step).ok()?));
    let (paged, _) = match (step, &body.to) {
        (Some(step), named) => paged(cx, targets(step, named.as_ref())),
        (None, named) => paged(cx, named.as_slice()),
    };
    if paged.is_empty() {
        return next_at_once(cx, incident, decision);
    }
    let place = policy.map(|policy| because_of_step(body, policy.steps.len()));
    for recipient in paged {
        open(cx, incident, recipient, Ask::Acknowledge, place.as_deref(), decision);
    }
}

fn because_of_step(body: &IncidentEscalated, steps: usize) -> String {
    if matches!(&body.to, Some(to) if !matches!(to, DocumentRef::Policy(_))) {
        return "named by a person who escalated".to_owned();
    }
    let round = if body.round > 0 { format!(", round {}", body.round + 1) } else { String::new() };
    let last_resort = if body.last_resort { ", the last resort" } else { "" };
    let asked = if body.cause == EscalationCause::Asked { ", asked for by a person" } else { "" };
    format!("policy {}, step {} of {steps}{round}{last_resort}{asked}", body.policy, body.step + 1)
}

/// Takes the next step now, unless the round is over.
fn next_at_once(cx: &Context<'_>, incident: &Incident, decision: &mut Decision) {
    let Some(escalation) = incident.escalation.as_ref().filter(|_| incident.phase == Phase::Open) else { return };
    let steps: &[EscalationStep] =
        cx.plan.catalogue.policies.get(&escalation.policy).map_or(&[], |policy| &policy.steps);
    let left = usize::try_from(escalation.step).is_ok_and(|step| step + 1 < steps.len());
    if left && escalation.next_at.is_some() && decide_standing(cx, incident, decision) {
        decide_step(cx, incident, Push::from(EscalationCause::Unreachable), decision);
    }
}

/// Opens a page.
pub(crate) fn open(
    cx: &Context<'_>,
    incident: &Incident,
    recipient: Recipient,
    ask: Ask,
    why: Option<&str>,
    decision: &mut Decision,
) {
    let contacts = ways(cx, incident, &recipient.to);
    let last = contacts.iter().map(|contact| contact.at).max().unwrap_or(cx.now);
    let next = incident.escalation.as_ref().and_then(|escalation| escalation.next_at).unwrap_or(cx.now);
    let plan: Box<str> = format!("response plan {}", incident.response_plan).into();
    let because = [plan].into_iter().chain(why.map(Box::from)).chain(recipient.because).collect();
    let not_after = (last + TRIED_FOR).max(next);
    decision.record(Body::PageOpened(PageOpened {
        incident: incident.id,
        to: recipient.to,
        ask,
        because,
        contacts,
        not_after,
    }));
}

/// When which contact is tried.
pub(crate) fn ways(cx: &Context<'_>, incident: &Incident, to: &DocumentRef) -> Vec<PageContact> {
    match to {
        DocumentRef::Person(name) => {
            let person = cx.plan.catalogue.people.get(name);
            let mut ways = person.map(|person| contacts(person, incident.severity, cx.now)).unwrap_or_default();
            let awake = planted(Bug::IgnoreQuietHours);
            ways.iter_mut().filter(|_| awake).for_each(|way| way.at = cx.now);
            ways
        }
        DocumentRef::Receiver(name) => {
            let integrations = cx.plan.receivers.get(name).map_or(&[][..], |receiver| &receiver.integrations);
            let now = |name: &Arc<str>| PageContact { contact: name.clone(), at: cx.now };
            integrations.iter().map(|integration| now(&integration.name)).collect()
        }
        DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => {
            Vec::new()
        }
    }
}

/// Asks one person for something.
pub(crate) fn ask(
    cx: &Context<'_>,
    incident: &Incident,
    person: &Arc<str>,
    ask: Ask,
    why: &str,
    decision: &mut Decision,
) {
    let recipient = Recipient { to: DocumentRef::Person(person.clone()), because: Vec::new() };
    open(cx, incident, recipient, ask, Some(why), decision);
}

/// Nobody can be paged: the receiver of last resort hears of it all the same, unless nobody is to hear of it now.
pub(crate) fn tell_last_resort(cx: &Context<'_>, incident: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(incident).filter(|incident| incident.paused.is_none()) else { return };
    let to = DocumentRef::Receiver(cx.plan.last_resort.receiver.clone());
    let because = vec![Box::from("nobody else can be paged: the organisation's receiver of last resort")];
    open(cx, incident, Recipient { to, because }, Ask::Acknowledge, None, decision);
}

/// A page that nobody can be reached by any more has failed.
pub(crate) fn failed_if_all_did(page: &Page, decision: &mut Decision) {
    let given_up = |progress: &Progress| matches!(progress, Progress::Failed { .. });
    let all = page.contacts.iter().all(|contact| given_up(&contact.progress));
    if page.status != PageStatus::Open || !all || planted(Bug::LosePageFailure) {
        return;
    }
    let mut reasons: Vec<String> = Vec::new();
    for contact in &page.contacts {
        if let Progress::Failed { reason, .. } = &contact.progress {
            reasons.push(format!("{}: {reason}", contact.name));
        }
    }
    if reasons.is_empty() {
        reasons.push(format!("{} has no way to be reached", page.to));
    }
    decision.record(Body::PageFailed(PageFailed { page: page.id, reason: reasons.join("; ").into() }));
}

/// When every page of the present step failed, nobody can answer it: the next step is taken at once.
pub(crate) fn step_failed(cx: &Context<'_>, page: &Page, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(page.incident) else { return };
    let Some(escalation) = incident.escalation.as_ref().filter(|_| incident.unroutable.is_none()) else { return };
    let failed = |id: &evenkeel_ids::PageId| cx.state.page(*id).is_some_and(|page| page.status == PageStatus::Failed);
    if page.ask == Ask::Acknowledge && escalation.pages.contains(&page.id) && escalation.pages.iter().all(failed) {
        next_at_once(cx, incident, decision);
    }
}
