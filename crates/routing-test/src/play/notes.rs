//! What the records of a case say about who was told and paged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{DocumentRef, GroupId, IncidentId, PageId};
use evenkeel_model::Plan;
use evenkeel_record::{Ask, Body, Record, SentId};
use evenkeel_time::Timestamp;

use super::{Played, PlayedIncident, PlayedPage};

/// What was seen since the alerts fired.
pub(super) struct Notes {
    fired_at: Timestamp,
    /// The route and receiver of each group.
    groups: BTreeMap<GroupId, (Arc<str>, Arc<str>)>,
    told: BTreeSet<GroupId>,
    incidents: Vec<PlayedIncident>,
    pages: BTreeMap<PageId, (IncidentId, PlayedPage)>,
}

impl Notes {
    pub(super) fn new(fired_at: Timestamp) -> Self {
        Self { fired_at, groups: BTreeMap::new(), told: BTreeSet::new(), incidents: Vec::new(), pages: BTreeMap::new() }
    }

    pub(super) fn read(&mut self, records: &[Record]) {
        records.iter().for_each(|record| self.record(record));
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a case asks about few of the many kinds of record")]
    fn record(&mut self, record: &Record) {
        match &record.body {
            Body::GroupOpened(group) => {
                let place = (Arc::clone(&group.route), Arc::clone(&group.receiver));
                self.groups.insert(GroupId(record.seq), place);
            }
            Body::NoticeIntended(notice) => _ = self.told.insert(notice.group),
            Body::IncidentOpened(incident) => self.incidents.push(PlayedIncident {
                id: IncidentId(record.seq),
                response_plan: Arc::clone(&incident.response_plan),
                severity: incident.severity,
                severity_reason: incident.severity_reason.clone(),
                unroutable: None,
            }),
            Body::IncidentUnroutable(unroutable) => {
                let incident = self.incidents.iter_mut().find(|incident| incident.id == unroutable.incident);
                incident.into_iter().for_each(|incident| incident.unroutable = Some(unroutable.reason.clone()));
            }
            Body::PageOpened(page) if !matches!(page.ask, Ask::Approve(_)) => {
                let after = record.at - self.fired_at;
                let because = page.because.clone();
                let played = PlayedPage { to: page.to.clone(), after, because, contacts: Vec::new() };
                self.pages.insert(PageId(record.seq), (page.incident, played));
            }
            Body::MessageIntended(message) => {
                let SentId::Page(page) = message.of else { return };
                let after = record.at - self.fired_at;
                if let Some((_, page)) = self.pages.get_mut(&page) {
                    page.contacts.push((Arc::clone(&message.address), after));
                }
            }
            _ => {}
        }
    }

    /// For each incident the page of the person who was asked last.
    pub(super) fn last_asked(&self) -> Vec<(IncidentId, PageId, Arc<str>)> {
        let mut last = BTreeMap::new();
        for (id, (incident, page)) in &self.pages {
            if let DocumentRef::Person(person) = &page.to {
                last.insert(*incident, (*id, Arc::clone(person)));
            }
        }
        last.into_iter().map(|(incident, (page, person))| (incident, page, person)).collect()
    }

    pub(super) fn played(self, plan: &Plan) -> Played {
        let mut played = Played::default();
        for (id, (route, receiver)) in &self.groups {
            played.routes.insert(Arc::clone(route));
            let muting = plan.routes.by_key(route).map(|route| plan.muted_by(route, self.fired_at));
            let muting = muting.and_then(|names| names.first().map(|name| Box::from(&***name)));
            let silent = plan.receivers.get(receiver).is_none_or(|known| known.integrations.is_empty());
            match muting {
                _ if self.told.contains(id) => _ = played.receivers.insert(Arc::clone(receiver)),
                Some(interval) => _ = played.muted.insert(Arc::clone(receiver), interval),
                None if silent => _ = played.receivers.insert(Arc::clone(receiver)),
                None => {}
            }
        }
        played.incidents = self.incidents;
        played.pages = self.pages.into_values().map(|(_, page)| page).collect();
        played
    }
}
