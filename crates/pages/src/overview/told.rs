//! What stakeholders and customers were told of what is open, in the words that went out.

use evenkeel_incident::UpdateStatus;
use evenkeel_model::ViewDetail;

use super::Look;
use crate::Moment;
use crate::incident_line::{Urgencies, first};
use crate::incident_named::cut;
use crate::mark::Mark;

/// So many are shown.
const SHOWN_MAX: usize = 8;

#[derive(Debug)]
pub(super) struct Told {
    pub(super) shown: Vec<Said>,
    /// Open incidents that customers notice, and were not told of.
    pub(super) untold: usize,
}

/// One text that went out.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) mark: Mark,
    pub(super) incident: String,
    pub(super) audience: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) at: Moment,
}

impl Told {
    pub(super) fn of(look: Look<'_>) -> Self {
        let (state, plan) = (&look.asked.engine.state().incident, look.asked.engine.plan());
        let urgencies = Urgencies::under(plan);
        let open = || state.incidents().filter(|one| one.active() && look.shows(one));
        let for_customers = |told: &evenkeel_incident::Told| {
            let plan = plan.catalogue.communications.get(&told.communication);
            plan.is_some_and(|plan| plan.audiences.iter().any(|one| one.name == told.audience && one.customers))
        };
        let only_customers = look.view.detail == ViewDetail::Customers;
        let mut shown = Vec::new();
        let urgent =
            first(open().filter(|one| !one.updates.is_empty()).map(|one| urgencies.of(one)).collect(), 0, SHOWN_MAX);
        for incident in urgent.into_iter().filter_map(|(_, _, _, _, id)| state.incident(id)) {
            let newest = incident.updates.iter().rev().filter_map(|id| state.update(*id));
            let wanted = |audience: &str| {
                incident.audiences.iter().any(|told| told.audience.as_ref() == audience && for_customers(told))
            };
            let mut sent = newest.filter(|update| update.status == UpdateStatus::Sent);
            let Some(update) = sent.find(|update| !only_customers || wanted(&update.audience)) else { continue };
            shown.push(Said {
                mark: Mark::of(incident.severity),
                incident: incident.id.to_string(),
                audience: cut(&update.audience, 40),
                title: cut(&update.title, 160),
                text: cut(&update.text, 500),
                at: look.frame.moment(update.created_at),
            });
        }
        let told =
            |one: &evenkeel_incident::Incident| one.audiences.iter().any(|told| told.first_sent && for_customers(told));
        Self { shown, untold: open().filter(|one| one.customer_visible && !told(one)).count() }
    }
}
