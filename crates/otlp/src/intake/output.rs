//! The batch that is filled, and what it may take.

use std::collections::BTreeSet;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Exemplar, Histogram, Metadata, Sample};
use evenkeel_time::Timestamp;

use crate::IntakeFault;

pub(super) struct Output<'o> {
    batch: &'o mut Batch,
    left: usize,
    most: usize,
    described: BTreeSet<Box<str>>,
    /// The newest point of the resource that is read.
    pub(super) newest: Option<Timestamp>,
}

/// What a batch needs for each thing besides its texts. Units: bytes, estimated.
const SERIES_BYTES: usize = 64;
const SAMPLE_BYTES: usize = 16;
const HISTOGRAM_BYTES: usize = 240;
const EXEMPLAR_BYTES: usize = 64;
const METADATA_BYTES: usize = 128;

impl<'o> Output<'o> {
    pub(super) const fn new(batch: &'o mut Batch, most: usize) -> Self {
        Self { batch, left: most, most, described: BTreeSet::new(), newest: None }
    }

    fn charge(&mut self, bytes: usize) -> Result<(), IntakeFault> {
        self.left = self.left.checked_sub(bytes).ok_or(IntakeFault::TooLarge(self.most))?;
        Ok(())
    }

    /// Begins a series; labels are sorted by name.
    pub(super) fn begin(&mut self, labels: &[(&str, &str)]) -> Result<(), IntakeFault> {
        let text: usize = labels.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        self.charge(SERIES_BYTES + text)?;
        self.batch.begin(labels.iter().copied());
        Ok(())
    }

    pub(super) fn sample(&mut self, at: Timestamp, value: f64) -> Result<(), IntakeFault> {
        self.charge(SAMPLE_BYTES)?;
        self.newest = self.newest.max(Some(at));
        self.batch.sample(Sample { at, value });
        Ok(())
    }

    pub(super) fn histogram(&mut self, at: Timestamp, histogram: Histogram) -> Result<(), IntakeFault> {
        let counts = histogram.positive_counts.len() + histogram.negative_counts.len();
        let spans = histogram.positive_spans.len() + histogram.negative_spans.len();
        self.charge(HISTOGRAM_BYTES + 8 * (counts + spans))?;
        self.newest = self.newest.max(Some(at));
        self.batch.histogram(at, histogram);
        Ok(())
    }

    pub(super) fn exemplar(&mut self, labels: LabelSet, value: f64, at: Timestamp) -> Result<(), IntakeFault> {
        self.charge(EXEMPLAR_BYTES + labels.encoded().len())?;
        self.batch.exemplar(Exemplar { labels, value, at });
        Ok(())
    }

    /// Keeps what is said of a metric, the first time that it is said.
    pub(super) fn describe(&mut self, metric: &str, metadata: Metadata) -> Result<(), IntakeFault> {
        if self.described.contains(metric) {
            return Ok(());
        }
        self.charge(METADATA_BYTES + 2 * metric.len() + metadata.help.len() + metadata.unit.len())?;
        self.described.insert(metric.into());
        self.batch.metadata.push((metric.into(), metadata));
        Ok(())
    }
}
