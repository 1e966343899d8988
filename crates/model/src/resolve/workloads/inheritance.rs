//! What a workload does not say itself holds as its surroundings say it: owner, tier and labels.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;

use crate::{Origin, Workload};

/// Nothing is inherited from further away; whoever nests deeper has made a mistake.
const SURROUNDINGS_MAX: usize = 32;

/// What is written about workloads that is not to be seen in them any more.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Tiers that are written.
    pub(super) tiers: BTreeMap<Arc<str>, u8>,
    /// Workloads with an owner who is not known here.
    pub(super) owned_elsewhere: BTreeSet<Arc<str>>,
}

/// What a workload says itself.
struct Own {
    owner: Option<DocumentRef>,
    tier: Option<u8>,
    labels: LabelSet,
}

/// Fills in what workloads leave out from what they are part of, the nearest first, and remembers from where.
pub(super) fn inherit(workloads: &mut BTreeMap<Arc<str>, Workload>, said: &Said, origin: &mut Origin) {
    let own = |workload: &Workload| Own {
        owner: workload.owner.clone(),
        tier: said.tiers.get(&workload.name).copied(),
        labels: workload.labels.clone(),
    };
    let own: BTreeMap<Arc<str>, Own> = workloads.iter().map(|(name, known)| (Arc::clone(name), own(known))).collect();
    for workload in workloads.values_mut() {
        let around = surroundings(&workload.name, &origin.part_of);
        let around = || around.iter().filter_map(|name| Some((name, own.get(name)?)));
        let known = |(name, _): &(&Arc<str>, &Own)| !said.owned_elsewhere.contains(*name);
        if workload.owner.is_none()
            && !said.owned_elsewhere.contains(&workload.name)
            && let Some((from, owner)) =
                around().take_while(known).find_map(|(name, own)| Some((name, own.owner.clone()?)))
        {
            workload.owner = Some(owner);
            origin.owner_from.insert(Arc::clone(&workload.name), Arc::clone(from));
        }
        if !said.tiers.contains_key(&workload.name) {
            match around().find_map(|(_, own)| own.tier) {
                Some(tier) => workload.tier = tier,
                None => _ = origin.untiered.insert(Arc::clone(&workload.name)),
            }
        }
        workload.labels = around().fold(workload.labels.clone(), |all, (_, own)| over(&all, &own.labels));
    }
}

/// What a workload is part of, directly or not, the nearest first; itself never.
fn surroundings(workload: &Arc<str>, part_of: &BTreeMap<Arc<str>, Vec<Arc<str>>>) -> Vec<Arc<str>> {
    let mut seen = BTreeSet::from([workload]);
    let mut queue = VecDeque::from([workload]);
    let mut found = Vec::new();
    while let Some(at) = queue.pop_front().filter(|_| found.len() < SURROUNDINGS_MAX) {
        for around in part_of.get(at).into_iter().flatten() {
            if seen.insert(around) {
                found.push(Arc::clone(around));
                queue.push_back(around);
            }
        }
    }
    found
}

/// Both sets of labels; where both have one of a name, the first set's counts.
fn over(own: &LabelSet, inherited: &LabelSet) -> LabelSet {
    if inherited.is_empty() {
        return own.clone();
    }
    LabelSet::new(inherited.iter().chain(own.iter()))
}
