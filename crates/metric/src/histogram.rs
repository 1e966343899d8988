//! Native histograms: counts of observations in buckets whose bounds follow from a schema.
//!
//! What they are and what is reckoned with them is as in Prometheus, to the bit where a bound or a sum is concerned.
//! Source: Prometheus, "Native Histograms" specification, and `model/histogram`.

mod arithmetic;
mod bounds;
mod bucket;
mod cells;
mod count;
mod number;
mod reset;
mod side;
mod sum;
mod text;
mod trim;
mod validate;

pub use bucket::Bucket;
pub use count::Compensated;
pub use number::GoFloat;
pub use sum::HistogramSum;
pub use validate::HistogramFault;

use cells::AroundZero;
use side::Borrowed;

/// The schema of histograms whose bounds are written out.
pub const CUSTOM_BUCKETS_SCHEMA: i32 = -53;

/// A native histogram. Counts are absolute; those of an integer histogram are exact up to 2^53.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Histogram {
    /// Whether it may have begun anew since the one before.
    pub reset_hint: ResetHint,
    /// -4 to 8: bounds grow by `2^(2^-schema)`; [`CUSTOM_BUCKETS_SCHEMA`]: they are [`Self::custom_bounds`].
    pub schema: i32,
    /// Observations whose size is at most this are in the zero bucket.
    pub zero_threshold: f64,
    /// Observations in the zero bucket.
    pub zero_count: f64,
    /// Observations.
    pub count: f64,
    /// Their sum; [`crate::stale`] says that the series ended.
    pub sum: f64,
    /// Which buckets above zero are there.
    pub positive_spans: Vec<Span>,
    /// Their counts, one a bucket.
    pub positive_counts: Vec<f64>,
    /// Which buckets below zero are there.
    pub negative_spans: Vec<Span>,
    /// Their counts, one a bucket.
    pub negative_counts: Vec<f64>,
    /// Upper bounds, ascending, without the last, which is infinite.
    pub custom_bounds: Vec<f64>,
}

/// Consecutive buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// Buckets left out since the span before; the first span's is the index of its first bucket.
    pub offset: i32,
    /// How many.
    pub length: u32,
}

/// What is known of a histogram beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ResetHint {
    /// Nothing: counts that fall say that it began anew.
    #[default]
    Unknown,
    /// It began anew.
    Reset,
    /// It did not.
    NotReset,
    /// It is a gauge: counts rise and fall.
    Gauge,
}

/// Exponential and custom buckets have nothing in common, so two histograms cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot apply this operation on histograms with a mix of exponential and custom bucket schemas")]
pub struct Incompatible;

/// What was noticed when two histograms became one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// One said that it began anew, the other that it did not.
    pub resets_collide: bool,
    /// Their custom bounds differ, and those that both have are left.
    pub bounds_reconciled: bool,
}

impl Histogram {
    /// Whether its bounds are written out rather than following from the schema.
    #[must_use]
    pub const fn has_custom_buckets(&self) -> bool {
        self.schema == CUSTOM_BUCKETS_SCHEMA
    }

    /// Whether it says that the series ended.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        crate::is_stale(self.sum)
    }

    /// Whether it is the same to the bit, however the spans are cut. Hints may differ.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let bits = |left: f64, right: f64| left.to_bits() == right.to_bits();
        let same = |left: Borrowed<'_, f64>, right: Borrowed<'_, f64>| {
            left.counts.len() == right.counts.len()
                && left.indexed().zip(right.indexed()).all(|(left, right)| left.0 == right.0 && bits(left.1, right.1))
        };
        #[expect(clippy::float_cmp, reason = "a width is the same or another one")]
        let widths = self.zero_threshold == other.zero_threshold;
        self.schema == other.schema
            && widths
            && bits(self.count, other.count)
            && bits(self.sum, other.sum)
            && bits(self.zero_count, other.zero_count)
            && (!self.has_custom_buckets() || self.custom_bounds == other.custom_bounds)
            && same(self.positive_side(), other.positive_side())
            && same(self.negative_side(), other.negative_side())
    }

    pub(self) fn positive_side(&self) -> Borrowed<'_, f64> {
        Borrowed { spans: &self.positive_spans, counts: &self.positive_counts }
    }

    pub(self) fn negative_side(&self) -> Borrowed<'_, f64> {
        Borrowed { spans: &self.negative_spans, counts: &self.negative_counts }
    }

    pub(self) fn around_zero(&self) -> AroundZero<'_, f64> {
        AroundZero {
            schema: self.schema,
            count: self.zero_count,
            positive: self.positive_side(),
            negative: self.negative_side(),
        }
    }
}
