//! What waits for somebody to let it go.

use evenkeel_incident::{Incident, Phase, UpdateStatus};

use super::Look;
use crate::Moment;
use crate::incident_named::{TITLE_MAX, cut};

/// So many are shown.
const SHOWN_MAX: usize = 5;

#[derive(Debug)]
pub(super) struct Approvals {
    pub(super) shown: Vec<Waiting>,
    pub(super) more: usize,
}

/// An update that waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) incident: String,
    pub(super) title: String,
    pub(super) audience: String,
    pub(super) approvers: String,
    pub(super) since: Moment,
}

impl Approvals {
    /// `None` when nothing waits.
    pub(super) fn of(look: Look<'_>) -> Option<Self> {
        let state = &look.asked.engine.state().incident;
        let told = |one: &Incident| !matches!(one.phase, Phase::Closed | Phase::Merged);
        let incidents = state.incidents().filter(|one| told(one) && look.shows(one));
        let updates = incidents.flat_map(|one| &one.audiences).filter_map(|told| state.update(told.latest));
        let mut waiting: Vec<_> = updates.filter(|one| one.status == UpdateStatus::AwaitingApproval).collect();
        waiting.sort_by_key(|one| (one.created_at, one.id));
        waiting.dedup_by_key(|one| one.id);
        let more = waiting.len().saturating_sub(SHOWN_MAX);
        let shown = waiting.into_iter().take(SHOWN_MAX).map(|update| Waiting {
            incident: update.incident.to_string(),
            title: cut(&update.title, TITLE_MAX),
            audience: cut(&update.audience, 40),
            approvers: update.approvers.iter().take(3).map(|one| cut(one.name(), 40)).collect::<Vec<_>>().join(", "),
            since: look.frame.moment(update.created_at),
        });
        let shown: Vec<Waiting> = shown.collect();
        (!shown.is_empty()).then_some(Self { shown, more })
    }
}
