//! What the plan means, worked out a second time and plainly: routes, groups, muting, inhibition.
//!
//! Who is on call, whom a step leads to and when, and how bad it is, are worked out in the modules below. Nothing here
//! uses the engine's own decisions.

pub(crate) mod escalation;
mod on_call;
pub(crate) mod paging;
pub(crate) mod severity;

use std::sync::Arc;

use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_model::{GroupBy, Plan, Route};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

/// Every route of the tree an alert comes to rest at.
pub(crate) fn routes<'a>(plan: &'a Plan, labels: &LabelSet) -> Vec<&'a Route> {
    let mut resting = Vec::new();
    rest(plan, 0, labels, &mut resting);
    resting
}

fn rest<'a>(plan: &'a Plan, index: usize, labels: &LabelSet, resting: &mut Vec<&'a Route>) -> bool {
    let Some(route) = plan.routes.routes.get(index) else { return false };
    if !all_match(&route.matchers, labels) {
        return false;
    }
    let mut below = false;
    for child in &route.children {
        let taken = rest(plan, *child, labels, resting);
        below |= taken;
        if taken && plan.routes.routes.get(*child).is_some_and(|child| !child.continue_matching) {
            break;
        }
    }
    if !below {
        resting.push(route);
    }
    true
}

pub(crate) fn all_match(matchers: &Matchers, labels: &LabelSet) -> bool {
    matchers.0.iter().all(|matcher| matcher.matches_value(labels.get(matcher.name())))
}

/// The labels that name an alert's group on a route.
pub(crate) fn group_labels(route: &Route, labels: &LabelSet) -> LabelSet {
    match &route.group_by {
        GroupBy::All => labels.clone(),
        GroupBy::Labels(names) => {
            LabelSet::new(names.iter().map(|name| (name.clone(), Box::<str>::from(labels.get(name)))))
        }
    }
}

/// Whether a route is muted at an instant.
pub(crate) fn route_muted(plan: &Plan, route: &Route, at: Timestamp) -> bool {
    let inside = |name: &Arc<str>| {
        plan.time_intervals.get(name).is_some_and(|list| list.iter().any(|interval| interval.contains(at)))
    };
    let active = &route.active_time_intervals;
    route.mute_time_intervals.iter().any(inside) || (!active.is_empty() && !active.iter().any(inside))
}

/// Whether one of the firing alerts inhibits an alert with these labels.
pub(crate) fn inhibited<'a>(
    plan: &Plan,
    labels: &LabelSet,
    firing: impl Iterator<Item = &'a LabelSet> + Clone,
) -> bool {
    plan.inhibit_rules.iter().any(|rule| {
        let is_source = all_match(&rule.source, labels);
        all_match(&rule.target, labels)
            && firing.clone().any(|source| {
                all_match(&rule.source, source)
                    && rule.equal.iter().all(|name| source.get(name) == labels.get(name))
                    && !(is_source && all_match(&rule.target, source))
            })
    })
}

/// Whether a change of this alert may inhibit another, or free it.
pub(crate) fn may_inhibit(plan: &Plan, source: &LabelSet, labels: &LabelSet) -> bool {
    plan.inhibit_rules.iter().any(|rule| all_match(&rule.source, source) && all_match(&rule.target, labels))
}

/// Whether an audience is told of an incident as bad, and as visible, as that.
pub(crate) fn concerned(from: Severity, customers: bool, severity: Severity, visible: bool) -> bool {
    severity.number() <= from.number() && (visible || !customers)
}
