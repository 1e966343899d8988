//! The series of the head in the order of their labels, kept from one question to the next.

use super::Head;

/// The order of the series as it was at some state of the head.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Series, by labels.
    sorted: Vec<u32>,
    /// The place of each series in that; `u32::MAX`: none.
    rank: Vec<u32>,
    /// Series that were created before this many others are in it.
    created: usize,
    /// Removals that it knows of.
    removals: u64,
}

impl Order {
    /// Brings it up to the head's state.
    pub(crate) fn renew(&mut self, head: &Head) {
        if self.removals != head.removals {
            *self = Self { removals: head.removals, ..Self::default() };
        }
        let Some(new) = head.created.get(self.created..).filter(|new| !new.is_empty()) else { return };
        let labels = |id: &u32| head.series.get(*id as usize).map(|series| &series.labels);
        let mut new = new.to_vec();
        new.sort_by(|a, b| labels(a).cmp(&labels(b)));
        let mut merged = Vec::with_capacity(self.sorted.len() + new.len());
        let mut old = self.sorted.iter().copied().peekable();
        for id in new {
            while let Some(before) = old.next_if(|before| labels(before) < labels(&id)) {
                merged.push(before);
            }
            merged.push(id);
        }
        merged.extend(old);
        self.created = head.created.len();
        self.rank = vec![u32::MAX; head.series.len()];
        for (rank, id) in (0u32..).zip(&merged) {
            if let Some(place) = self.rank.get_mut(*id as usize) {
                *place = rank;
            }
        }
        self.sorted = merged;
    }

    /// All series, by labels.
    pub(crate) fn all(&self) -> &[u32] {
        &self.sorted
    }

    /// Sorts series by their labels.
    pub(crate) fn sort(&self, ids: &mut [u32]) {
        ids.sort_unstable_by_key(|id| self.rank.get(*id as usize).copied().unwrap_or(u32::MAX));
    }
}
