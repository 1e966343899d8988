//! Which open incidents have to do with each other, by what stands on what.

use std::sync::Arc;

use evenkeel_ids::IncidentId;
use evenkeel_model::Plan;

use crate::severity::{dependants, dependencies};
use crate::{Incident, State};

/// How another incident's workload lies to this one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The same workload.
    SameWorkload,
    /// This one stands on it: it may be the cause.
    DependsOn,
    /// It stands on this one: it may be the effect.
    Dependant,
}

impl Relation {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameWorkload => "same-workload",
            Self::DependsOn => "depends-on",
            Self::Dependant => "dependant",
        }
    }
}

/// Active incidents of the same workload, of what it stands on, and of what stands on it.
#[must_use]
pub fn related(state: &State, plan: &Plan, incident: &Incident) -> Vec<(IncidentId, Relation)> {
    let Some(workload) = &incident.workload else { return Vec::new() };
    let (above, below) = (dependants(&plan.catalogue, workload), dependencies(&plan.catalogue, workload));
    let others = state.incidents().filter(|other| other.active() && other.id != incident.id);
    let related = others.filter_map(|other| {
        let theirs = other.workload.as_ref()?;
        let relation = if theirs == workload {
            Relation::SameWorkload
        } else if above.contains_key(theirs) {
            Relation::Dependant
        } else if below.contains(theirs) {
            Relation::DependsOn
        } else {
            return None;
        };
        Some((other.id, relation))
    });
    related.collect()
}

/// The names of what stands on a workload directly.
#[must_use]
pub fn direct_dependants(plan: &Plan, of: &str) -> Vec<(Arc<str>, bool)> {
    let edge = |workload: &evenkeel_model::Workload| {
        let edge = workload.depends_on.iter().find(|edge| edge.workload.as_ref() == of)?;
        Some((workload.name.clone(), edge.hard))
    };
    plan.catalogue.workloads.values().filter_map(edge).collect()
}
