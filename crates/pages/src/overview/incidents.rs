//! Open incidents by business impact.

use evenkeel_model::ViewDetail;

use super::Look;
use crate::incident_line::{Line, Urgencies, Urgency, counted, first};
use crate::mark::Mark;

/// So many are shown; the count says how many there are.
const SHOWN_MAX: usize = 15;

#[derive(Debug)]
pub(super) struct Incidents {
    pub(super) lines: Vec<Line>,
    /// By severity.
    pub(super) counts: Vec<(Mark, usize)>,
    pub(super) count: usize,
    /// Nobody has so many of them.
    pub(super) untaken: usize,
    /// So many can page nobody.
    pub(super) unroutable: usize,
    /// Whether titles and ids are left out.
    pub(super) plain: bool,
    /// Where there is nothing: whether alerts become incidents at all.
    pub(super) planned: bool,
    /// Whether only a part of all workloads is looked at.
    pub(super) narrow: bool,
}

impl Incidents {
    pub(super) fn of(look: Look<'_>) -> Self {
        let (state, plan) = (&look.asked.engine.state().incident, look.asked.engine.plan());
        let urgencies = Urgencies::under(plan);
        let open = || state.incidents().filter(|one| one.active() && look.shows(one));
        let (mut untaken, mut unroutable) = (0, 0);
        let mut keys: Vec<Urgency> = Vec::new();
        for one in open() {
            keys.push(urgencies.of(one));
            untaken += usize::from(one.phase == evenkeel_incident::Phase::Open && one.paused.is_none());
            unroutable += usize::from(one.unroutable.is_some());
        }
        let count = keys.len();
        let found = first(keys, 0, SHOWN_MAX).into_iter().filter_map(|(_, _, _, _, id)| state.incident(id));
        Self {
            lines: found.map(|one| Line::of(look.asked, look.frame, one)).collect(),
            counts: counted(open()),
            count,
            untaken,
            unroutable,
            plain: matches!(look.view.detail, ViewDetail::Business | ViewDetail::Customers),
            planned: !plan.catalogue.response_plans.is_empty(),
            narrow: look.about.is_some(),
        }
    }
}
