//! Attestations, found by practice and subject.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_time::Timestamp;

use crate::facts::Attestation;
use crate::practice::{Lens, Practice};
use crate::rules::Found;

/// The attestations that hold at the window's end, by practice and subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Signed {
    /// Shape: by practice's key, then by subject.
    live: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Pair>>,
}

/// The latest of each sort.
#[derive(Debug, Clone, PartialEq, Default)]
struct Pair {
    not_applicable: Option<Arc<Attestation>>,
    done: Option<Arc<Attestation>>,
}

impl Signed {
    /// Keeps those that are of a practice of the lens and hold.
    pub(crate) fn new(attestations: Vec<Attestation>, lens: &Lens, to: Timestamp) -> Self {
        let aliases = lens.practices.iter().flat_map(|one| one.aliases.iter().map(|alias| (&**alias, &one.key)));
        // A key goes before an alias that reads the same.
        let keys = lens.practices.iter().map(|practice| (&*practice.key, &practice.key));
        let known: BTreeMap<&str, &Arc<str>> = aliases.chain(keys).collect();
        let mut live: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Pair>> = BTreeMap::new();
        for attestation in attestations.into_iter().filter(|attestation| attestation.lives(to)) {
            let Some(key) = known.get(&*attestation.practice) else { continue };
            let by_subject = live.entry(Arc::clone(key)).or_default();
            let pair = by_subject.entry(Arc::from(&*attestation.subject)).or_default();
            let place = if attestation.not_applicable { &mut pair.not_applicable } else { &mut pair.done };
            if place.as_ref().is_none_or(|known| known.record < attestation.record) {
                *place = Some(Arc::new(attestation));
            }
        }
        Self { live }
    }

    /// What is signed of a practice and subject.
    pub(crate) fn found(&self, practice: &Practice, subject: &str) -> Found {
        let pair = self.live.get(&practice.key).and_then(|subjects| subjects.get(subject));
        let Some(pair) = pair else { return Found::default() };
        let (not_applicable, attested) = (pair.not_applicable.clone(), pair.done.clone());
        Found { not_applicable, attested, ..Found::default() }
    }

    /// Of whom something else is signed, by practice's key.
    pub(crate) fn changes(&self, other: &Self) -> Vec<(Arc<str>, Arc<str>)> {
        let pairs = |signed: &Self| -> BTreeMap<(Arc<str>, Arc<str>), Pair> {
            let flat = |(key, subjects): (&Arc<str>, &BTreeMap<Arc<str>, Pair>)| {
                let key = Arc::clone(key);
                let pair =
                    move |(subject, pair): (&Arc<str>, &Pair)| ((Arc::clone(&key), Arc::clone(subject)), pair.clone());
                subjects.iter().map(pair).collect::<Vec<_>>()
            };
            signed.live.iter().flat_map(flat).collect()
        };
        let (mine, theirs) = (pairs(self), pairs(other));
        let changed = mine.iter().filter(|(who, pair)| theirs.get(*who) != Some(pair)).map(|(who, _)| who.clone());
        let gone = theirs.keys().filter(|who| !mine.contains_key(*who)).cloned();
        changed.chain(gone).collect()
    }
}
