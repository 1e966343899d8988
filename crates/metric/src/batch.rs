//! Series on their way into a store: what one request carries.
//!
//! The labels of all series lie in one text, and so do their samples in one list, so that a request of many small series costs
//! few allocations.

use std::ops::Range;

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

use crate::{Exemplar, Histogram, Metadata, Sample};

/// What one request carries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    labels: String,
    series: Vec<Place>,
    samples: Vec<Sample>,
    histograms: Vec<(Timestamp, Histogram)>,
    exemplars: Vec<Exemplar>,
    /// What the request says of metrics, by name.
    pub metadata: Vec<(Box<str>, Metadata)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Place {
    labels: Range<usize>,
    samples: Range<usize>,
    histograms: Range<usize>,
    exemplars: Range<usize>,
}

/// One series of a batch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BatchSeries<'a> {
    /// Its labels as [`LabelSet::encoded`] has them.
    pub labels: &'a str,
    /// Its samples, in the order in which they were sent.
    pub samples: &'a [Sample],
    /// Its histograms, in the order in which they were sent.
    pub histograms: &'a [(Timestamp, Histogram)],
    /// Its exemplars, in the order in which they were sent.
    pub exemplars: &'a [Exemplar],
}

impl Batch {
    /// Begins a series; what is pushed next belongs to it. Pairs have to be sorted by name, each once; those with an empty
    /// value are left out.
    pub fn begin<'a>(&mut self, sorted: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let labels = self.labels.len();
        LabelSet::encode_sorted(sorted, &mut self.labels);
        self.series.push(Place {
            labels: labels..self.labels.len(),
            samples: self.samples.len()..self.samples.len(),
            histograms: self.histograms.len()..self.histograms.len(),
            exemplars: self.exemplars.len()..self.exemplars.len(),
        });
    }

    /// A number of the series that was begun last; without one it is nobody's, and dropped.
    pub fn sample(&mut self, sample: Sample) {
        if let Some(series) = self.series.last_mut() {
            self.samples.push(sample);
            series.samples.end = self.samples.len();
        }
    }

    /// A histogram of the series that was begun last; without one it is nobody's, and dropped.
    pub fn histogram(&mut self, at: Timestamp, histogram: Histogram) {
        if let Some(series) = self.series.last_mut() {
            self.histograms.push((at, histogram));
            series.histograms.end = self.histograms.len();
        }
    }

    /// An exemplar of the series that was begun last; without one it is nobody's, and dropped.
    pub fn exemplar(&mut self, exemplar: Exemplar) {
        if let Some(series) = self.series.last_mut() {
            self.exemplars.push(exemplar);
            series.exemplars.end = self.exemplars.len();
        }
    }

    /// Its series, in the order in which they were begun. The same labels may come again.
    pub fn series(&self) -> impl ExactSizeIterator<Item = BatchSeries<'_>> {
        self.series.iter().map(|place| BatchSeries {
            labels: self.labels.get(place.labels.clone()).unwrap_or_default(),
            samples: self.samples.get(place.samples.clone()).unwrap_or_default(),
            histograms: self.histograms.get(place.histograms.clone()).unwrap_or_default(),
            exemplars: self.exemplars.get(place.exemplars.clone()).unwrap_or_default(),
        })
    }

    /// How many numbers and histograms.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.samples.len() + self.histograms.len()
    }

    /// Whether nothing is in it, exemplars and metadata counted in.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0 && self.exemplars.is_empty() && self.metadata.is_empty()
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.labels.clear();
        self.series.clear();
        self.samples.clear();
        self.histograms.clear();
        self.exemplars.clear();
        self.metadata.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(at: i64, value: f64) -> Sample {
        Sample { at: Timestamp(at), value }
    }

    #[test]
    fn what_is_pushed_belongs_to_the_series_that_was_begun_last() {
        let mut batch = Batch::default();
        batch.sample(sample(1, 1.0));
        assert!(batch.is_empty(), "nobody's");
        batch.begin([("__name__", "up"), ("job", "web"), ("zone", "")]);
        batch.sample(sample(1, 1.0));
        batch.sample(sample(2, 0.0));
        batch.begin([("__name__", "down")]);
        batch.begin([("__name__", "up")]);
        batch.sample(sample(3, 5.0));
        let series: Vec<_> =
            batch.series().map(|series| (LabelSet::from_encoded(series.labels), series.samples.len())).collect();
        let set = |pairs: &[(&str, &str)]| Some(LabelSet::new(pairs.iter().copied()));
        let expected = [
            (set(&[("__name__", "up"), ("job", "web")]), 2),
            (set(&[("__name__", "down")]), 0),
            (set(&[("__name__", "up")]), 1),
        ];
        assert_eq!(series, expected);
        batch.clear();
        assert!(batch.is_empty() && batch.series().len() == 0);
    }
}
