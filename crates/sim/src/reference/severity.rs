//! How bad an incident is, worked out plainly: every workload is asked whether it stands on the one that is hit.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_model::{Catalogue, Hit, ResponsePlan};
use evenkeel_severity::Severity;

/// How bad an incident of that response plan is.
pub(crate) fn severity(catalogue: &Catalogue, response: &ResponsePlan) -> Severity {
    let hit = response.workload.as_ref().and_then(|name| catalogue.workloads.get(name));
    let Some(workload) = hit else {
        return match response.impact {
            Hit::Outage => Severity::Sev2,
            Hit::Degraded => Severity::Sev3,
            Hit::Minor => Severity::Sev4,
            Hit::None => Severity::Sev5,
        };
    };
    let mut number = u32::from(workload.tier);
    for other in catalogue.workloads.values().filter(|other| other.name != workload.name) {
        if stands_on(catalogue, &other.name, &workload.name, true) {
            number = number.min(u32::from(other.tier));
        } else if stands_on(catalogue, &other.name, &workload.name, false) {
            number = number.min(u32::from(other.tier) + 1);
        }
    }
    number += match response.impact {
        Hit::Outage => 0,
        Hit::Degraded => 1,
        Hit::Minor => 2,
        Hit::None => 4,
    };
    let somewhere = response.environment.as_ref();
    let harmless = workload.environments.iter().any(|known| Some(&known.name) == somewhere && !known.production);
    Severity::nearest(if harmless { number.max(4) } else { number })
}

/// Whether one workload stands on another, directly or not; by hard dependencies only, where that is asked.
fn stands_on(catalogue: &Catalogue, one: &Arc<str>, other: &Arc<str>, hard: bool) -> bool {
    let mut reached: BTreeSet<&Arc<str>> = BTreeSet::from([one]);
    loop {
        let known = reached.len();
        let from: Vec<&Arc<str>> = reached.iter().copied().collect();
        // What is hit does not hand its own faults on to itself.
        for workload in from.into_iter().filter(|name| *name != other).filter_map(|name| catalogue.workloads.get(name))
        {
            let edges = workload.depends_on.iter().filter(|edge| edge.hard || !hard);
            reached.extend(edges.map(|edge| &edge.workload));
        }
        if reached.len() == known {
            return reached.contains(other);
        }
    }
}
