//! Which facts are known, and how many came of late.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::{FactId, Seq};
use evenkeel_record::FactReported;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// So many facts are known again when they are told again; of more, those told longest ago are forgotten.
pub const FACTS_KEPT: usize = 200_000;

/// So many facts of one kind are taken from one source in any 24 hours.
pub const FACTS_PER_DAY_MAX: u32 = 100_000;

/// Units: milliseconds. Facts are counted by the hour.
const HOUR: i64 = 3_600_000;
/// An hour counts until it has wholly been over for a day.
const HOURS_COUNTED: i64 = 24;

/// What is known of facts: digests, and counts by the hour. Erased facts are forgotten, and change nothing else.
///
/// INVARIANT: `by_last` and `by_id` have each fact of `known` once, by its last and its first record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Facts {
    known: BTreeMap<Digest, Known>,
    by_last: BTreeMap<Seq, Digest>,
    by_id: BTreeMap<FactId, Digest>,
    counts: Counts,
    /// The last hour in which a fact was counted.
    hour: i64,
}

/// By source and kind, then by the hour since 1970.
type Counts = BTreeMap<(Arc<str>, Arc<str>), BTreeMap<i64, u32>>;

/// As it is stored: without what follows from the rest.
#[derive(Serialize, Deserialize)]
struct Stored {
    known: Vec<(Digest, Known)>,
    counts: Counts,
    hour: i64,
}

impl From<Stored> for Facts {
    fn from(Stored { known, counts, hour }: Stored) -> Self {
        let by_last = known.iter().map(|(key, known)| (known.last, *key)).collect();
        let by_id = known.iter().map(|(key, known)| (known.id, *key)).collect();
        Self { known: known.into_iter().collect(), by_last, by_id, counts, hour }
    }
}

impl From<Facts> for Stored {
    fn from(facts: Facts) -> Self {
        Self { known: facts.known.into_iter().collect(), counts: facts.counts, hour: facts.hour }
    }
}

/// A fact that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Its first record: which one it is.
    pub(crate) id: FactId,
    /// Its last record.
    pub(crate) last: Seq,
    /// What it says.
    pub(crate) content: Digest,
}

impl Facts {
    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The fact of that kind and key, if it is known.
    #[must_use]
    pub fn known(&self, kind: &str, key: &str) -> Option<FactId> {
        self.get(&Digest::of_key(kind, key)).map(|known| known.id)
    }

    pub(crate) fn get(&self, key: &Digest) -> Option<&Known> {
        self.known.get(key)
    }

    /// How many of a kind came from a source in the last day, and when the first of them count no more.
    pub(crate) fn lately(&self, source: &Arc<str>, kind: &Arc<str>, now: Timestamp) -> (u32, Timestamp) {
        let oldest = hour_of(now) - HOURS_COUNTED;
        let counts = self.counts.get(&(source.clone(), kind.clone()));
        let counted = || counts.into_iter().flat_map(|hours| hours.range(oldest..));
        let sum = counted().fold(0, |sum: u32, (_, count)| sum.saturating_add(*count));
        let first = counted().next().map_or(hour_of(now), |(hour, _)| *hour);
        (sum, Timestamp((first + HOURS_COUNTED + 1).saturating_mul(HOUR)))
    }

    pub(crate) fn take(&mut self, fact: &FactReported, seq: Seq, at: Timestamp) {
        let key = Digest::of_key(&fact.kind, &fact.key);
        let id = fact.supersedes.unwrap_or(FactId(seq));
        self.forget(&key);
        self.known.insert(key, Known { id, last: seq, content: Digest::of_content(fact) });
        self.by_last.insert(seq, key);
        self.by_id.insert(id, key);
        while self.known.len() > FACTS_KEPT
            && let Some((_, oldest)) = self.by_last.first_key_value().map(|(seq, key)| (*seq, *key))
        {
            self.forget(&oldest);
        }
        self.count(fact, hour_of(at));
    }

    /// The first or the last record of a fact was erased, if it was one of a fact: it is known no more.
    pub(crate) fn forget_record(&mut self, erased: Seq) {
        match self.by_last.get(&erased).copied() {
            Some(key) => self.forget(&key),
            None => self.forget_fact(FactId(erased)),
        }
    }

    /// A fact is known no more.
    pub(crate) fn forget_fact(&mut self, id: FactId) {
        if let Some(key) = self.by_id.get(&id).copied() {
            self.forget(&key);
        }
    }

    fn forget(&mut self, key: &Digest) {
        if let Some(known) = self.known.remove(key) {
            self.by_last.remove(&known.last);
            self.by_id.remove(&known.id);
        }
    }

    fn count(&mut self, fact: &FactReported, hour: i64) {
        if hour > self.hour {
            // The first of an hour makes room for all.
            self.hour = hour;
            let oldest = hour - HOURS_COUNTED;
            self.counts.values_mut().for_each(|hours| *hours = hours.split_off(&oldest));
            self.counts.retain(|_, hours| !hours.is_empty());
        }
        let hours = self.counts.entry((fact.source.clone(), fact.kind.clone())).or_default();
        let count = hours.entry(hour).or_default();
        *count = count.saturating_add(1);
    }
}

const fn hour_of(at: Timestamp) -> i64 {
    at.0.div_euclid(HOUR)
}

#[cfg(test)]
impl Facts {
    /// Takes over how many came of late: that alone differs once facts are erased.
    pub(crate) fn clone_counts(&mut self, from: &Self) {
        self.counts = from.counts.clone();
        self.hour = from.hour;
    }
}
