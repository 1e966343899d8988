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
/// INVARIANT: `schedules` and `ends` have each override of `by_schedule` once, and nothing else; no schedule is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Override>", into = "Vec<Override>")]
pub struct State {
    by_schedule: BTreeMap<Arc<str>, BTreeMap<OverrideId, Override>>,
    /// Of which schedule each is.
    schedules: BTreeMap<OverrideId, Arc<str>>,
    /// When each is over.
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
        self.schedules.keys().filter_map(|id| self.get(*id))
    }

    /// The one of that id.
    #[must_use]
    pub fn get(&self, id: OverrideId) -> Option<&Override> {
        self.by_schedule.get(self.schedules.get(&id)?)?.get(&id)
    }

    /// How many are known.
    pub(crate) fn count(&self) -> usize {
        self.schedules.len()
    }

    /// Those of one schedule, in the order in which they were set.
    pub(crate) fn of_schedule(&self, schedule: &str) -> impl Iterator<Item = &Override> {
        self.by_schedule.get(schedule).into_iter().flat_map(BTreeMap::values)
    }

    /// Why the body of a record has to stay, as far as overrides are concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        if let Body::OverrideRemoved(_) = &record.body {
            return Some("a record of this kind names nobody and is needed to fold the journal");
        }
        let known =
            matches!(&record.body, Body::OverrideSet(_)) && self.schedules.contains_key(&OverrideId(record.seq));
        known.then_some("the override can still be looked at; erase it 35 days after it is over")
    }

    /// Takes in that it is this instant: what has long been over is forgotten.
    pub fn pass(&mut self, at: Timestamp) {
        while let Some((_, id)) = self.ends.first().copied().filter(|(end, _)| *end + OVERRIDE_KEPT_FOR < at) {
            self.forget(id);
        }
    }

    fn add(&mut self, new: Override) {
        self.forget(new.id);
        self.ends.insert((new.until, new.id));
        self.schedules.insert(new.id, new.schedule.clone());
        self.by_schedule.entry(new.schedule.clone()).or_default().insert(new.id, new);
    }

    /// Who was on call stays as it was: what has begun ends now, and only what has not is gone altogether.
    fn end(&mut self, id: OverrideId, at: Timestamp) {
        let Some(mut ended) = self.get(id).filter(|found| at < found.until).cloned() else { return };
        self.forget(id);
        if ended.from < at {
            ended.until = at;
            self.add(ended);
        }
    }

    fn forget(&mut self, id: OverrideId) {
        let Some(schedule) = self.schedules.remove(&id) else { return };
        let Some(of_schedule) = self.by_schedule.get_mut(&schedule) else { return };
        if let Some(gone) = of_schedule.remove(&id) {
            self.ends.remove(&(gone.until, id));
        }
        if of_schedule.is_empty() {
            self.by_schedule.remove(&schedule);
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
        state.overrides().cloned().collect()
    }
}

#[cfg(test)]
mod tests;
