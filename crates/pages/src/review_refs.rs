//! From the number of a record to what it made: the incident, alert or page, else the record itself.

use evenkeel_ids::{AlertId, IncidentId, PageId, Seq};

use crate::incident_named::linked;
use crate::{Asked, Shown};

/// `GET /review/refs/{seq}`
pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let text = asked.place.named("seq");
    let Ok(number) = text.parse::<u64>() else {
        return Shown::not_there("That is no record.", "Records have numbers; the review links to them.");
    };
    let (seq, state, root) = (Seq(number), asked.engine.state(), asked.place.root());
    let incident = state.incident.incident(IncidentId(seq)).map(|one| one.id);
    let incident = incident.or_else(|| state.incident.page(PageId(seq)).map(|page| page.incident));
    let alert = state.alerting.alert(AlertId(seq)).map(|one| one.id);
    let entity = incident
        .and_then(|id| linked(&root, "/incidents/{id}", &id.to_string()))
        .or_else(|| alert.and_then(|id| linked(&root, "/alerts/{id}", &id.to_string())));
    let record = || linked(&root, "/records/{seq}", &number.to_string());
    entity.or_else(record).map_or_else(
        || Shown::not_there("The record has no page.", "`evenkeel journal show` prints it."),
        Shown::Elsewhere,
    )
}
