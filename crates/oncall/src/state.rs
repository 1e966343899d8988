//! Overrides set at run time: the fold of the records that set and removed them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::OverrideId;
use evenkeel_record::{Body, OverrideSet, Record};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an override that is over can still be looked at.
pub const OVERRIDE_KEPT_FOR: Duration = Duration::hours(35 * 24);

/// Somebody else is on call for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Which.
    pub id: OverrideId,
    /// Of which schedule.
    pub schedule: Arc<str>,
    /// From.
    pub from: Timestamp,
    /// Until, not included; the instant of its removal, when that came first.
    pub until: Timestamp,
    /// Who is on call.
    pub person: Arc<str>,
    /// In whose place only.
    pub replaces: Option<Arc<str>>,
    /// Why.
    pub reason: Box<str>,
    /// When it was set.
    pub set_at: Timestamp,
}

/// The overrides that were set at run time.
///
/// INVARIANT: `by_schedule` and `ends` have each override once, and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Override>", into = "Vec<Override>")]
pub struct State {
    overrides: BTreeMap<OverrideId, Override>,
    by_schedule: BTreeMap<Arc<str>, BTreeSet<OverrideId>>,
    /// When each can be forgotten.
    ends: BTreeSet<(Timestamp, OverrideId)>,
}

impl State {
    /// Folds one record in. Records of other domains only let time pass.
    pub fn apply(&mut self, record: &Record) {
        if let Body::OverrideSet(body) = &record.body {
            self.add(set(body, record));
        }
        if let Body::OverrideRemoved(body) = &record.body {
            self.end(body.id, record.at);
        }
        self.pass(record.at);
    }

    /// All that are known, by id: those to come, those that hold, and those that are over for a while yet.
    pub fn overrides(&self) -> impl Iterator<Item = &Override> {
        self.overrides.values()
    }

    /// The one of that id.
    #[must_use]
    pub fn get(&self, id: OverrideId) -> Option<&Override> {
        self.overrides.get(&id)
    }

    /// How many are known.
    pub(crate) fn count(&self) -> usize {
        self.overrides.len()
    }

    /// Those of one schedule, in the order in which they were set.
    pub(crate) fn of_schedule(&self, schedule: &str) -> impl Iterator<Item = &Override> {
        self.by_schedule.get(schedule).into_iter().flatten().filter_map(|id| self.overrides.get(id))
    }

    /// Why the body of a record has to stay, as far as overrides are concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        if let Body::OverrideRemoved(_) = &record.body {
            return Some("a record of this kind names nobody and is needed to fold the journal");
        }
        let known =
            matches!(&record.body, Body::OverrideSet(_)) && self.overrides.contains_key(&OverrideId(record.seq));
        known.then_some("the override can still be looked at; erase it 35 days after it is over")
    }

    /// Takes in that it is this instant: what has long been over is forgotten.
    pub fn pass(&mut self, at: Timestamp) {
        while let Some((end, id)) = self.ends.first().copied().filter(|(end, _)| *end + OVERRIDE_KEPT_FOR < at) {
            self.ends.remove(&(end, id));
            self.forget(id);
        }
    }

    fn add(&mut self, new: Override) {
        self.ends.insert((new.until, new.id));
        self.by_schedule.entry(new.schedule.clone()).or_default().insert(new.id);
        self.overrides.insert(new.id, new);
    }

    /// Who was on call stays as it was: what has begun ends now, and only what has not is gone altogether.
    fn end(&mut self, id: OverrideId, at: Timestamp) {
        let Some(found) = self.overrides.get_mut(&id).filter(|found| at < found.until) else { return };
        self.ends.remove(&(found.until, id));
        if found.from < at {
            found.until = at;
            self.ends.insert((at, id));
        } else {
            self.forget(id);
        }
    }

    fn forget(&mut self, id: OverrideId) {
        let Some(gone) = self.overrides.remove(&id) else { return };
        if let Some(ids) = self.by_schedule.get_mut(&gone.schedule) {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_schedule.remove(&gone.schedule);
            }
        }
    }
}

fn set(body: &OverrideSet, record: &Record) -> Override {
    Override {
        id: OverrideId(record.seq),
        schedule: body.schedule.clone(),
        from: body.from,
        until: body.until,
        person: body.person.clone(),
        replaces: body.replaces.clone(),
        reason: body.reason.clone(),
        set_at: record.at,
    }
}

impl From<Vec<Override>> for State {
    fn from(overrides: Vec<Override>) -> Self {
        let mut state = Self::default();
        overrides.into_iter().for_each(|each| state.add(each));
        state
    }
}

impl From<State> for Vec<Override> {
    fn from(state: State) -> Self {
        state.overrides.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
