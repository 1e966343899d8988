//! Observations above or below a value cut away.
//!
//! The bucket that the value lies in is cut where it lies, taking observations to be spread as [`crate::Histogram`]'s
//! quantiles take them: evenly in custom buckets and in the zero bucket, else evenly by logarithm. The sum of what is left is
//! estimated from the middles of buckets. Source: Prometheus, `FloatHistogram.TrimBuckets`.

use super::Bucket;
use crate::Histogram;

/// What is cut away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// What is larger.
    Above,
    /// What is smaller.
    Below,
}

/// How observations are spread within a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    Linear,
    Positive,
    Negative,
}

/// What is left of a bucket: how many, and around which value.
type Left = (f64, f64);

impl Histogram {
    /// Keeps what is at most a value: `</`.
    #[must_use]
    pub fn trimmed_above(&self, value: f64) -> Self {
        self.trimmed(value, Cut::Above)
    }

    /// Keeps what is at least a value: `>/`.
    #[must_use]
    pub fn trimmed_below(&self, value: f64) -> Self {
        self.trimmed(value, Cut::Below)
    }

    fn trimmed(&self, value: f64, cut: Cut) -> Self {
        let mut trimmed = self.clone();
        let (mut count, mut sum, mut changed) = (0.0, 0.0, false);
        let mut keep = |slot: &mut f64, (kept, middle): Left| {
            changed |= *slot != kept;
            *slot = kept;
            count += kept;
            sum += middle * kept;
        };
        let positive = if self.has_custom_buckets() { Spread::Linear } else { Spread::Positive };
        for (slot, bucket) in trimmed.positive_counts.iter_mut().zip(self.positive_buckets()) {
            if bucket.count != 0.0 {
                keep(slot, left_of_bucket(&bucket, value, cut, positive));
            }
        }
        for (slot, bucket) in trimmed.negative_counts.iter_mut().zip(self.negative_buckets()) {
            if bucket.count != 0.0 {
                keep(slot, left_of_bucket(&bucket, value, cut, Spread::Negative));
            }
        }
        if self.zero_count > 0.0 {
            keep(&mut trimmed.zero_count, self.left_of_zero(value, cut));
        }
        if changed {
            (trimmed.count, trimmed.sum) = (count, sum);
            trimmed.compact();
        }
        trimmed
    }

    fn left_of_zero(&self, value: f64, cut: Cut) -> Left {
        let bucket = self.zero();
        let counts = |counts: &[f64]| counts.iter().any(|count| *count != 0.0);
        let (has_negative, has_positive) = (counts(&self.negative_counts), counts(&self.positive_counts));
        let lower = if has_positive && !has_negative { 0.0 } else { bucket.lower };
        let upper = if has_negative && !has_positive { 0.0 } else { bucket.upper };
        let (from, to) = match cut {
            Cut::Above => (lower, value.min(upper)),
            Cut::Below => (value.max(lower), upper),
        };
        if to <= lower && cut == Cut::Above || from >= upper && cut == Cut::Below {
            return (0.0, 0.0);
        }
        let share = if from <= lower && to >= upper { 1.0 } else { (to - from) / (upper - lower) };
        (bucket.count * share, f64::midpoint(from, to))
    }
}

fn left_of_bucket(bucket: &Bucket, value: f64, cut: Cut, spread: Spread) -> Left {
    let (whole, none) = match cut {
        Cut::Above => (bucket.upper <= value, bucket.lower >= value),
        Cut::Below => (bucket.lower >= value, bucket.upper <= value),
    };
    if whole {
        return (bucket.count, middle(bucket.lower, bucket.upper, spread));
    }
    if none {
        return (0.0, 0.0);
    }
    if bucket.lower.is_infinite() || bucket.upper.is_infinite() {
        return left_of_infinite(bucket, value, cut);
    }
    let below = bucket.count * share_below(bucket, value, spread);
    match cut {
        Cut::Above => (below, middle(bucket.lower, value, spread)),
        Cut::Below => (bucket.count - below, middle(value, bucket.upper, spread)),
    }
}

/// How observations of an infinite bucket are spread is not known, so all that may have to go go; but a bucket from minus
/// infinity to something above zero is taken to begin at zero, and one that only ends at infinity is kept when it is cut
/// from below.
fn left_of_infinite(bucket: &Bucket, value: f64, cut: Cut) -> Left {
    let from_zero = bucket.lower.is_infinite() && bucket.upper > 0.0 && bucket.upper.is_finite();
    match cut {
        Cut::Above if from_zero && value > 0.0 => (bucket.count * value / bucket.upper, value / 2.0),
        Cut::Above if bucket.lower.is_infinite() && bucket.upper <= 0.0 => (bucket.count, value),
        Cut::Below if from_zero && value >= 0.0 => {
            (bucket.count * (1.0 - value / bucket.upper), f64::midpoint(value, bucket.upper))
        }
        Cut::Below if bucket.lower.is_finite() => (bucket.count, value),
        Cut::Above | Cut::Below => (0.0, 0.0),
    }
}

fn share_below(bucket: &Bucket, value: f64, spread: Spread) -> f64 {
    let logarithm = |value: f64| value.abs().log2();
    let (lower, upper, at) = (logarithm(bucket.lower), logarithm(bucket.upper), logarithm(value));
    match spread {
        Spread::Linear => (value - bucket.lower) / (bucket.upper - bucket.lower),
        Spread::Positive => (at - lower) / (upper - lower),
        Spread::Negative => 1.0 - (at - upper) / (lower - upper),
    }
}

fn middle(lower: f64, upper: f64, spread: Spread) -> f64 {
    if lower.is_infinite() {
        return match upper {
            upper if upper.is_infinite() => 0.0,
            upper if upper > 0.0 => upper / 2.0,
            upper => upper,
        };
    }
    if upper.is_infinite() {
        return lower;
    }
    match spread {
        Spread::Linear => f64::midpoint(lower, upper),
        Spread::Positive => (lower * upper).abs().sqrt(),
        Spread::Negative => -(lower * upper).abs().sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, Span};

    fn exponential() -> Histogram {
        Histogram {
            zero_threshold: 1.0,
            zero_count: 4.0,
            count: 10.0,
            sum: 100.0,
            positive_spans: vec![Span { offset: 1, length: 3 }],
            positive_counts: vec![1.0, 2.0, 3.0],
            ..Histogram::default()
        }
    }

    #[test]
    fn buckets_are_cut_where_the_value_lies() {
        let half = exponential().trimmed_above(2.0 * 2.0_f64.sqrt());
        assert_eq!(half.positive_spans, [Span { offset: 1, length: 2 }]);
        assert!((half.positive_counts[1] - 1.0).abs() < 1e-12, "{half}");
        assert!((half.count - 6.0).abs() < 1e-12);
        let rest = exponential().trimmed_below(2.0 * 2.0_f64.sqrt());
        assert!((rest.count - 4.0).abs() < 1e-12 && rest.zero_count == 0.0, "{rest}");
        let zero = exponential().trimmed_above(0.5);
        assert_eq!((zero.zero_count, zero.sum), (2.0, 0.5), "without buckets below zero it begins at zero");
    }

    #[test]
    fn what_cuts_nothing_changes_nothing() {
        assert_eq!(exponential().trimmed_above(f64::INFINITY), exponential());
        assert_eq!(exponential().trimmed_below(f64::NEG_INFINITY), exponential());
        let none = exponential().trimmed_above(f64::NEG_INFINITY);
        assert_eq!((none.count, none.sum, none.positive_counts.len()), (0.0, 0.0, 0));
    }

    #[test]
    fn custom_buckets_are_cut_evenly_and_infinite_ones_whole() {
        let custom = Histogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            count: 10.0,
            positive_spans: vec![Span { offset: 0, length: 3 }],
            positive_counts: vec![2.0, 4.0, 4.0],
            custom_bounds: vec![2.0, 6.0],
            ..Histogram::default()
        };
        assert_eq!(custom.trimmed_above(100.0).positive_counts, [2.0, 4.0]);
        assert_eq!(custom.trimmed_above(3.0).positive_counts, [2.0, 1.0]);
        assert_eq!(custom.trimmed_above(1.0).positive_counts, [1.0]);
        assert_eq!(custom.trimmed_below(1.5).positive_counts, [0.5, 4.0, 4.0]);
        assert_eq!(custom.trimmed_below(100.0).positive_counts, [4.0]);
        assert_eq!(custom.trimmed_below(100.0).sum, 400.0);
    }
}
