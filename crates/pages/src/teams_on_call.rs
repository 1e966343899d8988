//! Who is on call for a team: the schedules that its escalation policy leads to.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::{Schedule, Team};
use evenkeel_oncall::{current, next_after};

use crate::incident_named::Named;
use crate::{Asked, Frame, Moment};

/// Of more schedules the first count.
const SCHEDULES_MAX: usize = 8;

/// Who is on call on a schedule, and who next.
#[derive(Debug)]
pub(crate) struct OnCallNow {
    pub(crate) schedule: Named,
    /// Empty: nobody.
    pub(crate) people: Vec<Named>,
    pub(crate) because: String,
    pub(crate) until: Option<Moment>,
    pub(crate) next: Vec<Named>,
}

/// The schedules that a team's policy leads to, in the order of its steps, each once.
pub(crate) fn schedules_of<'a>(asked: &Asked<'a>, team: &Team) -> Vec<&'a Schedule> {
    let catalogue = &asked.engine.plan().catalogue;
    let policy = team.escalation.as_ref().and_then(|name| catalogue.policies.get(name));
    let mut found: Vec<&Schedule> = Vec::new();
    for target in policy.iter().flat_map(|policy| &policy.steps).flat_map(|step| &step.to) {
        if let DocumentRef::Schedule(name) = target
            && let Some(schedule) = catalogue.schedules.get(name)
            && found.len() < SCHEDULES_MAX
            && found.iter().all(|known| known.name != schedule.name)
        {
            found.push(schedule);
        }
    }
    found
}

impl OnCallNow {
    pub(crate) fn of(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule) -> Self {
        let overrides = &asked.engine.state().oncall;
        let now = current(schedule, overrides, asked.now);
        let next = next_after(schedule, overrides, asked.now).map_or_else(Vec::new, |next| next.on_call.people);
        let named = |people: &[Arc<str>]| people.iter().map(|name| Named::person(&frame.root, name)).collect();
        Self {
            schedule: Named::document(&frame.root, &DocumentRef::Schedule(schedule.name.clone())),
            people: named(&now.on_call.people),
            because: now.on_call.because.to_string(),
            until: now.until.map(|at| frame.moment(at)),
            next: named(&next),
        }
    }
}
