//! `sum` and `avg`, with what rounding takes kept beside the sum.
//!
//! Source: Kahan and Neumaier, as in Prometheus; the rounding of each addition is computed without branches (Knuth's two-sum,
//! which gives the same).

use std::sync::Arc;

use evenkeel_metric::{Compensated, Histogram, HistogramSum, ResetHint};

use super::{Accumulator, Context};
use crate::labels::Labels;
use crate::notes::Note;
use crate::row::{Row, is_absent};

/// A sum.
pub(super) struct Sum {
    sums: Vec<f64>,
    lows: Vec<f64>,
    counts: Vec<f64>,
    histograms: Histograms,
}

impl Sum {
    pub(super) fn new(count: usize) -> Self {
        let zeros = || vec![0.0; count];
        Self { sums: zeros(), lows: zeros(), counts: zeros(), histograms: Histograms::default() }
    }
}

impl Accumulator for Sum {
    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, row: &Row) {
        let sums = self.sums.iter_mut().zip(&mut self.lows).zip(&mut self.counts);
        for (((sum, low), count), value) in sums.zip(&row.values) {
            let (value, one) = if is_absent(*value) { (0.0, 0.0) } else { (*value, 1.0) };
            let total = *sum + value;
            let added = total - *sum;
            *low += (*sum - (total - added)) + (value - added);
            *sum = total;
            *count += one;
        }
        if row.has_histograms() {
            self.histograms.add(cx, labels, row);
        }
    }

    fn join(&mut self, other: Self) {
        let sums = self.sums.iter_mut().zip(&mut self.lows).zip(other.sums.iter().zip(&other.lows));
        for ((sum, low), (more, more_low)) in sums {
            let total = *sum + more;
            let added = total - *sum;
            *low += (*sum - (total - added)) + (more - added) + more_low;
            *sum = total;
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        self.histograms.join(other.histograms);
    }

    fn finish(self, cx: &Context<'_, '_>, into: &mut Row) {
        let sums = self.sums.iter().zip(&self.lows).zip(&self.counts);
        for (slot, ((sum, low), count)) in into.values.iter_mut().zip(sums) {
            if *count > 0.0 {
                // What is lost of an infinite sum is no number.
                *slot = if sum.is_finite() { sum + low } else { *sum };
            }
        }
        self.histograms.finish(cx, into, |sum, _| sum.total());
    }
}

/// A mean.
pub(super) struct Average {
    means: Vec<Mean>,
    histograms: Histograms,
}

/// The mean of numbers: of their sum, until that would be infinite.
#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    /// The sum, or the mean when `incremental`.
    value: Compensated,
    count: f64,
    incremental: bool,
}

impl Mean {
    #[inline]
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        if self.count == 1.0 {
            self.value = Compensated { sum: value, low: 0.0 };
            return;
        }
        if !self.incremental {
            let sum = self.value.plus(value);
            if !sum.sum.is_infinite() {
                self.value = sum;
                return;
            }
            self.incremental = true;
            let before = self.count - 1.0;
            self.value = Compensated { sum: self.value.sum / before, low: self.value.low / before };
        }
        let share = (self.count - 1.0) / self.count;
        let before = Compensated { sum: share * self.value.sum, low: share * self.value.low };
        self.value = before.plus(value / self.count);
    }

    fn join(&mut self, other: Self) {
        if self.count == 0.0 || other.count == 0.0 {
            if self.count == 0.0 {
                *self = other;
            }
            return;
        }
        let count = self.count + other.count;
        let sum = self.value.plus(other.value.sum);
        let is_plain = !self.incremental && !other.incremental && sum.sum.is_finite();
        self.value = if is_plain {
            Compensated { low: sum.low + other.value.low, ..sum }
        } else {
            let (mine, others) = (self.value() * (self.count / count), other.value() * (other.count / count));
            Compensated { sum: mine, low: 0.0 }.plus(others)
        };
        self.incremental = !is_plain;
        self.count = count;
    }

    fn value(&self) -> f64 {
        let Compensated { sum, low } = self.value;
        if self.incremental { sum + low } else { sum / self.count + low / self.count }
    }
}

impl Average {
    pub(super) fn new(count: usize) -> Self {
        Self { means: vec![Mean::default(); count], histograms: Histograms::default() }
    }
}

impl Accumulator for Average {
    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, row: &Row) {
        for (mean, value) in self.means.iter_mut().zip(&row.values) {
            if !is_absent(*value) {
                mean.add(*value);
            }
        }
        if row.has_histograms() {
            self.histograms.add(cx, labels, row);
        }
    }

    fn join(&mut self, other: Self) {
        self.means.iter_mut().zip(other.means).for_each(|(mean, more)| mean.join(more));
        self.histograms.join(other.histograms);
    }

    fn finish(self, cx: &Context<'_, '_>, into: &mut Row) {
        for (slot, mean) in into.values.iter_mut().zip(&self.means) {
            if mean.count > 0.0 {
                *slot = mean.value();
            }
        }
        self.histograms.finish(cx, into, |mut sum, count| {
            sum.div(count);
            sum.total()
        });
    }
}

/// Sums of histograms. Shape: one an instant, or none when no histogram came.
#[derive(Default)]
struct Histograms(Vec<Slot>);

#[derive(Debug, Clone, Default)]
struct Slot {
    sum: Option<Box<HistogramSum>>,
    count: f64,
    incompatible: bool,
    reset_seen: bool,
    not_reset_seen: bool,
}

impl Histograms {
    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, row: &Row) {
        if self.0.is_empty() {
            self.0.resize(row.len(), Slot::default());
        }
        for (slot, histogram) in self.0.iter_mut().zip(&row.histograms) {
            if let Some(histogram) = histogram
                && !slot.incompatible
            {
                slot.add(cx, labels, histogram);
            }
        }
    }

    fn join(&mut self, other: Self) {
        if self.0.is_empty() {
            self.0 = other.0;
            return;
        }
        self.0.iter_mut().zip(other.0).for_each(|(slot, more)| slot.join(more));
    }

    /// Sets the histograms; where there are numbers too, neither is set.
    fn finish(self, cx: &Context<'_, '_>, into: &mut Row, value: impl Fn(HistogramSum, f64) -> Histogram) {
        for (index, slot) in self.0.into_iter().enumerate() {
            let Some(sum) = slot.sum else { continue };
            if into.is_present(index) {
                cx.remark(None, Note::MixedFloatsHistogramsAggregation);
                into.clear(index);
                continue;
            }
            if slot.incompatible {
                continue;
            }
            if slot.reset_seen && slot.not_reset_seen {
                cx.remark(None, Note::CounterResetCollision("aggregation"));
            }
            let mut histogram = value(*sum, slot.count);
            histogram.compact();
            into.set_histogram(index, Arc::new(histogram));
        }
    }
}

impl Slot {
    fn join(&mut self, other: Self) {
        self.count += other.count;
        self.incompatible |= other.incompatible;
        self.reset_seen |= other.reset_seen;
        self.not_reset_seen |= other.not_reset_seen;
        match (&mut self.sum, other.sum) {
            (_, None) => {}
            (Some(sum), Some(more)) => self.incompatible |= sum.add(&more.total()).is_err(),
            (sum, more) => *sum = more,
        }
    }

    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, histogram: &Histogram) {
        self.count += 1.0;
        self.reset_seen |= histogram.reset_hint == ResetHint::Reset;
        self.not_reset_seen |= histogram.reset_hint == ResetHint::NotReset;
        let Some(sum) = &mut self.sum else {
            self.sum = Some(Box::new(HistogramSum::of(histogram.clone())));
            return;
        };
        match sum.add(histogram) {
            Ok(added) if added.bounds_reconciled => cx.remark(None, Note::MismatchedCustomBuckets("aggregation")),
            Ok(_) => {}
            Err(_) => {
                cx.remark(Some(labels), Note::MixedExponentialCustom);
                self.incompatible = true;
            }
        }
    }
}
