//! Who is on call now, a line a schedule.

use evenkeel_model::Schedule;
use evenkeel_oncall::current;

use super::Look;
use crate::Moment;
use crate::incident_named::{Named, cut, linked, listed};

/// So many schedules are shown.
const SHOWN_MAX: usize = 12;
const PEOPLE_MAX: usize = 4;

#[derive(Debug)]
pub(super) struct OnCall {
    pub(super) shown: Vec<Turn>,
    pub(super) more: usize,
    pub(super) all: Option<String>,
}

/// Who has the turn of a schedule.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) schedule: Named,
    pub(super) people: Vec<Named>,
    pub(super) until: Option<Moment>,
}

impl OnCall {
    pub(super) fn of(look: Look<'_>) -> Self {
        let schedules = &look.asked.engine.plan().catalogue.schedules;
        Self {
            shown: schedules.values().take(SHOWN_MAX).map(|schedule| turn(look, schedule)).collect(),
            more: schedules.len().saturating_sub(SHOWN_MAX),
            all: listed(&look.frame.root, "/oncall", ""),
        }
    }
}

fn turn(look: Look<'_>, schedule: &Schedule) -> Turn {
    let root = &look.frame.root;
    let now = current(schedule, &look.asked.engine.state().oncall, look.asked.now);
    let person = |name: &std::sync::Arc<str>| Named::person(root, name);
    Turn {
        schedule: Named { name: cut(&schedule.name, 80), href: linked(root, "/oncall/{name}", &schedule.name) },
        people: now.on_call.people.iter().take(PEOPLE_MAX).map(person).collect(),
        until: now.until.map(|at| look.frame.moment(at)),
    }
}
