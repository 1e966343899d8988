//! Which escalation policy an incident goes by.

use evenkeel_ids::DocumentRef;
use evenkeel_model::{EscalationPolicy, Plan};

/// A policy, and how it came to be that one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChoice<'a> {
    /// Which.
    pub policy: &'a EscalationPolicy,
    /// Whether it is the organisation's last resort, since nothing nearer names one that there is.
    pub last_resort: bool,
    /// Who names it, such as `team payments`.
    pub because: Box<str>,
}

/// The policy that an incident goes by: its response plan's own, else that of the team that owns it, else the
/// organisation's last resort. `None` when there is none of these.
#[must_use]
pub fn policy_for<'a>(plan: &'a Plan, response_plan: &str, owner: Option<&DocumentRef>) -> Option<PolicyChoice<'a>> {
    let catalogue = &plan.catalogue;
    let choice = |name: Option<&_>, last_resort, because: Box<str>| {
        let policy = name.and_then(|name| catalogue.policies.get(name))?;
        Some(PolicyChoice { policy, last_resort, because })
    };
    let own = catalogue.response_plans.get(response_plan).and_then(|found| found.escalation.as_ref());
    let team = owner.and_then(|owner| match owner {
        DocumentRef::Team(name) => catalogue.teams.get(name),
        DocumentRef::Person(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => None,
    });
    let teams = team.and_then(|team| choice(team.escalation.as_ref(), false, format!("team {}", team.name).into()));
    choice(own, false, format!("response plan {response_plan}").into())
        .or(teams)
        .or_else(|| choice(plan.last_resort.policy.as_ref(), true, "the organisation's last resort".into()))
}

#[cfg(test)]
mod tests;
