//! The samples of one series, by columns.

use std::sync::Arc;

use crate::{Histogram, Sample};

/// The samples of one series in the order of time. A series may have numbers for a while and histograms for a while; at one
/// instant it has one of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// When each number was. Units: milliseconds since 1970, ascending.
    pub times: Vec<i64>,
    /// The numbers, as many as times; [`crate::stale`] among them.
    pub values: Vec<f64>,
    /// The histograms and their times, ascending.
    pub histograms: Vec<(i64, Arc<Histogram>)>,
}

impl Column {
    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.times.clear();
        self.values.clear();
        self.histograms.clear();
    }

    /// Appends a number, which must be later than all before.
    pub fn push(&mut self, sample: Sample) {
        self.times.push(sample.at.0);
        self.values.push(sample.value);
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.times.is_empty() && self.histograms.is_empty()
    }

    /// How many samples, histograms counted in.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.times.len() + self.histograms.len()
    }
}
