//! What incidents need to know of alerts.

use std::sync::Arc;

use evenkeel_alerting::{Alert, Group, Suppression};
use evenkeel_ids::{AlertId, GroupId, IncidentId};
use evenkeel_incident::{Alerts, Incident, SeenGroup, Standing};
use evenkeel_labels::LabelSet;
use evenkeel_record::IncidentKey;

/// Alerting, as incidents see it.
#[derive(Debug)]
pub(crate) struct AlertsSeen<'a>(pub(crate) evenkeel_alerting::Context<'a>);

impl Alerts for AlertsSeen<'_> {
    /// Once nothing of it fires, one that a person opened, or opened again, is bad until a person says otherwise.
    fn standing(&self, incident: &Incident) -> Standing {
        if incident.alerts.is_empty() {
            return Standing::Bad;
        }
        let mut suppressed = None;
        for alert in incident.alerts.iter().filter_map(|id| self.0.state.alert(*id)).filter(|alert| alert.fires()) {
            let Some(one) = self.suppression(incident, alert) else { return Standing::Bad };
            let earlier =
                |known: &Suppression| one.until.is_some() && known.until.is_none_or(|until| one.until < Some(until));
            if suppressed.as_ref().is_none_or(earlier) {
                suppressed = Some(one);
            }
        }
        match suppressed {
            Some(one) => Standing::Suppressed { reason: one.reason, until: one.until },
            None if incident.kept_open => Standing::Bad,
            None => Standing::Well,
        }
    }

    fn watched(&self, incident: &Incident) -> bool {
        let known = incident.alerts.iter().filter_map(|id| self.0.state.alert(*id));
        let mut groups = known.flat_map(|alert| &alert.groups).filter_map(|group| self.0.state.group(*group));
        groups.any(|group| self.looks_for(group, incident))
    }

    fn summary(&self, alerts: &[AlertId]) -> Box<str> {
        let known = || alerts.iter().filter_map(|id| self.0.state.alert(*id));
        let chosen = known().find(|alert| alert.fires()).or_else(|| known().next());
        chosen.map_or_else(Box::default, said)
    }
}

impl AlertsSeen<'_> {
    /// Whether a look at a group is one for the incident, by the response plan that it leads to now.
    fn looks_for(&self, group: &Group, incident: &Incident) -> bool {
        let Some(plan) = self.0.plan.catalogue.response_plan_for(&group.receiver) else { return false };
        let same = |key: &Arc<IncidentKey>| {
            plan.name == key.response_plan && (&key.route, &key.labels) == (&group.key.route, &group.key.labels)
        };
        incident.key.iter().chain(&incident.taken_over).any(same)
    }

    /// What keeps an alert from being told of in every group that is looked at for the incident; where none is, in every
    /// group that it is in.
    fn suppression(&self, incident: &Incident, alert: &Alert) -> Option<Suppression> {
        let groups = || alert.groups.iter().filter_map(|group| self.0.state.group(*group));
        let looked_at = groups().any(|group| self.looks_for(group, incident));
        let mut found = None;
        for group in groups().filter(|group| !looked_at || self.looks_for(group, incident)) {
            found = Some(self.0.suppression(alert.id, Some(group))?);
        }
        found.or_else(|| self.0.suppression(alert.id, None))
    }

    /// A group that was looked at, as incidents take it; `None` when no response plan is attached to its route.
    pub(crate) fn seen(&self, group: GroupId) -> Option<SeenGroup> {
        let group = self.0.state.group(group)?;
        let plan = self.0.plan.catalogue.response_plan_for(&group.receiver)?;
        let firing = self.0.tellable_firing(group);
        Some(SeenGroup {
            group: group.id,
            route: group.key.route.clone(),
            labels: group.key.labels.clone(),
            response_plan: plan.name.clone(),
            title: self.title(group, &firing),
            firing,
        })
    }

    /// Incidents of a group's alerts; a look at the group may be for none of them, or for one of them only.
    pub(crate) fn incidents(&self, group: GroupId, incidents: &evenkeel_incident::State) -> Vec<IncidentId> {
        let members = self.0.state.group(group).into_iter().flat_map(|group| group.members.iter());
        let mut ids: Vec<_> = members.flat_map(|alert| incidents.incidents_of(*alert)).map(|one| one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// What its first alert says, or else which alert it is.
    fn title(&self, group: &Group, firing: &[AlertId]) -> Box<str> {
        let first = firing.first().and_then(|id| self.0.state.alert(*id));
        let more = firing.len().saturating_sub(1);
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let Some(first) = first else { return labelled(&group.key.labels).into() };
        let said = said(first);
        format!("{said}{more}").into()
    }
}

/// Its summary, else its message or description, else its labels.
fn said(alert: &Alert) -> Box<str> {
    let text = ["summary", "message", "description"].into_iter().map(|name| alert.annotations.get(name));
    text.into_iter().find(|text| !text.trim().is_empty()).map_or_else(|| labelled(&alert.labels).into(), Box::from)
}

/// `DiskFull instance=db-1`
fn labelled(labels: &LabelSet) -> String {
    let name = labels.get("alertname");
    let others =
        labels.iter().filter(|(label, _)| *label != "alertname").map(|(label, value)| format!("{label}={value}"));
    let parts: Vec<String> = Some(name.to_owned()).filter(|name| !name.is_empty()).into_iter().chain(others).collect();
    parts.join(" ")
}
