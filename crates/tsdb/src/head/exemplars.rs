//! The newest exemplars of all series, a bounded number of them.

use std::collections::VecDeque;

use evenkeel_labels::LabelSet;
use evenkeel_metric::Exemplar;

/// The newest exemplars.
#[derive(Debug)]
pub(crate) struct Exemplars {
    ring: VecDeque<(LabelSet, Exemplar)>,
    most: usize,
}

impl Exemplars {
    pub(crate) const fn new(most: usize) -> Self {
        Self { ring: VecDeque::new(), most }
    }

    /// Adds one; the oldest goes when there are too many.
    pub(crate) fn push(&mut self, series: LabelSet, exemplar: Exemplar) {
        if self.most == 0 {
            return;
        }
        if self.ring.len() >= self.most {
            self.ring.pop_front();
        }
        self.ring.push_back((series, exemplar));
    }

    /// All, in the order in which they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(LabelSet, Exemplar)> {
        self.ring.iter()
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.ring.len()
    }
}
