//! Series in memory, for tests and for whatever is evaluated away from a store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{
    Batch, Column, Exemplar, Histogram, Metadata, Querier, ReadFault, ResetHint, Sample, Selected, Selection,
};
use evenkeel_time::{Duration, Timestamp};

use crate::{Series, Value};

/// Series in memory, by their labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MemoryStore {
    series: BTreeMap<LabelSet, Column>,
    metadata: BTreeMap<Box<str>, Metadata>,
    exemplars: BTreeMap<LabelSet, Vec<Exemplar>>,
}

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a series' values, one a step.
    pub fn load(&mut self, series: &Series, from: Timestamp, step: Duration) {
        for (count, value) in (0_i64..).zip(&series.values) {
            let at = from + step * count;
            match value {
                Value::Absent => {}
                Value::Number(value) => self.append(&series.labels, Sample { at, value: *value }),
                Value::Histogram { histogram, .. } => {
                    self.append_histogram(&series.labels, at, Histogram::clone(histogram));
                }
            }
        }
    }

    /// Appends what a request carries.
    pub fn append_batch(&mut self, batch: &Batch) {
        for series in batch.series() {
            let Some(labels) = LabelSet::from_encoded(series.labels) else { continue };
            for sample in series.samples {
                self.append(&labels, *sample);
            }
            for (at, histogram) in series.histograms {
                self.append_histogram(&labels, *at, histogram.clone());
            }
            if !series.exemplars.is_empty() {
                self.exemplars.entry(labels).or_default().extend_from_slice(series.exemplars);
            }
        }
        self.metadata.extend(batch.metadata.iter().cloned());
    }

    /// Appends a number, in whatever order; what is there at that instant goes.
    pub fn append(&mut self, labels: &LabelSet, sample: Sample) {
        let column = self.column(labels);
        column.histograms.retain(|(at, _)| *at != sample.at.0);
        match column.times.binary_search(&sample.at.0) {
            Ok(place) => {
                if let Some(value) = column.values.get_mut(place) {
                    *value = sample.value;
                }
            }
            Err(place) => {
                column.times.insert(place, sample.at.0);
                column.values.insert(place, sample.value);
            }
        }
    }

    /// Appends a histogram, in whatever order; what is there at that instant goes.
    ///
    /// It is compared with the one before, and its hint says what is then known, as in Prometheus's store: that it did not
    /// begin anew, or nothing.
    pub fn append_histogram(&mut self, labels: &LabelSet, at: Timestamp, histogram: Histogram) {
        let column = self.column(labels);
        if let Ok(place) = column.times.binary_search(&at.0) {
            column.times.remove(place);
            column.values.remove(place);
        }
        column.histograms.retain(|(known, _)| *known != at.0);
        let place = column.histograms.partition_point(|(known, _)| *known < at.0);
        let before = place.checked_sub(1).and_then(|before| column.histograms.get(before));
        let number_between = |since: i64| column.times.iter().any(|time| *time > since && *time < at.0);
        let before = before.filter(|(since, _)| !number_between(*since)).map(|(_, before)| &**before);
        let reset_hint = hint(&histogram, before);
        column.histograms.insert(place, (at.0, Arc::new(Histogram { reset_hint, ..histogram })));
    }

    /// Says what is known of a metric.
    pub fn describe(&mut self, metric: &str, metadata: Metadata) {
        self.metadata.insert(metric.into(), metadata);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Each series and its samples, by labels.
    pub fn series(&self) -> impl Iterator<Item = (&LabelSet, &Column)> {
        self.series.iter()
    }

    fn column(&mut self, labels: &LabelSet) -> &mut Column {
        // Looked up first, so that labels are not cloned for every sample.
        if !self.series.contains_key(labels) {
            self.series.insert(labels.clone(), Column::default());
        }
        self.series.entry(labels.clone()).or_default()
    }

    fn found<'a, 's>(
        &'a self,
        selection: &'s Selection,
    ) -> impl Iterator<Item = (&'a LabelSet, Samples<'a>)> + use<'a, 's> {
        let fits =
            |(labels, _): &(&LabelSet, &Column)| selection.matchers.iter().all(|matcher| matcher.matches(labels));
        let series = self.series.iter().filter(fits);
        series
            .map(|(labels, column)| (labels, Samples::of(column, selection)))
            .filter(|(_, samples)| !samples.is_empty())
    }
}

/// What a store knows of a histogram that comes behind another. Source: Prometheus, `tsdb/chunkenc/float_histogram.go`:
/// one begins a chunk when it does not continue the one before, and of the first in a chunk nothing is known.
fn hint(histogram: &Histogram, before: Option<&Histogram>) -> ResetHint {
    if histogram.reset_hint == ResetHint::Gauge {
        return ResetHint::Gauge;
    }
    let continues = |before: &Histogram| {
        let unknown = Histogram { reset_hint: ResetHint::Unknown, ..histogram.clone() };
        #[expect(clippy::float_cmp, reason = "a width is the same or another one")]
        let same_widths = histogram.zero_threshold == before.zero_threshold;
        before.reset_hint != ResetHint::Gauge
            && !before.is_stale()
            && histogram.reset_hint != ResetHint::Reset
            && histogram.schema == before.schema
            && same_widths
            && histogram.custom_bounds == before.custom_bounds
            && !unknown.began_anew(before)
    };
    if before.is_some_and(continues) { ResetHint::NotReset } else { ResetHint::Unknown }
}

/// The samples of a series that a selection finds.
#[derive(Debug, Clone, Copy)]
struct Samples<'a> {
    times: &'a [i64],
    values: &'a [f64],
    histograms: &'a [(i64, Arc<Histogram>)],
}

impl<'a> Samples<'a> {
    fn of(column: &'a Column, selection: &Selection) -> Self {
        let (after, until) = (selection.after.0, selection.until.0);
        let numbers = column.times.partition_point(|at| *at <= after)..column.times.partition_point(|at| *at <= until);
        let histograms = column.histograms.partition_point(|(at, _)| *at <= after)
            ..column.histograms.partition_point(|(at, _)| *at <= until);
        Self {
            times: column.times.get(numbers.clone()).unwrap_or_default(),
            values: column.values.get(numbers).unwrap_or_default(),
            histograms: column.histograms.get(histograms).unwrap_or_default(),
        }
    }

    const fn is_empty(&self) -> bool {
        self.times.is_empty() && self.histograms.is_empty()
    }
}

struct Found<'a> {
    labels: Vec<LabelSet>,
    samples: Vec<Samples<'a>>,
}

impl Selected for Found<'_> {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        if let Some(samples) = self.samples.get(place) {
            into.times.extend_from_slice(samples.times);
            into.values.extend_from_slice(samples.values);
            into.histograms.extend_from_slice(samples.histograms);
        }
        Ok(())
    }
}

impl Querier for MemoryStore {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let found = self.found(selection).map(|(labels, samples)| (labels.clone(), samples));
        let (labels, samples) = found.unzip();
        Ok(Box::new(Found { labels, samples }))
    }

    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        let names: BTreeSet<_> =
            self.found(selection).flat_map(|(labels, _)| labels.iter().map(|(name, _)| name)).collect();
        Ok(names.into_iter().map(Into::into).collect())
    }

    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        let values: BTreeSet<_> = self.found(selection).map(|(labels, _)| labels.get(name)).collect();
        Ok(values.into_iter().filter(|value| !value.is_empty()).map(Into::into).collect())
    }

    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        let in_time = |exemplar: &&Exemplar| exemplar.at > selection.after && exemplar.at <= selection.until;
        let fits = |labels: &LabelSet| selection.matchers.iter().all(|matcher| matcher.matches(labels));
        let series = self.exemplars.iter().filter(|(labels, _)| fits(labels));
        let found = series.map(|(labels, all)| {
            let mut exemplars: Vec<_> = all.iter().filter(in_time).cloned().collect();
            exemplars.sort_by_key(|exemplar| exemplar.at);
            (labels.clone(), exemplars)
        });
        Ok(found.filter(|(_, exemplars)| !exemplars.is_empty()).collect())
    }

    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        let named = self.metadata.iter().filter(|(name, _)| metric.is_none_or(|metric| &***name == metric));
        Ok(named.map(|(name, metadata)| (name.clone(), metadata.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::{MatchOp, Matcher};

    use super::*;
    use crate::parse_series;

    fn store(lines: &[&str]) -> MemoryStore {
        let mut store = MemoryStore::new();
        for line in lines {
            store.load(&parse_series(line).expect(line), Timestamp(0), Duration::secs(10));
        }
        store
    }

    fn selection(name: &str, after: i64, until: i64) -> Selection {
        let matchers = vec![Matcher::new("__name__", MatchOp::Equal, name).expect("a matcher")];
        Selection { matchers, after: Timestamp(after), until: Timestamp(until) }
    }

    #[test]
    fn what_is_selected_is_later_than_one_instant_and_not_later_than_the_other() {
        let store = store(&[r#"up{job="b"} 0+1x9"#, r#"up{job="a"} _x9 5"#, "down 1"]);
        let wanted = selection("up", 10_000, 40_000);
        let found = store.select(&wanted).expect("no store");
        assert_eq!(found.labels().len(), 1, "the other has nothing then");
        let mut column = Column::default();
        found.read(0, &mut column).expect("in memory");
        assert_eq!((column.times, column.values), (vec![20_000, 30_000, 40_000], vec![2.0, 3.0, 4.0]));
        let wanted = selection("up", -1, 1_000_000);
        let labels = store.select(&wanted).expect("in memory").labels().to_vec();
        assert_eq!(labels.iter().map(|labels| labels.get("job")).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(store.label_names(&wanted).expect("in memory"), ["__name__".into(), "job".into()]);
        assert_eq!(store.label_values("job", &wanted).expect("in memory"), ["a".into(), "b".into()]);
    }

    #[test]
    fn samples_come_in_any_order_and_the_last_of_an_instant_stays() {
        let mut store = MemoryStore::new();
        let labels = LabelSet::new([("__name__", "a")]);
        for (at, value) in [(3, 3.0), (1, 1.0), (2, 2.0), (3, 4.0)] {
            store.append(&labels, Sample { at: Timestamp(at), value });
        }
        store.append_histogram(&labels, Timestamp(2), Histogram::default());
        let column = store.series().next().expect("one").1;
        assert_eq!((column.times.clone(), column.values.clone()), (vec![1, 3], vec![1.0, 4.0]));
        assert_eq!(column.histograms.len(), 1);
    }

    #[test]
    fn hints_say_what_a_store_would_know() {
        let hints = |line: &str| -> Vec<ResetHint> {
            let store = store(&[line]);
            let column = store.series().next().expect("one").1.clone();
            column.histograms.iter().map(|(_, histogram)| histogram.reset_hint).collect()
        };
        use ResetHint::{Gauge, NotReset, Unknown};
        assert_eq!(hints("a {{count:1 buckets:[1]}} {{count:2 buckets:[2]}}"), [Unknown, NotReset]);
        assert_eq!(hints("a {{count:2 buckets:[2]}} {{count:1 buckets:[1]}}"), [Unknown, Unknown]);
        assert_eq!(hints("a {{count:1}} 5 {{count:2}} {{count:3}}"), [Unknown, Unknown, NotReset]);
        assert_eq!(hints("a {{counter_reset_hint:gauge}}x1 {{count:1}}"), [Gauge, Gauge, Unknown]);
        assert_eq!(hints("a {{count:1}} {{count:2 counter_reset_hint:reset}}"), [Unknown, Unknown]);
    }
}
