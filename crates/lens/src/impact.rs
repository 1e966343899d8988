//! What another state of a lens would change: whose verdicts would be others, on the same evidence.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diff::{Diff, Moved, diff};
use crate::evaluate::review;
use crate::facts::Facts;
use crate::practice::Lens;
use crate::review::{At, Review};

/// What a changed lens does.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// The verdicts that would be others. Those of the subjects on which most hangs first, then by subject and practice.
    pub diff: Diff,
    /// Practices that only the new lens has, by key.
    pub added: Vec<Arc<str>>,
    /// Practices that only the old lens has, by key.
    pub removed: Vec<Arc<str>>,
    /// Practices that are judged otherwise, by key, whether or not a verdict moves.
    pub changed: Vec<Arc<str>>,
    /// How many subjects are judged.
    pub subjects: usize,
}

/// Judges by both lenses what they have otherwise, and compares.
///
/// # Errors
/// The first that the evidence gives.
pub fn impact<F: Facts>(facts: &mut F, before: &Lens, after: &Lens, at: At) -> Result<Impact, F::Error> {
    let keys = |lens: &Lens| -> BTreeSet<Arc<str>> {
        lens.practices.iter().map(|practice| Arc::clone(&practice.key)).collect()
    };
    let (old, new) = (keys(before), keys(after));
    let same = |key: &Arc<str>| before.judges_alike(after, key);
    let changed: Vec<Arc<str>> = old.intersection(&new).filter(|key| !same(key)).cloned().collect();
    let without = |lens: &Lens| {
        let mut lens = lens.clone();
        lens.practices.retain(|practice| !same(&practice.key));
        lens
    };
    let (first, second) = (review(facts, &without(before), at)?, review(facts, &without(after), at)?);
    let mut diff = diff(&first, &second);
    let order = |review: &Review, moved: &Moved| {
        (review.subjects.tier(moved.kind, &moved.subject), Arc::clone(&moved.subject), Arc::clone(&moved.practice))
    };
    diff.moved.sort_by_cached_key(|moved| order(&second, moved));
    Ok(Impact {
        diff,
        added: new.difference(&old).cloned().collect(),
        removed: old.difference(&new).cloned().collect(),
        changed,
        subjects: second.subjects.workloads.len() + second.subjects.teams.len() + 1,
    })
}
