//! Series in memory, found by their labels, of which what is later than an instant is not there yet.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use evenkeel_labels::{LabelSet, MatchOp};
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_time::Timestamp;

/// Series by their labels.
#[derive(Default)]
pub(crate) struct Indexed {
    labels: Vec<LabelSet>,
    columns: Vec<Column>,
    by_pair: BTreeMap<(String, String), Vec<usize>>,
    until: AtomicI64,
}

impl Indexed {
    pub(crate) fn of(series: Vec<(LabelSet, Column)>) -> Self {
        let mut series = series;
        series.sort_by(|a, b| a.0.cmp(&b.0));
        let mut store = Self::default();
        for (place, (labels, column)) in series.into_iter().enumerate() {
            for (name, value) in labels.iter() {
                store.by_pair.entry((name.to_owned(), value.to_owned())).or_default().push(place);
            }
            store.labels.push(labels);
            store.columns.push(column);
        }
        store
    }

    pub(crate) fn series(&self) -> usize {
        self.labels.len()
    }

    pub(crate) fn samples(&self) -> usize {
        self.columns.iter().map(Column::len).sum()
    }

    pub(crate) fn see_until(&self, until: Timestamp) {
        self.until.store(until.0, Ordering::Relaxed);
    }
}

struct Found<'a> {
    store: &'a Indexed,
    labels: Vec<LabelSet>,
    places: Vec<usize>,
    after: i64,
    until: i64,
}

impl Querier for Indexed {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let equal = selection.matchers.iter().filter(|matcher| matcher.op() == MatchOp::Equal);
        let lists = equal.map(|matcher| self.by_pair.get(&(matcher.name().to_owned(), matcher.value().to_owned())));
        let Some(mut lists) = lists.collect::<Option<Vec<_>>>() else {
            return Ok(Box::new(Found { store: self, labels: Vec::new(), places: Vec::new(), after: 0, until: 0 }));
        };
        lists.sort_by_key(|list| list.len());
        let mut places: Vec<usize> =
            lists.first().map(|list| (*list).clone()).unwrap_or_else(|| (0..self.labels.len()).collect());
        for list in lists.iter().skip(1) {
            places.retain(|place| list.binary_search(place).is_ok());
        }
        let rest: Vec<_> = selection.matchers.iter().filter(|matcher| matcher.op() != MatchOp::Equal).collect();
        places.retain(|place| rest.iter().all(|matcher| matcher.matches(&self.labels[*place])));
        let labels = places.iter().map(|place| self.labels[*place].clone()).collect();
        let until = selection.until.0.min(self.until.load(Ordering::Relaxed));
        Ok(Box::new(Found { store: self, labels, places, after: selection.after.0, until }))
    }

    fn label_names(&self, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        Ok(Vec::new())
    }

    fn label_values(&self, _: &str, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        Ok(Vec::new())
    }

    fn exemplars(&self, _: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        Ok(Vec::new())
    }

    fn metadata(&self, _: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        Ok(Vec::new())
    }
}

impl Selected for Found<'_> {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        let column = &self.store.columns[self.places[place]];
        let first = column.times.partition_point(|at| *at <= self.after);
        let last = column.times.partition_point(|at| *at <= self.until).max(first);
        into.times.extend_from_slice(&column.times[first..last]);
        into.values.extend_from_slice(&column.values[first..last]);
        Ok(())
    }
}
