//! What people ask of incidents.

use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_oncall::policy_for;
use evenkeel_record::{
    Body, EscalationCause, IncidentAcknowledged, IncidentAssigned, IncidentClosed, IncidentMerged, IncidentNoted,
    IncidentReopened, IncidentResolved, IncidentSeveritySet, IncidentVisibilitySet, ResolvedBy,
};
use evenkeel_time::Duration;

use super::{By, Command, CommandRefusal, Subject, check_page};
use crate::decision::{Context, Decision};
use crate::escalate::{Push, decide_step};
use crate::group::{REOPEN_WITHIN, opened};
use crate::react::known_person;
use crate::{Incident, Phase};

/// An acknowledgement holds for so long where no policy says.
const ACKNOWLEDGE_FOR: Duration = Duration::hours(1);

type Decided = Result<Subject, CommandRefusal>;

pub(super) fn decide(cx: &Context<'_>, by: &By, command: &Command, decision: &mut Decision) -> Decided {
    let body = match command {
        Command::Open { response_plan, title } => {
            let plan = cx.plan.catalogue.response_plans.get(response_plan);
            let plan = plan.ok_or_else(|| CommandRefusal::UnknownResponsePlan(response_plan.clone()))?;
            let seq = decision.record(Body::IncidentOpened(opened(cx, plan, title)));
            return Ok(Subject::Incident(IncidentId(seq)));
        }
        Command::Escalate { incident, to, reason } => {
            return escalate(cx, by, *incident, to.as_ref(), reason.clone(), decision);
        }
        Command::Acknowledge(id) => acknowledge(cx, by, *id)?,
        Command::Resolve { incident, reason, workaround } => {
            let incident = active(cx, *incident, "resolve")?;
            check_page(cx, by, |page| page.incident == incident.id)?;
            let reopen_within = cx.response_plan(incident).map_or(REOPEN_WITHIN, |plan| plan.reopen_within);
            Body::IncidentResolved(IncidentResolved {
                incident: incident.id,
                cause: ResolvedBy::Person,
                reason: reason.clone(),
                workaround: *workaround,
                reopen_until: cx.now + reopen_within,
                page: by.page,
            })
        }
        Command::Reopen { incident, reason } => {
            let incident = resolved(cx, *incident, "reopen")?;
            let reason = Some(reason.clone());
            Body::IncidentReopened(IncidentReopened { incident: incident.id, group: None, alerts: Vec::new(), reason })
        }
        Command::Close { incident, reason } => {
            let incident = resolved(cx, *incident, "close before it is resolved")?;
            Body::IncidentClosed(IncidentClosed { incident: incident.id, reason: Some(reason.clone()) })
        }
        Command::Note { incident, text, for_updates } => {
            let incident = known(cx, *incident)?.id;
            Body::IncidentNoted(IncidentNoted { incident, text: text.clone(), for_updates: *for_updates })
        }
        Command::Assign { incident, role, person, reason } => {
            let incident = active(cx, *incident, "hand over")?.id;
            let to = DocumentRef::Person(person.clone());
            if !known_person(cx, &to) {
                return Err(CommandRefusal::UnknownTarget(to));
            }
            let (role, person, reason) = (*role, person.clone(), reason.clone());
            Body::IncidentAssigned(IncidentAssigned { incident, role, person, reason })
        }
        Command::Merge { incident, into, reason } => merge(cx, *incident, *into, reason)?,
        Command::SetSeverity { incident, severity, reason } => {
            let incident = active(cx, *incident, "judge")?.id;
            let (severity, reason) = (*severity, reason.clone());
            Body::IncidentSeveritySet(IncidentSeveritySet { incident, severity, reason })
        }
        Command::SetVisibility { incident, customer_visible, reason } => {
            let incident = active(cx, *incident, "show or hide")?.id;
            let (customer_visible, reason) = (*customer_visible, reason.clone());
            Body::IncidentVisibilitySet(IncidentVisibilitySet { incident, customer_visible, reason })
        }
        Command::ApproveUpdate { update: id, .. } | Command::WithdrawUpdate { update: id, .. } => {
            return Err(CommandRefusal::UnknownUpdate(*id));
        }
        Command::OpenProblem { incidents, .. } => {
            let id = incidents.first().copied().unwrap_or(IncidentId(evenkeel_ids::Seq(0)));
            return Err(CommandRefusal::UnknownIncident(id));
        }
        Command::LinkProblem { problem, .. } | Command::ResolveProblem { problem, .. } => {
            return Err(CommandRefusal::UnknownProblem(*problem));
        }
    };
    let id = about(&body);
    decision.record(body);
    Ok(Subject::Incident(id))
}

fn about(body: &Body) -> IncidentId {
    let subject = body.subject(evenkeel_ids::Seq(0));
    subject.parse().unwrap_or(IncidentId(evenkeel_ids::Seq(0)))
}

fn acknowledge(cx: &Context<'_>, by: &By, id: IncidentId) -> Result<Body, CommandRefusal> {
    let incident = active(cx, id, "acknowledge")?;
    check_page(cx, by, |page| page.incident == id)?;
    let person = by.person.clone().filter(|person| cx.plan.catalogue.people.contains_key(person));
    let until = cx.now + acknowledge_for(cx, incident);
    Ok(Body::IncidentAcknowledged(IncidentAcknowledged { incident: id, person, page: by.page, until }))
}

/// By the policy that escalation stands in, else by the one it would begin with.
fn acknowledge_for(cx: &Context<'_>, incident: &Incident) -> Duration {
    let stands = incident.escalation.as_ref().and_then(|now| cx.plan.catalogue.policies.get(&now.policy));
    let owner = cx.owner(incident);
    let policy =
        stands.or_else(|| policy_for(cx.plan, &incident.response_plan, owner.as_ref()).map(|choice| choice.policy));
    policy.map_or(ACKNOWLEDGE_FOR, |policy| policy.acknowledge_for)
}

fn escalate(
    cx: &Context<'_>,
    by: &By,
    id: IncidentId,
    to: Option<&DocumentRef>,
    reason: Option<Box<str>>,
    decision: &mut Decision,
) -> Decided {
    let incident = active(cx, id, "escalate")?;
    check_page(cx, by, |page| page.incident == id)?;
    if let Some(to) = to.filter(|to| !can_be_paged(cx, to)) {
        return Err(CommandRefusal::UnknownTarget(to.clone()));
    }
    let push = Push { cause: EscalationCause::Asked, reason, to: to.cloned(), page: by.page };
    decide_step(cx, incident, push, decision);
    Ok(Subject::Incident(id))
}

fn can_be_paged(cx: &Context<'_>, to: &DocumentRef) -> bool {
    let catalogue = &cx.plan.catalogue;
    match to {
        DocumentRef::Person(name) => catalogue.people.contains_key(name),
        DocumentRef::Team(name) => catalogue.teams.contains_key(name),
        DocumentRef::Schedule(name) => catalogue.schedules.contains_key(name),
        DocumentRef::Policy(name) => catalogue.policies.contains_key(name),
        DocumentRef::Receiver(name) => cx.plan.receivers.contains_key(name),
        DocumentRef::Workload(_) => false,
    }
}

fn merge(cx: &Context<'_>, id: IncidentId, into: IncidentId, reason: &str) -> Result<Body, CommandRefusal> {
    if id == into {
        return Err(CommandRefusal::IntoItself(id));
    }
    active(cx, id, "merge")?;
    active(cx, into, "merge into")?;
    Ok(Body::IncidentMerged(IncidentMerged { incident: id, into, reason: reason.into() }))
}

fn known<'a>(cx: &Context<'a>, id: IncidentId) -> Result<&'a Incident, CommandRefusal> {
    cx.state.incident(id).ok_or(CommandRefusal::UnknownIncident(id))
}

fn active<'a>(cx: &Context<'a>, id: IncidentId, wanted: &'static str) -> Result<&'a Incident, CommandRefusal> {
    let incident = known(cx, id)?;
    let phase = incident.phase;
    if incident.active() { Ok(incident) } else { Err(CommandRefusal::WrongPhase { incident: id, phase, wanted }) }
}

fn resolved<'a>(cx: &Context<'a>, id: IncidentId, wanted: &'static str) -> Result<&'a Incident, CommandRefusal> {
    let incident = known(cx, id)?;
    let phase = incident.phase;
    let right = phase == Phase::Resolved;
    if right { Ok(incident) } else { Err(CommandRefusal::WrongPhase { incident: id, phase, wanted }) }
}
