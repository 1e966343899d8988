//! Updates: what stakeholders and customers are told, when, in which words, and who lets it go.
//!
//! Each audience hears that it began, how it goes at its cadence, and that it is over; of the end only if a text about
//! the beginning left. Of several drafts for one audience only the newest can be approved.

mod text;

use std::sync::Arc;

use evenkeel_ids::{IncidentId, UpdateId};
use evenkeel_model::{Audience, CommunicationPlan};
use evenkeel_record::{Ask, Body, UpdateDrafted, UpdateKind, UpdateWithdrawn};
use evenkeel_time::Duration;

use crate::decision::{Context, Decision};
use crate::due::tell_again;
use crate::escalate::paged;
use crate::{Bug, Incident, Told, UpdateStatus, paging, planted};

/// An audience that the plan does not have, or that is told of beginning and end only, is looked at again after this long.
const GONE_AGAIN_AFTER: Duration = Duration::minutes(5);

/// Tells those who are to hear of it and did not yet.
pub(crate) fn begin(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id).filter(|incident| incident.active()) else { return };
    let Some(plan) = plan_of(cx, incident) else { return };
    for audience in plan.audiences.iter().filter(|audience| concerns(audience, incident)) {
        if told(incident, plan, audience).is_none() {
            draft(cx, incident, plan, audience, UpdateKind::First, decision);
        }
    }
}

/// An audience is told how it goes; or, where nothing has left yet, again that it began.
pub(crate) fn cadence(cx: &Context<'_>, id: IncidentId, place: usize, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    let Some(told) = incident.audiences.get(place) else { return };
    let known = audience_of(cx, told).and_then(|(plan, audience)| Some((plan, audience, audience.cadence?)));
    let Some((plan, audience, cadence)) = known else {
        return tell_again(incident, place, Some(cx.now + GONE_AGAIN_AFTER), decision);
    };
    if incident.paused.is_some() || !concerns(audience, incident) {
        return tell_again(incident, place, Some(cx.now + cadence), decision);
    }
    withdraw_pending(cx, told.latest, "a newer one takes its place", decision);
    let kind = if told.first_sent { UpdateKind::Progress } else { UpdateKind::First };
    draft(cx, incident, plan, audience, kind, decision);
}

/// Those who heard that it began hear that it is over.
pub(crate) fn recovery(cx: &Context<'_>, id: IncidentId, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(id) else { return };
    for told in &incident.audiences {
        withdraw_pending(cx, told.latest, "it was over before this was approved", decision);
        let hears = told.first_sent && !planted(Bug::SkipRecovery);
        if let Some((plan, audience)) = audience_of(cx, told).filter(|_| hears) {
            draft(cx, incident, plan, audience, UpdateKind::Recovery, decision);
        }
    }
}

/// Nothing that waits for approval goes any more.
pub(crate) fn withdraw_all(cx: &Context<'_>, id: IncidentId, reason: &str, decision: &mut Decision) {
    let updates = cx.state.incident(id).map_or(&[][..], |incident| &incident.updates);
    for update in updates {
        withdraw_pending(cx, *update, reason, decision);
    }
}

/// Asks those who may approve an update to do so.
pub(crate) fn ask_for_approval(cx: &Context<'_>, id: UpdateId, decision: &mut Decision) {
    let Some(update) = cx.state.update(id) else { return };
    let Some(incident) = cx.state.incident(update.incident) else { return };
    for recipient in paged(cx, &update.approvers).0 {
        let why = format!("may approve what {} are told", update.audience);
        paging::open(cx, incident, recipient, Ask::Approve(id), Some(&why), decision);
    }
}

fn plan_of<'a>(cx: &Context<'a>, incident: &Incident) -> Option<&'a CommunicationPlan> {
    let name = cx.response_plan(incident)?.communication.as_ref()?;
    cx.plan.catalogue.communications.get(name)
}

fn audience_of<'a>(cx: &Context<'a>, told: &Told) -> Option<(&'a CommunicationPlan, &'a Audience)> {
    let plan = cx.plan.catalogue.communications.get(&told.communication)?;
    plan.audiences.iter().find(|audience| audience.name == told.audience).map(|audience| (plan, audience))
}

fn told<'a>(incident: &'a Incident, plan: &CommunicationPlan, audience: &Audience) -> Option<&'a Told> {
    incident.audiences.iter().find(|told| told.communication == plan.name && told.audience == audience.name)
}

fn concerns(audience: &Audience, incident: &Incident) -> bool {
    incident.severity <= audience.from_severity && (!audience.customers || incident.customer_visible)
}

fn withdraw_pending(cx: &Context<'_>, update: UpdateId, reason: &str, decision: &mut Decision) {
    if cx.state.update(update).is_some_and(|update| update.status == UpdateStatus::AwaitingApproval) {
        decision.record(Body::UpdateWithdrawn(UpdateWithdrawn { update, reason: reason.into(), page: None }));
    }
}

fn draft(
    cx: &Context<'_>,
    incident: &Incident,
    plan: &CommunicationPlan,
    audience: &Audience,
    kind: UpdateKind,
    decision: &mut Decision,
) {
    let over = kind == UpdateKind::Recovery;
    let next_at = audience.cadence.filter(|_| !over).map(|cadence| cx.now + cadence);
    decision.record(Body::UpdateDrafted(UpdateDrafted {
        incident: incident.id,
        communication: plan.name.clone(),
        audience: audience.name.clone(),
        kind,
        title: text::title(cx, incident, audience, kind),
        text: text::write(cx, incident, audience, kind, next_at),
        approvers: audience.approvers.clone(),
        addresses: addresses(cx, audience),
        next_at,
    }));
}

/// `receiver/integration` of each integration of each of its receivers.
fn addresses(cx: &Context<'_>, audience: &Audience) -> Vec<Arc<str>> {
    let receivers = audience.receivers.iter().filter_map(|name| cx.plan.receivers.get(name));
    let of = |receiver: &evenkeel_model::Receiver| {
        let name = receiver.name.clone();
        let names: Vec<Arc<str>> =
            receiver.integrations.iter().map(|integration| format!("{name}/{}", integration.name).into()).collect();
        names
    };
    receivers.flat_map(of).collect()
}
