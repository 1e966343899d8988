//! A histogram while it is added to: its counts may be numbers, or numbers with what rounding took from them.
//!
//! Two histograms are added in the coarser of their schemas, with a zero bucket that cuts no bucket of either, and, when
//! their bounds are custom ones, by the bounds that both have.
//! Source: Prometheus, `model/histogram/float_histogram.go`, `Add`, `KahanAdd`, `reconcileZeroBuckets`.

use std::cmp::Ordering;

use super::bounds::exponential_bound;
use super::count::Count;
use super::side::{Borrowed, Side, Writer};
use super::{Added, Incompatible};
use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, ResetHint};

/// A histogram being added to.
#[derive(Debug, Clone)]
pub(super) struct Cells<C> {
    pub(super) reset_hint: ResetHint,
    pub(super) schema: i32,
    pub(super) zero_threshold: f64,
    pub(super) zero_count: C,
    pub(super) count: C,
    pub(super) sum: C,
    pub(super) positive: Side<C>,
    pub(super) negative: Side<C>,
    pub(super) custom_bounds: Vec<f64>,
}

/// The zero bucket and what lies around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct AroundZero<'a, C> {
    pub(super) schema: i32,
    pub(super) count: C,
    pub(super) positive: Borrowed<'a, C>,
    pub(super) negative: Borrowed<'a, C>,
}

impl<C: Count> AroundZero<'_, C> {
    /// What the zero bucket would count with a larger threshold, and that threshold: where it lies inside a bucket that
    /// counts something, it is that bucket's end.
    pub(super) fn widened(&self, threshold: f64) -> (C, f64) {
        let mut threshold = threshold;
        loop {
            let before = threshold;
            let (mut count, mut again) = (self.count, false);
            for (side, redo) in [(self.positive, false), (self.negative, true)] {
                for (index, bucket) in side.indexed() {
                    if exponential_bound(index.saturating_sub(1), self.schema) >= threshold {
                        break;
                    }
                    count = count.with(bucket);
                    let upper = exponential_bound(index, self.schema);
                    if upper > threshold {
                        if !bucket.is_zero() {
                            threshold = upper;
                            // The other side was counted by the old threshold.
                            again = redo;
                        }
                        break;
                    }
                }
            }
            if !again || threshold <= before {
                return (count, threshold);
            }
        }
    }
}

impl<C: Count> Cells<C> {
    pub(super) fn around_zero(&self) -> AroundZero<'_, C> {
        AroundZero {
            schema: self.schema,
            count: self.zero_count,
            positive: self.positive.borrowed(),
            negative: self.negative.borrowed(),
        }
    }

    /// Adds a histogram, or takes it away when the sign is -1.
    pub(super) fn add(&mut self, other: &Histogram, sign: f64) -> Result<Added, Incompatible> {
        let custom = self.schema == CUSTOM_BUCKETS_SCHEMA;
        if custom != other.has_custom_buckets() {
            return Err(Incompatible);
        }
        let resets_collide = self.adjust_hint(other.reset_hint);
        self.count = self.count.plus(sign * other.count);
        self.sum = self.sum.plus(sign * other.sum);
        let mut bounds_reconciled = false;
        if custom {
            bounds_reconciled = self.custom_bounds != other.custom_bounds;
            self.add_custom(other, sign, bounds_reconciled);
        } else {
            let zero = self.reconcile_zero(other);
            self.zero_count = self.zero_count.plus(sign * zero);
            self.add_exponential(other, sign);
        }
        Ok(Added { resets_collide, bounds_reconciled })
    }

    fn add_exponential(&mut self, other: &Histogram, sign: f64) {
        if other.schema < self.schema {
            self.positive = self.positive.borrowed().reduced(self.schema, other.schema);
            self.negative = self.negative.borrowed().reduced(self.schema, other.schema);
            self.schema = other.schema;
        }
        let (schema, threshold) = (self.schema, self.zero_threshold);
        let sides = [(&mut self.positive, other.positive_side()), (&mut self.negative, other.negative_side())];
        for (mine, theirs) in sides {
            if other.schema > schema {
                mine.add(theirs.reduced(other.schema, schema).borrowed(), schema, threshold, sign);
            } else {
                mine.add(theirs, schema, threshold, sign);
            }
        }
    }

    fn add_custom(&mut self, other: &Histogram, sign: f64, reconciled: bool) {
        if !reconciled {
            self.positive.add(other.positive_side(), self.schema, 0.0, sign);
            return;
        }
        let shared = shared_bounds(&self.custom_bounds, &other.custom_bounds);
        let mine = self.positive.borrowed().by_bounds(&self.custom_bounds, &shared);
        let theirs = other.positive_side().by_bounds(&other.custom_bounds, &shared);
        let mut writer = Writer::default();
        for (index, (mine, theirs)) in (0_i32..).zip(mine.into_iter().zip(theirs)) {
            let both = mine.plus(sign * theirs);
            if !both.is_zero() {
                writer.push(index, both);
            }
        }
        self.positive = writer.side;
        self.custom_bounds = shared;
    }

    /// Widens the zero bucket until it cuts no bucket of either histogram, and says what the other's would count then.
    fn reconcile_zero(&mut self, other: &Histogram) -> f64 {
        let (mut count, mut threshold) = (other.zero_count, other.zero_threshold);
        // What is no number is never the same, and ends it.
        while threshold.partial_cmp(&self.zero_threshold).is_some_and(Ordering::is_ne) {
            if self.zero_threshold > threshold {
                (count, threshold) = other.around_zero().widened(self.zero_threshold);
            }
            if threshold > self.zero_threshold {
                (self.zero_count, self.zero_threshold) = self.around_zero().widened(threshold);
                let (schema, threshold) = (self.schema, self.zero_threshold);
                let outside = |index: i32| exponential_bound(index.saturating_sub(1), schema) >= threshold;
                self.positive.retain(outside);
                self.negative.retain(outside);
                self.positive.compact(0);
                self.negative.compact(0);
            }
        }
        count
    }

    /// The hint of the sum; whether one said that counting began anew and the other that it did not.
    fn adjust_hint(&mut self, other: ResetHint) -> bool {
        let (hint, collide) = match (self.reset_hint, other) {
            (mine, theirs) if mine == theirs => (mine, false),
            (ResetHint::Gauge, _) | (_, ResetHint::Gauge) => (ResetHint::Gauge, false),
            (ResetHint::Unknown, _) | (_, ResetHint::Unknown) => (ResetHint::Unknown, false),
            _ => (ResetHint::Unknown, true),
        };
        self.reset_hint = hint;
        collide
    }

    pub(super) fn scale(&mut self, change: impl Fn(f64) -> f64 + Copy) {
        let sides = self.positive.counts.iter_mut().chain(&mut self.negative.counts);
        for count in sides.chain([&mut self.zero_count, &mut self.count, &mut self.sum]) {
            *count = count.map(change);
        }
    }

    pub(super) fn has_overflow(&self) -> bool {
        let sides = self.positive.counts.iter().chain(&self.negative.counts);
        sides.chain([&self.zero_count, &self.count, &self.sum]).any(|count| count.is_infinite())
    }

    /// The same with counts of another kind.
    pub(super) fn map<D>(self, change: impl Fn(C) -> D + Copy) -> Cells<D> {
        let side = |side: Side<C>| Side { spans: side.spans, counts: side.counts.into_iter().map(change).collect() };
        Cells {
            reset_hint: self.reset_hint,
            schema: self.schema,
            zero_threshold: self.zero_threshold,
            zero_count: change(self.zero_count),
            count: change(self.count),
            sum: change(self.sum),
            positive: side(self.positive),
            negative: side(self.negative),
            custom_bounds: self.custom_bounds,
        }
    }
}

/// The bounds that are in both lists; both ascend.
pub(super) fn shared_bounds(left: &[f64], right: &[f64]) -> Vec<f64> {
    let mut right = right.iter().peekable();
    let in_right = |bound: &&f64| {
        while right.next_if(|other| other < bound).is_some() {}
        right.next_if(|other| other == bound).is_some()
    };
    left.iter().filter(in_right).copied().collect()
}

impl From<Histogram> for Cells<f64> {
    fn from(histogram: Histogram) -> Self {
        Self {
            reset_hint: histogram.reset_hint,
            schema: histogram.schema,
            zero_threshold: histogram.zero_threshold,
            zero_count: histogram.zero_count,
            count: histogram.count,
            sum: histogram.sum,
            positive: Side { spans: histogram.positive_spans, counts: histogram.positive_counts },
            negative: Side { spans: histogram.negative_spans, counts: histogram.negative_counts },
            custom_bounds: histogram.custom_bounds,
        }
    }
}

impl From<Cells<f64>> for Histogram {
    fn from(cells: Cells<f64>) -> Self {
        Self {
            reset_hint: cells.reset_hint,
            schema: cells.schema,
            zero_threshold: cells.zero_threshold,
            zero_count: cells.zero_count,
            count: cells.count,
            sum: cells.sum,
            positive_spans: cells.positive.spans,
            positive_counts: cells.positive.counts,
            negative_spans: cells.negative.spans,
            negative_counts: cells.negative.counts,
            custom_bounds: cells.custom_bounds,
        }
    }
}
