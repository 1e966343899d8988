//! A store, and what was recorded over it.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_time::Timestamp;

use crate::Recorded;

/// A store, and what was recorded over it: a series that both have is one, and at one instant what was recorded counts.
pub struct Layered<'a> {
    below: &'a dyn Querier,
    above: &'a Recorded,
    /// Later than this nothing of what was recorded is seen.
    until: Timestamp,
}

impl std::fmt::Debug for Layered<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layered").field("above", self.above).finish_non_exhaustive()
    }
}

impl<'a> Layered<'a> {
    /// Both.
    #[must_use]
    pub const fn new(below: &'a dyn Querier, above: &'a Recorded) -> Self {
        Self::as_of(below, above, Timestamp::MAX)
    }

    /// Both, as it was at an instant: what was recorded later is not there yet.
    pub(crate) const fn as_of(below: &'a dyn Querier, above: &'a Recorded, until: Timestamp) -> Self {
        Self { below, above, until }
    }

    fn over(&self, selection: &Selection) -> Vec<(&'a LabelSet, &'a Column)> {
        let until = selection.until.0.min(self.until.0);
        self.above.select(&selection.matchers, selection.after.0, until)
    }
}

impl Querier for Layered<'_> {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let above = self.over(selection);
        let below = self.below.select(selection)?;
        if above.is_empty() {
            return Ok(below);
        }
        let until = selection.until.0.min(self.until.0);
        Ok(Box::new(Both::of(below, above, selection.after.0, until)))
    }

    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        let mut names = self.below.label_names(selection)?;
        names
            .extend(self.over(selection).iter().flat_map(|(labels, _)| labels.iter().map(|(name, _)| Box::from(name))));
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        let mut values = self.below.label_values(name, selection)?;
        values.extend(self.over(selection).iter().map(|(labels, _)| Box::from(labels.get(name))));
        values.retain(|value| !value.is_empty());
        values.sort();
        values.dedup();
        Ok(values)
    }

    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        self.below.exemplars(selection)
    }

    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        self.below.metadata(metric)
    }
}

/// The series of both, in order, each with where it is read.
struct Both<'s> {
    below: Box<dyn Selected + 's>,
    labels: Vec<LabelSet>,
    places: Vec<(Option<usize>, Option<&'s Column>)>,
    after: i64,
    until: i64,
}

impl<'s> Both<'s> {
    fn of(below: Box<dyn Selected + 's>, above: Vec<(&'s LabelSet, &'s Column)>, after: i64, until: i64) -> Self {
        let mut both = Self { below, labels: Vec::new(), places: Vec::new(), after, until };
        let mut above = above.into_iter().peekable();
        for (place, labels) in both.below.labels().iter().enumerate() {
            while let Some((own, column)) = above.next_if(|(own, _)| *own < labels) {
                both.labels.push(own.clone());
                both.places.push((None, Some(column)));
            }
            let same = above.next_if(|(own, _)| *own == labels).map(|(_, column)| column);
            both.labels.push(labels.clone());
            both.places.push((Some(place), same));
        }
        for (own, column) in above {
            both.labels.push(own.clone());
            both.places.push((None, Some(column)));
        }
        both
    }
}

impl Selected for Both<'_> {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        let Some((below, above)) = self.places.get(place) else { return Ok(()) };
        let (numbers, histograms) = (into.times.len(), into.histograms.len());
        if let Some(above) = above {
            copy(above, self.after, self.until, into);
        }
        let Some(below) = below else { return Ok(()) };
        self.below.read(*below, into)?;
        if above.is_some() {
            merge_numbers(into, numbers);
            let tail = into.histograms.get_mut(histograms..).unwrap_or_default();
            tail.sort_by_key(|(at, _)| *at);
            into.histograms.dedup_by_key(|(at, _)| *at);
        }
        Ok(())
    }
}

/// Appends the samples of a time.
pub(crate) fn copy(from: &Column, after: i64, until: i64, into: &mut Column) {
    let first = from.times.partition_point(|at| *at <= after);
    let last = from.times.partition_point(|at| *at <= until).max(first);
    into.times.extend_from_slice(from.times.get(first..last).unwrap_or(&[]));
    into.values.extend_from_slice(from.values.get(first..last).unwrap_or(&[]));
    if !from.histograms.is_empty() {
        let first = from.histograms.partition_point(|(at, _)| *at <= after);
        let last = from.histograms.partition_point(|(at, _)| *at <= until).max(first);
        into.histograms.extend_from_slice(from.histograms.get(first..last).unwrap_or(&[]));
    }
}

/// Puts the numbers from a place on in order; of two at one instant the first stays.
fn merge_numbers(column: &mut Column, from: usize) {
    if column.times.get(from..).is_none_or(|times| times.is_sorted_by(|a, b| a < b)) {
        return;
    }
    let times = column.times.split_off(from);
    let values = column.values.split_off(from);
    let mut pairs: Vec<(i64, f64)> = times.into_iter().zip(values).collect();
    pairs.sort_by_key(|(at, _)| *at);
    pairs.dedup_by_key(|(at, _)| *at);
    column.times.extend(pairs.iter().map(|(at, _)| *at));
    column.values.extend(pairs.iter().map(|(_, value)| *value));
}
