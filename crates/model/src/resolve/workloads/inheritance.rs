//! What a workload does not say itself holds as its surroundings say it: owner, tier and labels.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;

use crate::{Origin, Workload};

/// Nothing is inherited from further away; whoever nests deeper has made a mistake.
const SURROUNDINGS_MAX: usize = 32;

/// What a workload says itself.
struct Said {
    owner: Option<DocumentRef>,
    tier: Option<u8>,
    labels: LabelSet,
}

/// Fills in what workloads leave out from what they are part of, the nearest first, and remembers from where.
/// `tiers` are those that are written.
pub(super) fn inherit(
    workloads: &mut BTreeMap<Arc<str>, Workload>,
    tiers: &BTreeMap<Arc<str>, u8>,
    origin: &mut Origin,
) {
    let said = |workload: &Workload| Said {
        owner: workload.owner.clone(),
        tier: tiers.get(&workload.name).copied(),
        labels: workload.labels.clone(),
    };
    let said: BTreeMap<Arc<str>, Said> =
        workloads.iter().map(|(name, known)| (Arc::clone(name), said(known))).collect();
    for workload in workloads.values_mut() {
        let around = surroundings(&workload.name, &origin.part_of);
        let around = || around.iter().filter_map(|name| Some((name, said.get(name)?)));
        if workload.owner.is_none()
            && let Some((from, owner)) = around().find_map(|(name, said)| Some((name, said.owner.clone()?)))
        {
            workload.owner = Some(owner);
            origin.owner_from.insert(Arc::clone(&workload.name), Arc::clone(from));
        }
        if !tiers.contains_key(&workload.name) {
            match around().find_map(|(_, said)| said.tier) {
                Some(tier) => workload.tier = tier,
                None => _ = origin.untiered.insert(Arc::clone(&workload.name)),
            }
        }
        workload.labels = around().fold(workload.labels.clone(), |own, (_, said)| over(&own, &said.labels));
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
