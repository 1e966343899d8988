//! The way through escalation policies, as a list of stops: all rounds of one's own policy, then the last resort for as
//! long as it takes.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::{EscalationPolicy, Plan};
use evenkeel_time::Timestamp;

use super::paging;
use crate::cases::{Case, StandIn};

/// A stop on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) policy: Arc<str>,
    pub(crate) step: usize,
    pub(crate) round: u32,
    pub(crate) last_resort: bool,
}

fn named<'a>(plan: &'a Plan, name: Option<&Arc<str>>) -> Option<&'a EscalationPolicy> {
    name.and_then(|name| plan.catalogue.policies.get(name))
}

/// Who answers for it by the plan; who did when it was opened, where the plan does not say.
pub(crate) fn owner(plan: &Plan, response_plan: &str, before: Option<&DocumentRef>) -> Option<DocumentRef> {
    let response = plan.catalogue.response_plans.get(response_plan);
    let workload = response.and_then(|response| plan.catalogue.workloads.get(response.workload.as_ref()?));
    let written = response.and_then(|response| response.owner.clone());
    written.or_else(|| workload.and_then(|workload| workload.owner.clone())).or_else(|| before.cloned())
}

/// The policy it begins with, and whether that is the last resort.
pub(crate) fn own<'a>(plan: &'a Plan, case: &Case) -> Option<(&'a EscalationPolicy, bool)> {
    let response = plan.catalogue.response_plans.get(&case.response_plan);
    if let Some(policy) = named(plan, response.and_then(|response| response.escalation.as_ref())) {
        return Some((policy, false));
    }
    if let Some(DocumentRef::Team(team)) = owner(plan, &case.response_plan, case.owner.as_ref()) {
        let team = plan.catalogue.teams.get(&team);
        if let Some(policy) = named(plan, team.and_then(|team| team.escalation.as_ref())) {
            return Some((policy, false));
        }
    }
    named(plan, plan.last_resort.policy.as_ref()).map(|policy| (policy, true))
}

/// The stop it is at or, to go on, the one after.
fn wanted(plan: &Plan, case: &Case, go_on: bool) -> Option<Stop> {
    let last = named(plan, plan.last_resort.policy.as_ref());
    let stand = case.stand.as_ref();
    let (policy, last_resort) = match stand {
        Some(stand) if stand.last_resort && last.is_some() => (last?, true),
        Some(stand) if !stand.last_resort && named(plan, stand.chosen.as_ref()).is_some() => {
            (named(plan, stand.chosen.as_ref())?, false)
        }
        Some(_) | None => own(plan, case)?,
    };
    let stop = |policy: &EscalationPolicy, step, round, last_resort| Stop {
        policy: policy.name.clone(),
        step,
        round,
        last_resort,
    };
    // Another policy than before is gone through from its beginning.
    let Some(stand) = stand.filter(|stand| stand.policy == policy.name) else {
        return Some(stop(policy, 0, 0, last_resort));
    };
    if !go_on {
        return Some(stop(policy, stand.step.min(policy.steps.len().saturating_sub(1)), stand.round, last_resort));
    }
    let rounds = if last_resort { stand.round + 1 } else { policy.repeat.max(stand.round) };
    let mut stops = (stand.round..=rounds).flat_map(|round| (0..policy.steps.len()).map(move |step| (round, step)));
    if let Some((round, step)) = stops.find(|next| *next > (stand.round, stand.step)) {
        return Some(stop(policy, step, round, last_resort));
    }
    match last.filter(|last| !last_resort && last.name != policy.name) {
        Some(last) => Some(stop(last, 0, 0, true)),
        None => Some(stop(policy, 0, stand.round + 1, last_resort)),
    }
}

fn anybody(plan: &Plan, stand_ins: &[&StandIn], policy: &Arc<str>, now: Timestamp) -> bool {
    let steps = plan.catalogue.policies.get(policy).map_or(&[][..], |policy| &policy.steps);
    steps.iter().any(|step| !paging::led_to(plan, stand_ins, &step.to, now).0.is_empty())
}

/// The stop to take; a policy that leads to nobody at all gives way to the last resort, and none to none.
pub(crate) fn next_stop(
    plan: &Plan,
    stand_ins: &[&StandIn],
    case: &Case,
    go_on: bool,
    chosen: Option<&Arc<str>>,
    now: Timestamp,
) -> Option<Stop> {
    let begin = |name: &Arc<str>, last_resort| Stop { policy: name.clone(), step: 0, round: 0, last_resort };
    let wanted = match chosen {
        Some(name) => Some(begin(name, false)),
        None => wanted(plan, case, go_on),
    };
    let wanted = wanted?;
    if anybody(plan, stand_ins, &wanted.policy, now) {
        return Some(wanted);
    }
    let last = named(plan, plan.last_resort.policy.as_ref())?;
    anybody(plan, stand_ins, &last.name, now).then(|| begin(&last.name, true))
}
