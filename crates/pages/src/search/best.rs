//! The best few of many, without sorting the many.

use std::collections::BinaryHeap;

use super::sought::Rank;

/// How something is placed: what fits better first, then what is smaller.
pub(super) type Place = (Rank, u64);

/// The best few, and how many there were.
#[derive(Debug)]
pub(super) struct Best<T> {
    few: usize,
    heap: BinaryHeap<Entry<T>>,
    pub(super) found: usize,
}

#[derive(Debug)]
struct Entry<T> {
    place: Place,
    what: T,
}

impl<T> Best<T> {
    pub(super) fn new(few: usize) -> Self {
        Self { few, heap: BinaryHeap::with_capacity(few + 1), found: 0 }
    }

    /// Takes something in, if it is among the best so far.
    pub(super) fn offer(&mut self, place: Place, what: T) {
        self.found += 1;
        if self.heap.len() >= self.few && self.heap.peek().is_some_and(|worst| worst.place <= place) {
            return;
        }
        self.heap.push(Entry { place, what });
        if self.heap.len() > self.few {
            self.heap.pop();
        }
    }

    /// The best, in order.
    pub(super) fn sorted(self) -> impl Iterator<Item = T> {
        self.heap.into_sorted_vec().into_iter().map(|entry| entry.what)
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl<T> Eq for Entry<T> {}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place.cmp(&other.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_in_order_and_all_are_counted() {
        let mut best = Best::new(2);
        for (rank, tie) in [(Rank::Inside, 1), (Rank::Exact, 9), (Rank::Word, 3), (Rank::Exact, 2), (Rank::Inside, 0)] {
            best.offer((rank, tie), tie);
        }
        assert_eq!(best.found, 5);
        assert_eq!(best.sorted().collect::<Vec<_>>(), [2, 9]);
    }
}
