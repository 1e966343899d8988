//! Series that were recorded and are not in the store: by metric name, in memory.

use std::collections::BTreeMap;

use evenkeel_labels::{LabelSet, METRIC_NAME, MatchOp, Matcher};
use evenkeel_metric::{Batch, Column, Sample};
use evenkeel_promql_eval::Point;
use evenkeel_time::Timestamp;

/// Series that were recorded and are not in the store.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    by_name: BTreeMap<Box<str>, BTreeMap<LabelSet, Column>>,
}

impl Recorded {
    /// Takes all samples of a batch. Of several at one instant in a series the first stays.
    pub fn append(&mut self, batch: &Batch) {
        for series in batch.series() {
            let Some(labels) = LabelSet::from_encoded(series.labels) else { continue };
            let column = self.column(labels);
            for sample in series.samples {
                push(column, *sample);
            }
            for (at, histogram) in series.histograms {
                if column.histograms.last().is_none_or(|(last, _)| *last < at.0) {
                    column.histograms.push((at.0, std::sync::Arc::new(histogram.clone())));
                }
            }
        }
    }

    /// Takes one sample.
    pub(crate) fn push(&mut self, labels: LabelSet, at: Timestamp, point: &Point) {
        let column = self.column(labels);
        match point {
            Point::Number(value) => push(column, Sample { at, value: *value }),
            Point::Histogram(histogram) => column.histograms.push((at.0, std::sync::Arc::clone(histogram))),
        }
    }

    fn column(&mut self, labels: LabelSet) -> &mut Column {
        self.by_name.entry(labels.get(METRIC_NAME).into()).or_default().entry(labels).or_default()
    }

    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Forgets samples up to an instant.
    pub fn forget(&mut self, until: Timestamp) {
        for series in self.by_name.values_mut() {
            series.retain(|_, column| {
                let gone = column.times.partition_point(|at| *at <= until.0);
                column.times.drain(..gone);
                column.values.drain(..gone);
                column.histograms.retain(|(at, _)| *at > until.0);
                !column.is_empty()
            });
        }
        self.by_name.retain(|_, series| !series.is_empty());
    }

    /// The series that fit and have samples in the time, in order.
    pub(crate) fn select(&self, matchers: &[Matcher], after: i64, until: i64) -> Vec<(&LabelSet, &Column)> {
        let mut found = Vec::new();
        let fits = |labels: &LabelSet| matchers.iter().all(|matcher| matcher.matches(labels));
        let has = |column: &Column| is_in(column, after, until);
        for series in self.named(matchers) {
            found.extend(series.iter().filter(|(labels, column)| has(column) && fits(labels)));
        }
        found.sort_by(|a, b| a.0.cmp(b.0));
        found
    }

    /// The series of the names that may fit.
    pub(crate) fn named<'a>(&'a self, matchers: &[Matcher]) -> Vec<&'a BTreeMap<LabelSet, Column>> {
        let name = matchers.iter().find(|matcher| matcher.name() == METRIC_NAME && matcher.op() == MatchOp::Equal);
        match name {
            Some(name) => self.by_name.get(name.value()).into_iter().collect(),
            None => self.by_name.values().collect(),
        }
    }
}

fn push(column: &mut Column, sample: Sample) {
    if column.times.last().is_none_or(|last| *last < sample.at.0) {
        column.push(sample);
    }
}

/// Whether a column has a sample in the time.
pub(crate) fn is_in(column: &Column, after: i64, until: i64) -> bool {
    let first = column.times.partition_point(|at| *at <= after);
    let number = column.times.get(first).is_some_and(|at| *at <= until);
    number || column.histograms.iter().any(|(at, _)| *at > after && *at <= until)
}
