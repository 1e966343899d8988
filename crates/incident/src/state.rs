//! What is known of incidents: the fold of the records, plus how often what was tried.
//!
//! INVARIANT: `deadlines` holds exactly what [`armed`](crate::armed) says of each entity; entities are changed through
//! [`State::with_incident`], [`State::with_page`] and [`State::with_update`] only, which keep it so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{AlertId, IncidentId, PageId, ProblemId, Seq, UpdateId};
use evenkeel_record::{IncidentKey, SentId};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::armed;
use crate::deadline::{Deadline, Deadlines};
use crate::problem::Cause;
use crate::{Incident, Page, Phase, Problem, Update};

/// So many closed incidents can still be looked at; the journal has the others.
pub const CLOSED_KEPT: usize = 1_000;
/// The same incident again within this long is a recurrence.
pub const RECURS_WITHIN: Duration = Duration::hours(24 * 30);
/// So many keys are remembered to know a recurrence by.
const CAUSES_MAX: usize = 100_000;

/// Incidents, pages, updates and problems.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// Boxed, as are pages: a map's nodes are half empty, and these are large.
    pub(crate) incidents: BTreeMap<IncidentId, Box<Incident>>,
    pub(crate) pages: BTreeMap<PageId, Box<Page>>,
    pub(crate) updates: BTreeMap<UpdateId, Update>,
    pub(crate) problems: BTreeMap<ProblemId, Problem>,
    /// The last incident of each key.
    pub(crate) causes: BTreeMap<Arc<IncidentKey>, Cause>,
    /// Incidents that are not closed, by what the same is joined by.
    #[serde(skip)]
    pub(crate) by_key: BTreeMap<Arc<IncidentKey>, IncidentId>,
    /// The incidents that are not closed and have the alert: one for each response plan that it leads to.
    #[serde(skip)]
    pub(crate) by_alert: BTreeSet<(AlertId, IncidentId)>,
    #[serde(skip)]
    pub(crate) causes_by_age: BTreeSet<(Timestamp, Arc<IncidentKey>)>,
    #[serde(skip)]
    pub(crate) closed: BTreeSet<(Timestamp, IncidentId)>,
    #[serde(skip)]
    pub(crate) deadlines: Deadlines,
}

/// Equality of what records determine.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.incidents == other.incidents
            && self.pages == other.pages
            && self.updates == other.updates
            && self.problems == other.problems
            && self.causes == other.causes
    }
}

impl State {
    /// Incidents by id, some that are closed too.
    pub fn incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.values().map(Box::as_ref)
    }

    /// The incident of that id.
    #[must_use]
    pub fn incident(&self, id: IncidentId) -> Option<&Incident> {
        self.incidents.get(&id).map(Box::as_ref)
    }

    /// The page of that id, while its incident can be looked at.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&Page> {
        self.pages.get(&id).map(Box::as_ref)
    }

    /// Pages by id, while their incidents can be looked at.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values().map(Box::as_ref)
    }

    /// The update of that id, while its incident can be looked at.
    #[must_use]
    pub fn update(&self, id: UpdateId) -> Option<&Update> {
        self.updates.get(&id)
    }

    /// Problems by id.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.values()
    }

    /// The problem of that id.
    #[must_use]
    pub fn problem(&self, id: ProblemId) -> Option<&Problem> {
        self.problems.get(&id)
    }

    /// The incident that is not closed and has that key.
    #[must_use]
    pub fn incident_with(&self, key: &IncidentKey) -> Option<&Incident> {
        self.by_key.get(key).and_then(|id| self.incident(*id))
    }

    /// The incidents that are not closed and have that alert, by id.
    pub fn incidents_of(&self, alert: AlertId) -> impl Iterator<Item = &Incident> {
        let all = (alert, IncidentId(Seq(0)))..=(alert, IncidentId(Seq(u64::MAX)));
        self.by_alert.range(all).filter_map(|(_, id)| self.incident(*id))
    }

    /// Whether no incident that is not closed has any alert.
    #[must_use]
    pub fn no_alerts(&self) -> bool {
        self.by_alert.is_empty()
    }

    /// What is due next, and when.
    #[must_use]
    pub fn next_deadline(&self) -> Option<(Timestamp, Deadline)> {
        self.deadlines.first()
    }

    /// Messages that are being sent and have no outcome yet.
    pub fn sending(&self) -> impl Iterator<Item = (SentId, Arc<str>)> {
        let under_way = |address: &&Address| matches!(address.progress, crate::Progress::Sending(_));
        let pages = self.pages.values().flat_map(move |page| {
            page.contacts.iter().filter(under_way).map(|address| (SentId::Page(page.id), address.name.clone()))
        });
        let updates = self.updates.values().flat_map(move |update| {
            update.addresses.iter().filter(under_way).map(|address| (SentId::Update(update.id), address.name.clone()))
        });
        pages.chain(updates)
    }

    /// The addresses of a page or update, and until when they are tried.
    pub(crate) fn sent(&self, of: SentId) -> Option<(&[Address], Timestamp)> {
        match of {
            SentId::Page(id) => self.pages.get(&id).map(|page| (page.contacts.as_slice(), page.not_after)),
            SentId::Update(id) => self.updates.get(&id).map(|update| (update.addresses.as_slice(), update.not_after)),
        }
    }

    /// Rebuilds what is derived, after decoding a snapshot.
    pub fn reindex(&mut self) {
        self.by_key.clear();
        self.by_alert.clear();
        self.causes_by_age = self.causes.iter().map(|(key, cause)| (cause.at, key.clone())).collect();
        let closed = |incident: &Incident| incident.closed_at.map(|at| (at, incident.id));
        self.closed = self.incidents().filter_map(closed).collect();
        let ids: Vec<_> = self.incidents.keys().copied().collect();
        for id in ids {
            self.index(id);
        }
        self.rearm();
    }

    /// Takes an incident that is not closed into what it is looked up by.
    pub(crate) fn index(&mut self, id: IncidentId) {
        let Some(incident) = self.incidents.get(&id) else { return };
        if let Phase::Closed | Phase::Merged = incident.phase {
            return;
        }
        for key in incident.key.iter().chain(&incident.taken_over) {
            self.by_key.insert(key.clone(), id);
        }
        for alert in &incident.alerts {
            self.by_alert.insert((*alert, id));
        }
    }

    /// Takes an incident that is over out of what it is looked up by.
    pub(crate) fn unindex(&mut self, id: IncidentId) {
        let Some(incident) = self.incidents.get(&id) else { return };
        for key in incident.key.iter().chain(&incident.taken_over) {
            if self.by_key.get(key) == Some(&id) {
                self.by_key.remove(key);
            }
        }
        for alert in &incident.alerts {
            self.by_alert.remove(&(*alert, id));
        }
    }

    /// Arms every deadline anew.
    pub(crate) fn rearm(&mut self) {
        self.deadlines.clear();
        self.incidents.values().for_each(|one| self.deadlines.arm(&armed::incident(one)));
        self.pages.values().for_each(|one| self.deadlines.arm(&armed::page(one)));
        self.updates.values().for_each(|one| self.deadlines.arm(&armed::update(one)));
    }

    pub(crate) fn with_incident(&mut self, id: IncidentId, change: impl FnOnce(&mut Incident)) {
        if let Some(incident) = self.incidents.get_mut(&id) {
            self.deadlines.disarm(&armed::incident(incident));
            change(incident);
            self.deadlines.arm(&armed::incident(incident));
        }
    }

    pub(crate) fn with_page(&mut self, id: PageId, change: impl FnOnce(&mut Page)) {
        if let Some(page) = self.pages.get_mut(&id) {
            self.deadlines.disarm(&armed::page(page));
            change(page);
            self.deadlines.arm(&armed::page(page));
        }
    }

    pub(crate) fn with_update(&mut self, id: UpdateId, change: impl FnOnce(&mut Update)) {
        if let Some(update) = self.updates.get_mut(&id) {
            self.deadlines.disarm(&armed::update(update));
            change(update);
            self.deadlines.arm(&armed::update(update));
        }
    }

    pub(crate) fn with_address(&mut self, of: SentId, name: &str, change: impl FnOnce(&mut Address)) {
        let find = |addresses: &mut [Address]| {
            if let Some(address) = addresses.iter_mut().find(|address| address.name.as_ref() == name) {
                change(address);
            }
        };
        match of {
            SentId::Page(id) => self.with_page(id, |page| find(&mut page.contacts)),
            SentId::Update(id) => self.with_update(id, |update| find(&mut update.addresses)),
        }
    }

    /// Remembers the newest incident of a key, and forgets what is too old or too much.
    pub(crate) fn remember_cause(&mut self, key: Arc<IncidentKey>, cause: Cause) {
        let at = cause.at;
        if let Some(before) = self.causes.insert(key.clone(), cause) {
            self.causes_by_age.remove(&(before.at, key.clone()));
        }
        self.causes_by_age.insert((at, key));
        while let Some((oldest, key)) = self.causes_by_age.first().cloned() {
            if oldest + RECURS_WITHIN >= at && self.causes.len() <= CAUSES_MAX {
                return;
            }
            self.causes_by_age.pop_first();
            self.causes.remove(&key);
        }
    }

    /// Forgets the closed incidents that were closed longest ago, with what was sent about them.
    pub(crate) fn forget_closed(&mut self) {
        while self.closed.len() > CLOSED_KEPT {
            let Some((_, id)) = self.closed.pop_first() else { return };
            let Some(incident) = self.incidents.remove(&id) else { continue };
            self.deadlines.disarm(&armed::incident(&incident));
            for page in incident.pages.iter().filter_map(|page| self.pages.remove(page)) {
                self.deadlines.disarm(&armed::page(&page));
            }
            for update in incident.updates.iter().filter_map(|update| self.updates.remove(update)) {
                self.deadlines.disarm(&armed::update(&update));
            }
        }
    }
}
