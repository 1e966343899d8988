//! Alerts become incidents: open, join, reopen, pause, resume, resolve.
//!
//! Called when a group is looked at, and when something changed what may be told. A muted alert opens nothing.

use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_labels::LabelSet;
use evenkeel_model::{ResponsePlan, Workload};
use evenkeel_record::{
    Body, IncidentJoined, IncidentKey, IncidentOpened, IncidentPaused, IncidentReopened, IncidentRerouted,
    IncidentResolved, IncidentResumed, ResolvedBy,
};
use evenkeel_time::Duration;

use crate::decision::{Context, Decision, Standing, owner};
use crate::severity::severity;
use crate::{Bug, Incident, Phase, planted};

/// The same again within this long opens it again, where the response plan is gone that would say.
pub(crate) const REOPEN_WITHIN: Duration = Duration::hours(1);
/// Longer titles are cut off.
const TITLE_BYTES_MAX: usize = 300;

/// A group that was looked at, with a response plan attached to its route.
#[derive(Debug, Clone)]
pub struct SeenGroup {
    /// Which.
    pub group: GroupId,
    /// The route's key.
    pub route: Arc<str>,
    /// The grouping labels.
    pub labels: LabelSet,
    /// The response plan's name.
    pub response_plan: Arc<str>,
    /// Alerts that fire and may be told of. Sorted.
    pub firing: Vec<AlertId>,
    /// What an incident of it is called.
    pub title: Box<str>,
}

/// Decides what a look at a group means.
pub fn decide_group(cx: &Context<'_>, seen: &SeenGroup, decision: &mut Decision) {
    let key = IncidentKey {
        response_plan: seen.response_plan.clone(),
        route: seen.route.clone(),
        labels: seen.labels.clone(),
    };
    let twice = |incident: &&Incident| incident.phase == Phase::Acknowledged && planted(Bug::OpenTwice);
    match cx.state.incident_with(&key).filter(|incident| !twice(incident)) {
        Some(incident) if incident.active() => {
            if !join(cx, incident, cx.response_plan(incident), &seen.firing, decision) {
                decide_standing(cx, incident, decision);
            } else if incident.paused.is_some() {
                // Who joins fires and may be told of, whatever became of the others.
                decision.record(Body::IncidentResumed(IncidentResumed { incident: incident.id }));
            }
        }
        Some(incident) => reopen(incident, seen, decision),
        None if seen.firing.is_empty() => {}
        None => match moved(cx, seen) {
            Some(incident) => {
                decision.record(Body::IncidentRerouted(IncidentRerouted {
                    incident: incident.id,
                    key,
                    group: seen.group,
                }));
                join(cx, incident, cx.plan.catalogue.response_plans.get(&seen.response_plan), &seen.firing, decision);
            }
            None => open(cx, seen, key, decision),
        },
    }
}

/// The active incident that has one of these alerts and whose own group is not looked at for it any more: the plan has
/// changed since. An alert of several groups is in an incident of each that leads to a response plan.
fn moved<'a>(cx: &Context<'a>, seen: &SeenGroup) -> Option<&'a Incident> {
    let mut known = seen.firing.iter().flat_map(|alert| cx.state.incidents_of(*alert));
    known.find(|incident| incident.active() && !cx.alerts.watched(incident))
}

fn open(cx: &Context<'_>, seen: &SeenGroup, key: IncidentKey, decision: &mut Decision) {
    let Some(plan) = cx.plan.catalogue.response_plans.get(&seen.response_plan) else { return };
    let body = IncidentOpened {
        key: Some(key),
        group: Some(seen.group),
        alerts: seen.firing.clone(),
        ..opened(cx, plan, &seen.title)
    };
    decision.record(Body::IncidentOpened(body));
}

/// An incident of a response plan, not of any alerts yet.
pub(crate) fn opened(cx: &Context<'_>, plan: &ResponsePlan, title: &str) -> IncidentOpened {
    let workload = plan.workload.as_ref().and_then(|name| cx.plan.catalogue.workloads.get(name));
    let (severity, severity_reason) = severity(&cx.plan.catalogue, plan);
    IncidentOpened {
        response_plan: plan.name.clone(),
        key: None,
        group: None,
        alerts: Vec::new(),
        title: title.get(..title.floor_char_boundary(TITLE_BYTES_MAX)).unwrap_or("").into(),
        workload: plan.workload.clone(),
        owner: owner(cx.plan, plan),
        severity,
        severity_reason,
        customer_visible: plan.customer_visible.unwrap_or_else(|| workload.is_some_and(customers_notice)),
    }
}

const fn customers_notice(workload: &Workload) -> bool {
    workload.impact.customers
}

/// Whether anybody joined.
fn join(
    cx: &Context<'_>,
    incident: &Incident,
    plan: Option<&ResponsePlan>,
    firing: &[AlertId],
    decision: &mut Decision,
) -> bool {
    let joining: Vec<AlertId> =
        firing.iter().copied().filter(|alert| incident.alerts.binary_search(alert).is_err()).collect();
    if joining.is_empty() {
        return false;
    }
    let computed = plan.filter(|_| !incident.severity_by_hand);
    let (severity, severity_reason) = computed.map_or_else(
        || (incident.severity, incident.severity_reason.clone()),
        |plan| severity(&cx.plan.catalogue, plan),
    );
    let body = IncidentJoined { incident: incident.id, alerts: joining, severity, severity_reason };
    decision.record(Body::IncidentJoined(body));
    true
}

/// What was resolved by its alerts is bad again when any fires; what a person resolved, when another one does.
fn reopen(incident: &Incident, seen: &SeenGroup, decision: &mut Decision) {
    let by_person = incident.resolved.as_ref().is_some_and(|resolved| resolved.cause == ResolvedBy::Person);
    let news = |alert: &AlertId| !by_person || incident.alerts.binary_search(alert).is_err();
    if incident.phase != Phase::Resolved || !seen.firing.iter().any(news) {
        return;
    }
    decision.record(Body::IncidentReopened(IncidentReopened {
        incident: incident.id,
        group: Some(seen.group),
        alerts: seen.firing.clone(),
        reason: None,
    }));
}

/// Decides what it means to an incident how its alerts stand. Gives whether it is bad and may be acted on.
pub fn decide_standing(cx: &Context<'_>, incident: &Incident, decision: &mut Decision) -> bool {
    if !incident.active() {
        return false;
    }
    match cx.alerts.standing(incident) {
        Standing::Bad if incident.paused.is_some() => {
            decision.record(Body::IncidentResumed(IncidentResumed { incident: incident.id }));
            false
        }
        Standing::Bad => true,
        Standing::Suppressed { reason, until } => {
            let overruled = incident.pause_overruled || planted(Bug::PageThoughPaused);
            if !overruled {
                pause(cx, incident, reason, until.filter(|until| *until > cx.now), decision);
            }
            overruled
        }
        Standing::Well if planted(Bug::PageThoughResolved) => true,
        Standing::Well => {
            let reopen_within = cx.response_plan(incident).map_or(REOPEN_WITHIN, |plan| plan.reopen_within);
            decision.record(Body::IncidentResolved(IncidentResolved {
                incident: incident.id,
                cause: ResolvedBy::Alerts,
                reason: None,
                workaround: false,
                reopen_until: cx.now + reopen_within,
                page: None,
            }));
            false
        }
    }
}

fn pause(
    cx: &Context<'_>,
    incident: &Incident,
    reason: Box<str>,
    until: Option<evenkeel_time::Timestamp>,
    decision: &mut Decision,
) {
    let same = incident.paused.as_ref().is_some_and(|paused| {
        // An end that has come and gone has to be taken out, or it would be due for ever.
        paused.until == until && paused.reason == reason && paused.until.is_none_or(|until| until > cx.now)
    });
    if !same {
        decision.record(Body::IncidentPaused(IncidentPaused { incident: incident.id, reason, until }));
    }
}
