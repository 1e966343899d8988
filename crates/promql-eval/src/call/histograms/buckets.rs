//! Histograms out of rows: classic ones are put together from their buckets, native ones are taken as they are.
//!
//! Source: Prometheus `resetHistograms`.

use evenkeel_labels::LabelSet;
use evenkeel_metric::Histogram;
use evenkeel_promql::Expr;

use crate::EvalFault;
use crate::evaluator::{Evaluator, Hints};
use crate::grid::Grid;
use crate::labels::{Labels, Numbered};
use crate::notes::Note;
use crate::quantile::{ClassicBucket, upper_bound};
use crate::row::{Row, is_absent};
use crate::sink::Done;
use crate::split;

/// The label that has a classic bucket's upper bound.
const BOUND: &str = "le";

/// What is asked of a histogram.
pub(super) trait Ask {
    /// Of a native one.
    fn native(&self, ev: &Evaluator<'_>, labels: &Labels, histogram: &Histogram, index: usize) -> f64;
    /// Of a classic one; its buckets ascend.
    fn classic(&self, ev: &Evaluator<'_>, labels: &Labels, buckets: &mut Vec<ClassicBucket>, index: usize) -> f64;
}

/// The histograms of a vector.
pub(super) struct Histograms {
    count: usize,
    groups: Vec<Group>,
}

/// What has the same labels but for the bound.
struct Group {
    labels: Labels,
    /// Each bucket's bound and counts.
    buckets: Vec<(f64, Row)>,
    native: Option<Row>,
}

impl Histograms {
    /// Reads a vector. Numbers without a bound are remarked on.
    pub(super) fn gather(ev: &Evaluator<'_>, vector: &Expr, grid: Grid) -> Result<Self, EvalFault> {
        let mut gathered = Self { count: grid.count, groups: Vec::new() };
        let mut numbered = Numbered::default();
        let mut kept = ev.with_hints(Hints::KeptBelow, || split::rows(ev, vector, grid, &|_, _| {}))?;
        for (labels, mut row) in std::mem::take(&mut kept.rows) {
            let labels = &labels;
            if row.has_histograms() {
                let mut native = row.clone();
                native.values.fill(crate::row::ABSENT);
                let group = gathered.group(&mut numbered, labels, true);
                match group.native.as_mut() {
                    Some(known) => {
                        known.merge(native);
                    }
                    None => group.native = Some(native),
                }
            }
            if row.values.iter().all(|value| is_absent(*value)) {
                continue;
            }
            let bound = labels.get(BOUND);
            let Some(upper) = upper_bound(bound) else {
                ev.remark(vector, Some(&labels.with(labels.seen(), false)), Note::BadBucketLabel(bound.to_owned()));
                continue;
            };
            row.clear_histograms();
            gathered.group(&mut numbered, labels, false).buckets.push((upper, row));
        }
        for group in &mut gathered.groups {
            group.buckets.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        }
        Ok(gathered)
    }

    /// The group of a row; of a native histogram a bound is a label like others.
    fn group(&mut self, numbered: &mut Numbered, labels: &Labels, native: bool) -> &mut Group {
        let keep = |name: &str| native || name != BOUND;
        let (place, new) = numbered.number(|text| {
            LabelSet::encode_sorted(labels.pairs().filter(|(name, _)| keep(name)), text);
        });
        if new {
            let set = LabelSet::from_encoded(numbered.text()).unwrap_or_default();
            let labels = labels.with(set, labels.drop_name);
            self.groups.push(Group { labels, buckets: Vec::new(), native: None });
        }
        #[expect(clippy::indexing_slicing, reason = "groups are numbered as they are pushed")]
        &mut self.groups[place]
    }

    /// Asks every histogram at every instant. One that is there both ways is not asked.
    pub(super) fn ask(
        &mut self,
        ev: &Evaluator<'_>,
        vector: &Expr,
        ask: &dyn Ask,
        give: &mut dyn FnMut(&Labels, &mut Row) -> Done,
    ) -> Done {
        let mut buckets: Vec<ClassicBucket> = Vec::new();
        for group in &self.groups {
            let mut row = Row::absent(self.count);
            for index in 0..self.count {
                buckets.clear();
                buckets.extend(group.buckets.iter().filter_map(|(upper, counts)| {
                    let count = *counts.values.get(index)?;
                    (!is_absent(count)).then_some(ClassicBucket { upper: *upper, count })
                }));
                let native = group.native.as_ref().and_then(|row| row.histogram(index));
                let value = match (native, buckets.is_empty()) {
                    (None, true) => continue,
                    (None, false) => ask.classic(ev, &group.labels, &mut buckets, index),
                    (Some(histogram), true) => ask.native(ev, &group.labels, histogram, index),
                    (Some(_), false) => {
                        let labels = group.labels.with(group.labels.seen(), false);
                        ev.remark(vector, Some(&labels), Note::MixedClassicNativeHistograms);
                        continue;
                    }
                };
                row.set(index, value);
            }
            if !row.is_empty() {
                give(&group.labels, &mut row)?;
            }
        }
        Ok(())
    }
}
