//! The buckets of a histogram, each with its bounds.

use super::bounds::upper_bound;
use crate::Histogram;

/// A bucket: what lies between two bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// Whether what equals the lower bound is in it.
    pub lower_inclusive: bool,
    /// Whether what equals the upper bound is in it.
    pub upper_inclusive: bool,
    /// How many observations.
    pub count: f64,
    /// Its index among those of its side and schema; 0 of the zero bucket.
    pub index: i32,
}

impl Bucket {
    /// Which bounds are in it, as Prometheus's API says it: 0 the upper, 1 the lower, 2 neither, 3 both.
    #[must_use]
    pub const fn boundary_rule(&self) -> u8 {
        match (self.lower_inclusive, self.upper_inclusive) {
            (false, true) => 0,
            (true, false) => 1,
            (false, false) => 2,
            (true, true) => 3,
        }
    }
}

impl Histogram {
    /// The buckets above zero, ascending; of custom buckets all of them.
    pub fn positive_buckets(&self) -> impl Iterator<Item = Bucket> {
        self.positive_side().indexed().map(|(index, count)| self.positive_bucket(index, count))
    }

    /// The buckets below zero, descending: away from zero.
    pub fn negative_buckets(&self) -> impl Iterator<Item = Bucket> {
        self.negative_side().indexed().map(|(index, count)| self.negative_bucket(index, count))
    }

    /// All buckets, ascending, the zero bucket when it counts something. Those beside it end where it begins.
    pub fn buckets(&self) -> impl Iterator<Item = Bucket> {
        let negative = self.negative_side().indexed_back().map(|(index, count)| self.negative_bucket(index, count));
        let positive = self.positive_buckets();
        negative.chain(self.zero_bucket()).chain(positive).map(|bucket| self.beside_zero(bucket))
    }

    /// All buckets, descending.
    pub fn buckets_descending(&self) -> impl Iterator<Item = Bucket> {
        let positive = self.positive_side().indexed_back().map(|(index, count)| self.positive_bucket(index, count));
        let negative = self.negative_buckets();
        positive.chain(self.zero_bucket()).chain(negative).map(|bucket| self.beside_zero(bucket))
    }

    /// The zero bucket, when it counts something.
    fn zero_bucket(&self) -> Option<Bucket> {
        (self.zero_count > 0.0 && !self.has_custom_buckets()).then(|| self.zero())
    }

    pub(super) fn zero(&self) -> Bucket {
        Bucket {
            lower: -self.zero_threshold,
            upper: self.zero_threshold,
            lower_inclusive: true,
            upper_inclusive: true,
            count: self.zero_count,
            index: 0,
        }
    }

    fn beside_zero(&self, bucket: Bucket) -> Bucket {
        let mut bucket = bucket;
        if bucket.upper < 0.0 && bucket.upper > -self.zero_threshold {
            bucket.upper = -self.zero_threshold;
        } else if bucket.lower > 0.0 && bucket.lower < self.zero_threshold {
            bucket.lower = self.zero_threshold;
        }
        bucket
    }

    fn positive_bucket(&self, index: i32, count: f64) -> Bucket {
        let bound = |index: i32| upper_bound(index, self.schema, &self.custom_bounds);
        self.bucket(bound(index.saturating_sub(1)), bound(index), count, index)
    }

    fn negative_bucket(&self, index: i32, count: f64) -> Bucket {
        let bound = |index: i32| -upper_bound(index, self.schema, &[]);
        self.bucket(bound(index), bound(index.saturating_sub(1)), count, index)
    }

    fn bucket(&self, lower: f64, upper: f64, count: f64, index: i32) -> Bucket {
        let (lower_inclusive, upper_inclusive) =
            if self.has_custom_buckets() { (index == 0, true) } else { (lower < 0.0, upper > 0.0) };
        Bucket { lower, upper, lower_inclusive, upper_inclusive, count, index }
    }
}

#[cfg(test)]
mod tests {
    use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, Span};

    fn shown(histogram: &Histogram) -> Vec<(f64, f64, u8, f64)> {
        let buckets = histogram.buckets();
        buckets.map(|bucket| (bucket.lower, bucket.upper, bucket.boundary_rule(), bucket.count)).collect()
    }

    #[test]
    fn buckets_ascend_and_end_where_the_zero_bucket_begins() {
        let histogram = Histogram {
            zero_threshold: 0.3,
            zero_count: 2.0,
            positive_spans: vec![Span { offset: -1, length: 2 }, Span { offset: 1, length: 1 }],
            positive_counts: vec![1.0, 2.0, 4.0],
            negative_spans: vec![Span { offset: 0, length: 1 }, Span { offset: 2, length: 1 }],
            negative_counts: vec![3.0, 5.0],
            ..Histogram::default()
        };
        let expected = vec![
            (-8.0, -4.0, 1, 5.0),
            (-1.0, -0.5, 1, 3.0),
            (-0.3, 0.3, 3, 2.0),
            (0.3, 0.5, 0, 1.0),
            (0.5, 1.0, 0, 2.0),
            (2.0, 4.0, 0, 4.0),
        ];
        assert_eq!(shown(&histogram), expected);
        let mut descending: Vec<_> = histogram.buckets_descending().map(|bucket| bucket.lower).collect();
        descending.reverse();
        assert_eq!(descending, expected.iter().map(|bucket| bucket.0).collect::<Vec<_>>());
    }

    #[test]
    fn custom_buckets_reach_from_minus_infinity_to_infinity() {
        let histogram = Histogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            positive_spans: vec![Span { offset: 0, length: 3 }],
            positive_counts: vec![1.0, 2.0, 3.0],
            custom_bounds: vec![5.0, 10.0],
            ..Histogram::default()
        };
        let expected = vec![(f64::NEG_INFINITY, 5.0, 3, 1.0), (5.0, 10.0, 0, 2.0), (10.0, f64::INFINITY, 0, 3.0)];
        assert_eq!(shown(&histogram), expected);
    }
}
