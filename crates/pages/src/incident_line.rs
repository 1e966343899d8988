//! One incident on one line, and which of many come first.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::IncidentId;
use evenkeel_incident::{Incident, Phase};
use evenkeel_model::Plan;
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use crate::incident_named::{Named, TITLE_MAX, cut};
use crate::incident_standing::{Has, Next, has, next, suffers};
use crate::mark::Mark;
use crate::{Asked, Frame, Moment};

/// One incident on one line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) mark: Mark,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    pub(crate) workload: Option<Named>,
    pub(crate) suffers: String,
    pub(crate) customers: bool,
    pub(crate) has: Has,
    pub(crate) opened: Moment,
    pub(crate) next: Option<Next>,
}

impl Line {
    pub(crate) fn of(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Self {
        let title = cut(&incident.title, TITLE_MAX);
        Self {
            id: incident.id.to_string(),
            mark: Mark::of(incident.severity),
            title: if title.trim().is_empty() { incident.id.to_string() } else { title },
            status: if incident.active() && incident.paused.is_some() { "paused" } else { incident.phase.as_str() },
            workload: incident.workload.as_ref().map(|name| Named::workload(&frame.root, name)),
            suffers: suffers(asked.engine, incident),
            customers: incident.customer_visible,
            has: has(frame, incident),
            opened: frame.moment(incident.opened_at),
            next: next(asked, frame, incident),
        }
    }
}

/// What puts one incident before another: the worst, then what serves the first priority, what customers notice, what is
/// bad for longest.
pub(crate) type Urgency = (Severity, usize, bool, Timestamp, IncidentId);

/// How urgent incidents are under a plan.
#[derive(Debug)]
pub(crate) struct Urgencies<'a> {
    plan: &'a Plan,
    priorities: BTreeMap<&'a Arc<str>, usize>,
}

impl<'a> Urgencies<'a> {
    pub(crate) fn under(plan: &'a Plan) -> Self {
        let priorities = plan.priorities.iter().enumerate().map(|(place, one)| (&one.name, place)).collect();
        Self { plan, priorities }
    }

    pub(crate) fn of(&self, incident: &Incident) -> Urgency {
        let workload = incident.workload.as_ref().and_then(|name| self.plan.catalogue.workloads.get(name));
        let priority = workload.and_then(|workload| workload.priority.as_ref());
        let place = priority.and_then(|name| self.priorities.get(name)).copied().unwrap_or(usize::MAX);
        (incident.severity, place, !incident.customer_visible, incident.opened_at, incident.id)
    }
}

/// The first of many, in order, from one place on; the others are not sorted.
pub(crate) fn first<T: Ord>(mut keys: Vec<T>, from: usize, count: usize) -> Vec<T> {
    let end = from.saturating_add(count);
    if end < keys.len() {
        keys.select_nth_unstable(end);
        keys.truncate(end);
    }
    keys.sort_unstable();
    keys.drain(..from.min(keys.len()));
    keys
}

/// How many incidents somebody has to act on, by severity.
pub(crate) fn counted<'a>(incidents: impl Iterator<Item = &'a Incident>) -> Vec<(Mark, usize)> {
    let mut counts = [0_usize; 5];
    for incident in incidents.filter(|one| matches!(one.phase, Phase::Open | Phase::Acknowledged)) {
        let place = Severity::ALL.iter().position(|known| *known == incident.severity);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    Severity::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).map(|(one, n)| (Mark::of(one), n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_many_are_in_order() {
        assert_eq!(first(vec![5, 3, 9, 1, 7], 0, 2), [1, 3]);
        assert_eq!(first(vec![5, 3, 9, 1, 7], 2, 2), [5, 7]);
        assert_eq!(first(vec![5, 3], 1, 9), [5]);
        assert_eq!(first(vec![5, 3], 9, 2), [0; 0]);
    }
}
