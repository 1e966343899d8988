//! Whether a histogram is one.

use super::bounds::{SCHEMA_MAX, SCHEMA_MIN};
use crate::{Histogram, Span};

/// Why a histogram is none. Texts are Prometheus's.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum HistogramFault {
    /// Its schema is none.
    #[error(
        "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53 for custom \
         buckets, got schema {0}"
    )]
    Schema(i32),
    /// A span lies before the end of the one before.
    #[error("span number {number} with offset {offset}: histogram has a span whose offset is negative")]
    SpanOffset {
        /// The span, from 1.
        number: usize,
        /// Its offset.
        offset: i32,
    },
    /// Spans and counts do not fit.
    #[error(
        "spans need {needed} buckets, have {found} buckets: histogram spans specify different number of buckets than \
         provided"
    )]
    BucketsMismatch {
        /// As the spans say.
        needed: u64,
        /// As there are.
        found: usize,
    },
    /// A bucket counts less than nothing.
    #[error(
        "bucket number {number} has observation count of {count}: histogram has a bucket whose observation count is negative"
    )]
    NegativeBucket {
        /// The bucket, from 1.
        number: usize,
        /// What it counts.
        count: f64,
    },
    /// The zero bucket counts less than nothing.
    #[error("zero bucket has observation count of {0}: histogram has a bucket whose observation count is negative")]
    NegativeZeroBucket(f64),
    /// Less than nothing was observed.
    #[error("observation count is {0}: histogram's observation count is negative")]
    NegativeCount(f64),
    /// Custom bounds fall or repeat.
    #[error(
        "custom buckets: previous bound is {before} and current is {bound}: histogram custom bounds must be in strictly increasing order"
    )]
    BoundsOrder {
        /// The bound before.
        before: f64,
        /// The bound.
        bound: f64,
    },
    /// The last custom bound is infinite, or one is no number.
    #[error("custom buckets: histogram custom bounds must be finite")]
    BoundsInfinite,
    /// More buckets than custom bounds.
    #[error(
        "custom buckets: only {bounds} custom bounds defined which is insufficient to cover total span length of {needed}: histogram custom bounds are too few"
    )]
    BoundsFew {
        /// How many there are.
        bounds: usize,
        /// How many buckets the spans reach over.
        needed: u64,
    },
    /// Custom buckets know neither a zero bucket nor negative ones.
    #[error("custom buckets: must have neither a zero bucket nor negative buckets")]
    CustomWithOthers,
    /// Bounds are written out, and follow from the schema too.
    #[error("histogram with exponential schema must not have custom bounds")]
    ExponentialWithBounds,
}

impl Histogram {
    /// Whether spans, counts and bounds fit each other. Counts need not add up, since those of floats are rounded.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn validate(&self) -> Result<(), HistogramFault> {
        if self.has_custom_buckets() {
            self.validate_custom()?;
        } else if (SCHEMA_MIN..=SCHEMA_MAX).contains(&self.schema) {
            spans_fit(&self.positive_spans, self.positive_counts.len())?;
            spans_fit(&self.negative_spans, self.negative_counts.len())?;
            counts_fit(&self.negative_counts)?;
            if self.zero_count < 0.0 {
                return Err(HistogramFault::NegativeZeroBucket(self.zero_count));
            }
            if !self.custom_bounds.is_empty() {
                return Err(HistogramFault::ExponentialWithBounds);
            }
        } else {
            return Err(HistogramFault::Schema(self.schema));
        }
        if self.count < 0.0 {
            return Err(HistogramFault::NegativeCount(self.count));
        }
        counts_fit(&self.positive_counts)
    }

    fn validate_custom(&self) -> Result<(), HistogramFault> {
        for (before, bound) in self.custom_bounds.iter().zip(self.custom_bounds.iter().skip(1)) {
            if bound <= before {
                return Err(HistogramFault::BoundsOrder { before: *before, bound: *bound });
            }
        }
        let infinite = self.custom_bounds.last().is_some_and(|last| *last == f64::INFINITY);
        if infinite || self.custom_bounds.iter().any(|bound| bound.is_nan()) {
            return Err(HistogramFault::BoundsInfinite);
        }
        spans_fit(&self.positive_spans, self.positive_counts.len())?;
        let mut needed = 0;
        for span in &self.positive_spans {
            let offset = u64::try_from(span.offset)
                .map_err(|_| HistogramFault::SpanOffset { number: 1, offset: span.offset })?;
            needed += offset + u64::from(span.length);
        }
        let bounds = self.custom_bounds.len();
        if needed > u64::try_from(bounds).unwrap_or(u64::MAX).saturating_add(1) {
            return Err(HistogramFault::BoundsFew { bounds, needed });
        }
        let others = self.zero_count != 0.0
            || self.zero_threshold != 0.0
            || !self.negative_spans.is_empty()
            || !self.negative_counts.is_empty();
        if others { Err(HistogramFault::CustomWithOthers) } else { Ok(()) }
    }
}

fn spans_fit(spans: &[Span], found: usize) -> Result<(), HistogramFault> {
    let mut needed = 0;
    for (number, span) in (1..).zip(spans) {
        if number > 1 && span.offset < 0 {
            return Err(HistogramFault::SpanOffset { number, offset: span.offset });
        }
        needed += u64::from(span.length);
    }
    if usize::try_from(needed) == Ok(found) { Ok(()) } else { Err(HistogramFault::BucketsMismatch { needed, found }) }
}

fn counts_fit(counts: &[f64]) -> Result<(), HistogramFault> {
    let negative = (1..).zip(counts).find(|(_, count)| **count < 0.0);
    negative.map_or(Ok(()), |(number, count)| Err(HistogramFault::NegativeBucket { number, count: *count }))
}

#[cfg(test)]
mod tests {
    use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, Span};

    #[test]
    fn what_does_not_fit_is_said() {
        let fine = Histogram {
            positive_spans: vec![Span { offset: -3, length: 2 }],
            positive_counts: vec![1.0, 2.0],
            count: 3.0,
            ..Histogram::default()
        };
        assert_eq!(fine.validate(), Ok(()));
        let custom = Histogram { schema: CUSTOM_BUCKETS_SCHEMA, custom_bounds: vec![1.0, 2.0], ..Histogram::default() };
        assert_eq!(custom.validate(), Ok(()));
        let spans = vec![Span { offset: 0, length: 1 }, Span { offset: -1, length: 1 }];
        for (histogram, says) in [
            (Histogram { schema: 9, ..fine.clone() }, "invalid schema"),
            (Histogram { positive_counts: vec![1.0], ..fine.clone() }, "spans need 2 buckets, have 1"),
            (Histogram { positive_counts: vec![1.0, -2.0], ..fine.clone() }, "bucket number 2"),
            (Histogram { positive_spans: spans, ..fine.clone() }, "span number 2 with offset -1"),
            (Histogram { zero_count: -1.0, ..fine.clone() }, "zero bucket"),
            (Histogram { count: -1.0, ..fine.clone() }, "observation count is -1"),
            (Histogram { custom_bounds: vec![1.0], ..fine.clone() }, "must not have custom bounds"),
            (Histogram { custom_bounds: vec![2.0, 1.0], ..custom.clone() }, "strictly increasing"),
            (Histogram { custom_bounds: vec![f64::INFINITY], ..custom.clone() }, "finite"),
            (Histogram { zero_threshold: 0.1, ..custom.clone() }, "neither"),
            (Histogram { schema: CUSTOM_BUCKETS_SCHEMA, ..fine.clone() }, "offset -3"),
        ] {
            let said = histogram.validate().map_err(|fault| fault.to_string()).expect_err(says);
            assert!(said.contains(says), "{said} does not say {says}");
        }
        let far = vec![Span { offset: 2, length: 2 }];
        let few = Histogram { positive_spans: far, positive_counts: vec![1.0; 2], ..custom };
        assert!(few.validate().expect_err("too few").to_string().contains("only 2 custom bounds"));
    }
}
