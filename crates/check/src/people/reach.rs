//! Whom references lead to, over all time from now on.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_ids::DocumentRef;
use evenkeel_model::{Catalogue, Layer, Schedule, Team};
use evenkeel_time::Timestamp;

use crate::Repo;

/// The people behind each team and schedule.
pub(super) struct Reach<'a> {
    catalogue: &'a Catalogue,
    at: Timestamp,
    teams: BTreeMap<&'a str, BTreeSet<&'a str>>,
    schedules: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Everybody of whom some contact is written.
    reachable: BTreeSet<&'a str>,
    nobody: BTreeSet<&'a str>,
}

/// Whom one reference can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Led<'a> {
    Nobody,
    /// Never to anybody else.
    One(&'a str),
    /// To several, at once or in turn.
    Several,
    /// To a receiver: who reads it nobody knows here.
    Receiver,
}

impl<'a> Reach<'a> {
    pub(super) fn of(repo: &Repo<'a>) -> Self {
        let catalogue = repo.catalogue;
        let members = |team: &'a Team| team.members.iter().map(|member| &*member.person).collect();
        let people = repo.documents.people.iter().filter(|person| !person.spec.contacts.is_empty());
        Self {
            catalogue,
            at: repo.at,
            teams: catalogue.teams.values().map(|team| (&*team.name, members(team))).collect(),
            schedules: catalogue.schedules.values().map(|one| (&*one.name, to_come(one, repo))).collect(),
            reachable: people.map(|person| &*person.name.value).collect(),
            nobody: BTreeSet::new(),
        }
    }

    /// Everybody that a reference can lead to; of a receiver nobody is known.
    pub(super) fn people(&self, to: &'a DocumentRef) -> impl Iterator<Item = &'a str> {
        let (person, group) = match to {
            DocumentRef::Person(name) => (Some(&**name), None),
            DocumentRef::Team(name) => (None, self.teams.get(&**name)),
            DocumentRef::Schedule(name) => (None, self.schedules.get(&**name)),
            DocumentRef::Receiver(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => (None, None),
        };
        person.into_iter().chain(group.unwrap_or(&self.nobody).iter().copied().collect::<Vec<_>>())
    }

    pub(super) fn led(&self, to: &'a DocumentRef) -> Led<'a> {
        let group = match to {
            DocumentRef::Person(name) => return Led::One(name),
            DocumentRef::Receiver(_) => return Led::Receiver,
            DocumentRef::Team(name) => self.teams.get(&**name),
            DocumentRef::Schedule(name) => self.schedules.get(&**name),
            DocumentRef::Policy(_) | DocumentRef::Workload(_) => None,
        };
        let mut people = group.unwrap_or(&self.nobody).iter();
        match (people.next(), people.next()) {
            (None, _) => Led::Nobody,
            (Some(one), None) => Led::One(one),
            (Some(_), Some(_)) => Led::Several,
        }
    }

    /// Whether a person can lead to be heard: some contact of theirs is written.
    pub(super) fn can_be_reached(&self, person: &str) -> bool {
        self.reachable.contains(person)
    }

    /// Whether a reference can lead to somebody with a contact, or to a receiver.
    pub(super) fn reaches_somebody(&self, to: &'a DocumentRef) -> bool {
        let group = match to {
            DocumentRef::Receiver(_) => return true,
            DocumentRef::Person(name) => return self.can_be_reached(name),
            DocumentRef::Team(name) => self.teams.get(&**name),
            DocumentRef::Schedule(name) => self.schedules.get(&**name),
            DocumentRef::Policy(_) | DocumentRef::Workload(_) => None,
        };
        group.unwrap_or(&self.nobody).iter().any(|person| self.can_be_reached(person))
    }

    /// Whether everybody that one reference leads to at some instant, another one leads to at the same instant.
    pub(super) fn within(&self, inner: &'a DocumentRef, outer: &'a DocumentRef) -> bool {
        if inner == outer {
            return true;
        }
        match (inner, outer) {
            (DocumentRef::Schedule(a), DocumentRef::Schedule(b)) if self.rotate_alike(a, b) => true,
            (DocumentRef::Receiver(_), _) | (_, DocumentRef::Receiver(_)) => false,
            // Only who is led to at every instant counts; of a team that is everybody.
            (_, DocumentRef::Team(name)) => self.teams.get(&**name).is_some_and(|team| self.all_in(inner, team)),
            (_, DocumentRef::Schedule(name)) => self.always_on(name) && self.alike(inner, outer),
            (_, DocumentRef::Person(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_)) => self.alike(inner, outer),
        }
    }

    /// Whether both lead to one person, the same.
    fn alike(&self, a: &'a DocumentRef, b: &'a DocumentRef) -> bool {
        self.only(a).is_some_and(|one| self.only(b) == Some(one))
    }

    /// Whether a schedule has somebody on call at any time.
    fn always_on(&self, schedule: &str) -> bool {
        let on = |layer: &Layer| {
            layer.restrictions.is_empty() && layer.end.is_none() && layer.zone.instant(layer.start) <= self.at
        };
        self.catalogue.schedules.get(schedule).is_some_and(|schedule| schedule.layers.iter().any(on))
    }

    fn only(&self, to: &'a DocumentRef) -> Option<&'a str> {
        match self.led(to) {
            Led::One(person) => Some(person),
            Led::Nobody | Led::Several | Led::Receiver => None,
        }
    }

    fn all_in(&self, inner: &'a DocumentRef, team: &BTreeSet<&str>) -> bool {
        let mut any = false;
        self.people(inner).all(|person| {
            any = true;
            team.contains(person)
        }) && any
    }

    /// Whether two schedules always have the same people on call.
    fn rotate_alike(&self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.catalogue.schedules.get(a), self.catalogue.schedules.get(b)) else {
            return false;
        };
        !a.layers.is_empty() && a.layers == b.layers && a.overrides == b.overrides
    }
}

/// Who can be on call from now on: by turns of layers that have not ended, and by overrides that are not over.
fn to_come<'a>(schedule: &'a Schedule, repo: &Repo<'_>) -> BTreeSet<&'a str> {
    let goes_on = |layer: &&Layer| layer.end.is_none_or(|end| repo.at < layer.zone.instant(end));
    let turns = schedule.layers.iter().filter(goes_on).flat_map(|layer| &layer.turns).flatten();
    let overrides = schedule.overrides.iter().filter(|one| repo.at < one.until).flat_map(|one| &one.people);
    turns.chain(overrides).map(|person| &**person).collect()
}
