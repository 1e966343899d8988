//! How bad it is: computed from the workload's tier, what stands on it, and how hard it is hit.
//!
//! An outage of a workload is as bad as the most critical workload that fails with it: its own tier, or that of whatever
//! stands on it by hard dependencies, directly or not. What merely gets worse counts one less, and so does a lighter hit.
//! Outside production nothing is worse than `sev4`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use evenkeel_model::{Catalogue, Hit, ResponsePlan, Workload};
use evenkeel_severity::Severity;

/// How bad an incident of a response plan is when it opens, and why, in words.
#[must_use]
pub fn severity(catalogue: &Catalogue, plan: &ResponsePlan) -> (Severity, Box<str>) {
    let workload = plan.workload.as_ref().and_then(|name| catalogue.workloads.get(name));
    let Some(workload) = workload else { return without_workload(plan.impact) };
    let (mut number, mut reason) =
        (u32::from(workload.tier), format!("workload {} is tier {}", workload.name, workload.tier));
    if let Some((name, tier, hard)) = worst_dependant(catalogue, workload) {
        let behind = tier + u32::from(!hard);
        if behind < number {
            number = behind;
            let how = if hard { "stands on it" } else { "gets worse with it" };
            reason = format!("workload {name}, tier {tier}, {how}");
        }
    }
    let lighter = match plan.impact {
        Hit::Outage => 0,
        Hit::Degraded => 1,
        Hit::Minor => 2,
        Hit::None => 4,
    };
    number += lighter;
    reason = format!("{reason}; impact {}", plan.impact.as_str());
    if let Some(environment) = outside_production(workload, plan).filter(|_| number < 4) {
        number = 4;
        reason = format!("{reason}; {environment} is not production");
    }
    (Severity::nearest(number), reason.into())
}

/// Nobody wrote what is hit, so the impact alone counts, and nothing is taken for critical.
fn without_workload(impact: Hit) -> (Severity, Box<str>) {
    let severity = match impact {
        Hit::Outage => Severity::Sev2,
        Hit::Degraded => Severity::Sev3,
        Hit::Minor => Severity::Sev4,
        Hit::None => Severity::Sev5,
    };
    (severity, format!("no workload is named; impact {}", impact.as_str()).into())
}

fn outside_production<'a>(workload: &Workload, plan: &'a ResponsePlan) -> Option<&'a Arc<str>> {
    let name = plan.environment.as_ref()?;
    let known = workload.environments.iter().find(|environment| environment.name == *name)?;
    (!known.production).then_some(name)
}

/// The most critical workload that stands on this one, with its tier and whether it fails with it.
fn worst_dependant(catalogue: &Catalogue, workload: &Workload) -> Option<(Arc<str>, u32, bool)> {
    let found = dependants(catalogue, &workload.name);
    let judged = found.into_iter().filter_map(|(name, hard)| {
        let tier = u32::from(catalogue.workloads.get(&name)?.tier);
        Some((name, tier, hard))
    });
    judged.min_by(|a, b| (a.1 + u32::from(!a.2), &a.0).cmp(&(b.1 + u32::from(!b.2), &b.0)))
}

/// Everything that stands on a workload, directly or not, with whether it does by hard dependencies all the way.
pub(crate) fn dependants(catalogue: &Catalogue, of: &Arc<str>) -> BTreeMap<Arc<str>, bool> {
    let above = above(catalogue);
    let mut found: BTreeMap<Arc<str>, bool> = BTreeMap::new();
    let mut queue = VecDeque::from([(of, true)]);
    while let Some((below, hard)) = queue.pop_front() {
        for (name, edge) in above.get(below).into_iter().flatten().filter(|(name, _)| *name != of) {
            let way = hard && *edge;
            // Looked at again only when a harder way to it is found, so circles end.
            if found.get(*name).is_none_or(|known| !known && way) {
                found.insert(Arc::clone(name), way);
                queue.push_back((name, way));
            }
        }
    }
    found
}

/// Everything that a workload stands on, directly or not. Not asked the other way round, of each open incident: that would look
/// at the whole catalogue once for every one of them.
pub(crate) fn dependencies<'a>(catalogue: &'a Catalogue, of: &str) -> BTreeSet<&'a Arc<str>> {
    let (mut found, mut rest) = (BTreeSet::new(), vec![of]);
    while let Some(workload) = rest.pop() {
        for edge in catalogue.workloads.get(workload).into_iter().flat_map(|workload| &workload.depends_on) {
            if found.insert(&edge.workload) {
                rest.push(&edge.workload);
            }
        }
    }
    found
}

/// What stands on each workload directly, and whether it does hard.
fn above(catalogue: &Catalogue) -> BTreeMap<&Arc<str>, Vec<(&Arc<str>, bool)>> {
    let mut above: BTreeMap<&Arc<str>, Vec<(&Arc<str>, bool)>> = BTreeMap::new();
    for workload in catalogue.workloads.values() {
        for edge in &workload.depends_on {
            above.entry(&edge.workload).or_default().push((&workload.name, edge.hard));
        }
    }
    above
}

#[cfg(test)]
mod tests;
