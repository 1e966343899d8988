//! The next step of escalation: which, who, and until when it is waited for.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::{EscalationPolicy, EscalationStep};
use evenkeel_oncall::{Recipient, contacts, policy_for, recipients};
use evenkeel_record::{Body, EscalationCause, IncidentEscalated, IncidentUnroutable};
use evenkeel_time::{Duration, Timestamp};

use crate::decision::{Context, Decision, Lease};
use crate::{Bug, Incident, planted};

/// When nobody can be paged, it is tried again after this long.
pub(crate) const ROUTE_AGAIN_AFTER: Duration = Duration::minutes(5);
/// An acknowledgement is waited for so long where no policy says.
const WAIT: Duration = Duration::minutes(5);

/// Why a step is taken, and what a person said along with it.
#[derive(Debug, Clone)]
pub(crate) struct Push {
    pub(crate) cause: EscalationCause,
    pub(crate) reason: Option<Box<str>>,
    pub(crate) to: Option<DocumentRef>,
    pub(crate) page: Option<evenkeel_ids::PageId>,
}

impl From<EscalationCause> for Push {
    fn from(cause: EscalationCause) -> Self {
        Self { cause, reason: None, to: None, page: None }
    }
}

/// A place in a policy.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    policy: &'a EscalationPolicy,
    step: usize,
    round: u32,
    last_resort: bool,
}

/// Whom the next step is for when nobody acknowledges before it is due, by the plan and rota of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// When it is due.
    pub at: Timestamp,
    /// Persons and receivers, each once; empty: the step leads to nobody.
    pub to: Vec<DocumentRef>,
    /// Whether it is one of the organisation's last resort.
    pub last_resort: bool,
}

/// What comes next of itself; `None` when nothing is due, or nobody can be paged.
#[must_use]
pub fn next_step(cx: &Context<'_>, incident: &Incident) -> Option<NextStep> {
    let at = incident.escalation.as_ref()?.next_at?;
    let then = Context { now: at, ..*cx };
    let place = place(&then, incident, true).and_then(|place| reaching_somebody(&then, place))?;
    let (people, _) = paged(&then, &place.step()?.to);
    let to = people.into_iter().map(|one| one.to).collect();
    Some(NextStep { at, to, last_resort: place.last_resort })
}

/// Takes the next step, or the one before again, as the cause demands.
pub(crate) fn decide_step(cx: &Context<'_>, incident: &Incident, push: Push, decision: &mut Decision) {
    let advance = match push.cause {
        EscalationCause::Unanswered | EscalationCause::Unreachable => true,
        EscalationCause::Asked => push.to.is_none() && incident.escalation.is_some(),
        EscalationCause::Opened
        | EscalationCause::Restarted
        | EscalationCause::Resumed
        | EscalationCause::Worse
        | EscalationCause::AcknowledgementExpired => false,
    };
    let place = match &push.to {
        Some(DocumentRef::Policy(name)) => cx.plan.catalogue.policies.get(name).map(Place::first),
        Some(_) | None => place(cx, incident, advance),
    };
    let place = place.and_then(|place| reaching_somebody(cx, place));
    match (place, &push.to) {
        (Some(place), _) => take(cx, incident, place, push, decision),
        (None, Some(_)) => take_without_policy(cx, incident, push, decision),
        (None, None) => unroutable(cx, incident, decision),
    }
}

impl<'a> Place<'a> {
    fn first(policy: &'a EscalationPolicy) -> Self {
        Self { policy, step: 0, round: 0, last_resort: false }
    }

    fn step(self) -> Option<&'a EscalationStep> {
        self.policy.steps.get(self.step)
    }
}

/// The policy of the present stage: a person's choice, the last resort once it came to that, the plan's own.
fn policy<'a>(cx: &Context<'a>, incident: &Incident) -> Option<(&'a EscalationPolicy, bool)> {
    let named = |name: &Arc<str>| cx.plan.catalogue.policies.get(name);
    let before = incident.escalation.as_ref();
    let by_hand = before.and_then(|before| before.by_hand.as_ref()).and_then(named);
    if let Some(chosen) = by_hand.filter(|_| before.is_none_or(|before| !before.last_resort)) {
        return Some((chosen, false));
    }
    if before.is_some_and(|before| before.last_resort)
        && let Some(last) = last_resort(cx)
    {
        return Some((last, true));
    }
    let owner = cx.owner(incident);
    policy_for(cx.plan, &incident.response_plan, owner.as_ref()).map(|choice| (choice.policy, choice.last_resort))
}

fn last_resort<'a>(cx: &Context<'a>) -> Option<&'a EscalationPolicy> {
    cx.plan.last_resort.policy.as_ref().and_then(|name| cx.plan.catalogue.policies.get(name))
}

/// Where escalation stands, or stands next: step by step, round by round, then the last resort for as long as it takes.
fn place<'a>(cx: &Context<'a>, incident: &Incident, advance: bool) -> Option<Place<'a>> {
    let (policy, of_last_resort) = policy(cx, incident)?;
    let steps = policy.steps.len();
    // Another policy than before, by a new plan or because the old one is gone, is gone through from its beginning.
    let Some(before) = incident.escalation.as_ref().filter(|before| before.policy == policy.name) else {
        return Some(Place { last_resort: of_last_resort, ..Place::first(policy) });
    };
    let at = usize::try_from(before.step).unwrap_or(usize::MAX);
    let skip = usize::from(planted(Bug::SkipALevel) && advance);
    let place = |step, round| Place { policy, step, round, last_resort: of_last_resort };
    if !advance {
        return Some(place(at.min(steps.saturating_sub(1)), before.round));
    }
    let next = at.saturating_add(1 + skip);
    if next < steps {
        return Some(place(next, before.round));
    }
    if of_last_resort || before.round < policy.repeat {
        return Some(place(0, before.round.saturating_add(1)));
    }
    match last_resort(cx).filter(|last| last.name != policy.name) {
        Some(last) => Some(Place { last_resort: true, ..Place::first(last) }),
        None => Some(place(0, before.round.saturating_add(1))),
    }
}

/// The place itself when its policy leads to anybody at all, else the beginning of the last resort when that does.
fn reaching_somebody<'a>(cx: &Context<'a>, place: Place<'a>) -> Option<Place<'a>> {
    let leads = |policy: &EscalationPolicy| {
        policy
            .steps
            .iter()
            .flat_map(|step| &step.to)
            .any(|to| !recipients(cx.plan, cx.overrides, to, cx.now).0.is_empty())
    };
    if leads(place.policy) {
        return Some(place);
    }
    last_resort(cx).filter(|last| leads(last)).map(|last| Place { last_resort: true, ..Place::first(last) })
}

fn take(cx: &Context<'_>, incident: &Incident, place: Place<'_>, push: Push, decision: &mut Decision) {
    let Some(step) = place.step() else { return };
    let (paged, unresolved) = paged(cx, targets(step, push.to.as_ref()));
    let next_at = first_try(cx, incident, &paged) + step.wait;
    decision.record(Body::IncidentEscalated(IncidentEscalated {
        incident: incident.id,
        policy: place.policy.name.clone(),
        step: u32::try_from(place.step).unwrap_or(u32::MAX),
        round: place.round,
        cause: push.cause,
        reason: push.reason,
        next_at,
        last_resort: place.last_resort,
        to: push.to,
        unresolved,
        page: push.page,
    }));
}

/// A person named somebody, and there is no policy to go on by: the named one is asked all the same.
fn take_without_policy(cx: &Context<'_>, incident: &Incident, push: Push, decision: &mut Decision) {
    let (paged, unresolved) = paged(cx, push.to.as_slice());
    decision.record(Body::IncidentEscalated(IncidentEscalated {
        incident: incident.id,
        policy: Arc::from(""),
        step: 0,
        round: 0,
        cause: push.cause,
        reason: push.reason,
        next_at: first_try(cx, incident, &paged) + WAIT,
        last_resort: false,
        to: push.to,
        unresolved,
        page: push.page,
    }));
}

fn unroutable(cx: &Context<'_>, incident: &Incident, decision: &mut Decision) {
    let next_at = cx.now + ROUTE_AGAIN_AFTER;
    if incident.unroutable.is_some() {
        decision.leases.push(Lease::RouteAgain { incident: incident.id, at: next_at });
        return;
    }
    let reason = match policy(cx, incident) {
        Some((policy, _)) => format!("policy {} leads to nobody, and neither does a last resort", policy.name),
        None => format!(
            "response plan {} leads to no escalation policy, and there is no last resort",
            incident.response_plan
        ),
    };
    decision.record(Body::IncidentUnroutable(IncidentUnroutable {
        incident: incident.id,
        reason: reason.into(),
        next_at,
    }));
}

/// Whom a step is for: its own targets, unless a person named somebody.
pub(crate) fn targets<'a>(step: &'a EscalationStep, named: Option<&'a DocumentRef>) -> &'a [DocumentRef] {
    match named {
        None | Some(DocumentRef::Policy(_)) => &step.to,
        Some(named) => std::slice::from_ref(named),
    }
}

/// Everybody that targets lead to now, each once, and the targets that lead to nobody.
pub(crate) fn paged(cx: &Context<'_>, targets: &[DocumentRef]) -> (Vec<Recipient>, Vec<Box<str>>) {
    let (mut found, mut unresolved): (Vec<Recipient>, Vec<Box<str>>) = (Vec::new(), Vec::new());
    let at = if planted(Bug::PageTheWrongTurn) { cx.now - Duration::hours(8) } else { cx.now };
    let none = evenkeel_oncall::State::default();
    let overrides = if planted(Bug::IgnoreOverrides) { &none } else { cx.overrides };
    for target in targets {
        let (some, nobody) = recipients(cx.plan, overrides, target, at);
        for one in some {
            if !found.iter().any(|known| known.to == one.to) {
                found.push(one);
            }
        }
        unresolved.extend(nobody.iter().map(|nobody| Box::from(nobody.to_string())));
    }
    (found, unresolved)
}

/// When the first contact of any of them is tried: now, unless all of them have quiet hours for this.
fn first_try(cx: &Context<'_>, incident: &Incident, paged: &[Recipient]) -> Timestamp {
    let first = |recipient: &Recipient| match &recipient.to {
        DocumentRef::Person(name) => {
            let person = cx.plan.catalogue.people.get(name)?;
            contacts(person, incident.severity, cx.now).first().map(|contact| contact.at)
        }
        DocumentRef::Receiver(_)
        | DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Workload(_) => Some(cx.now),
    };
    paged.iter().filter_map(first).min().map_or(cx.now, |at| at.max(cx.now))
}
