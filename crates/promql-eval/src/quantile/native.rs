//! Native histograms.
//!
//! Observations are taken to lie evenly by logarithm within a bucket, but evenly in custom buckets and in the zero bucket.

use evenkeel_metric::{Bucket, Compensated, Histogram};

use super::beyond;
use crate::notes::{Note, Notes};

/// The quantile of observations.
pub(crate) fn native_quantile(share: f64, histogram: &Histogram, notes: &mut Notes) -> f64 {
    if let Some(beyond) = beyond(share) {
        return beyond;
    }
    if histogram.count == 0.0 {
        return f64::NAN;
    }
    // Observations of NaN are counted and in no bucket, so that counting from above would not find them.
    let ascending = histogram.sum.is_nan() || share < 0.5;
    let rank = if ascending { share } else { 1.0 - share } * histogram.count;
    let found =
        if ascending { bucket_of(rank, histogram.buckets()) } else { bucket_of(rank, histogram.buckets_descending()) };
    let Some((bucket, count)) = found else {
        if histogram.sum.is_nan() {
            notes.add(Note::QuantileNaNResult);
        }
        return f64::NAN;
    };
    let bucket = match bounded(histogram, bucket) {
        Ok(bucket) => bucket,
        Err(value) => return value,
    };
    // Sums of counts are rounded, and may be larger than the count.
    let count = count.min(histogram.count);
    if count < rank {
        if histogram.sum.is_nan() {
            notes.add(Note::QuantileNaNResult);
            return f64::NAN;
        }
        return bucket.upper;
    }
    if histogram.sum.is_nan() {
        notes.add(Note::QuantileNaNSkew);
    }
    let within = if ascending { rank - (count - bucket.count) } else { count - rank };
    value_at(histogram, &bucket, within / bucket.count)
}

/// The bucket in which a rank lies, and the count of all up to it; else the last one.
fn bucket_of(rank: f64, buckets: impl Iterator<Item = Bucket>) -> Option<(Bucket, f64)> {
    let (mut count, mut last) = (0.0, None);
    for bucket in buckets {
        last = Some(bucket);
        if bucket.count == 0.0 {
            continue;
        }
        count += bucket.count;
        if count >= rank {
            break;
        }
    }
    last.map(|bucket| (bucket, count))
}

/// The bucket with the bounds between which observations are taken to lie; a value when they cannot be told.
fn bounded(histogram: &Histogram, bucket: Bucket) -> Result<Bucket, f64> {
    if !histogram.has_custom_buckets() {
        let beside_zero = bucket.lower < 0.0 && bucket.upper > 0.0;
        return Ok(if beside_zero { one_sided(histogram, bucket) } else { bucket });
    }
    if bucket.lower == f64::NEG_INFINITY {
        return if bucket.upper <= 0.0 { Err(bucket.upper) } else { Ok(Bucket { lower: 0.0, ..bucket }) };
    }
    if bucket.upper == f64::INFINITY { Err(bucket.lower) } else { Ok(bucket) }
}

/// The zero bucket of a histogram without buckets on one side is taken to end at zero on that side.
fn one_sided(histogram: &Histogram, bucket: Bucket) -> Bucket {
    match (histogram.negative_counts.is_empty(), histogram.positive_counts.is_empty()) {
        (true, false) => Bucket { lower: 0.0, ..bucket },
        (false, true) => Bucket { upper: 0.0, ..bucket },
        _ => bucket,
    }
}

/// The value below which a share of a bucket's observations lies.
fn value_at(histogram: &Histogram, bucket: &Bucket, share: f64) -> f64 {
    if histogram.has_custom_buckets() || bucket.lower <= 0.0 && bucket.upper >= 0.0 {
        return bucket.lower + (bucket.upper - bucket.lower) * share;
    }
    let (lower, upper) = (bucket.lower.abs().log2(), bucket.upper.abs().log2());
    if bucket.lower > 0.0 {
        (lower + (upper - lower) * share).exp2()
    } else {
        -(upper + (lower - upper) * (1.0 - share)).exp2()
    }
}

/// The share of observations that lie between two values.
pub(crate) fn native_fraction(lower: f64, upper: f64, histogram: &Histogram, notes: &mut Notes) -> f64 {
    if histogram.count == 0.0 || lower.is_nan() || upper.is_nan() {
        return f64::NAN;
    }
    let mut count = histogram.count;
    if histogram.sum.is_nan() {
        // Observations of NaN are in no bucket, and between no two values.
        notes.add(Note::FractionNaNs);
        count = histogram.buckets().map(|bucket| bucket.count).sum();
    }
    if lower >= upper {
        return 0.0;
    }
    (rank_of(upper, histogram, count) - rank_of(lower, histogram, count)) / histogram.count
}

/// How many observations are below a value.
fn rank_of(value: f64, histogram: &Histogram, count: f64) -> f64 {
    let mut rank = 0.0_f64;
    for bucket in histogram.buckets() {
        let around_zero = bucket.lower <= 0.0 && bucket.upper >= 0.0;
        let bucket = if around_zero { one_sided(histogram, bucket) } else { bucket };
        if bucket.lower >= value {
            return rank.min(count);
        }
        if bucket.upper > value {
            return (rank + bucket.count * share_below(value, histogram, &bucket, around_zero)).min(count);
        }
        rank += bucket.count;
    }
    count
}

fn share_below(value: f64, histogram: &Histogram, bucket: &Bucket, around_zero: bool) -> f64 {
    if histogram.has_custom_buckets() || around_zero {
        // How observations of a bucket without a beginning lie is not known.
        return if bucket.lower.is_infinite() { 1.0 } else { (value - bucket.lower) / (bucket.upper - bucket.lower) };
    }
    let (lower, upper, at) = (bucket.lower.abs().log2(), bucket.upper.abs().log2(), value.abs().log2());
    if value > 0.0 { (at - lower) / (upper - lower) } else { 1.0 - (at - upper) / (lower - upper) }
}

/// The variance of observations, taking each to be in the middle of its bucket.
pub(crate) fn native_variance(histogram: &Histogram) -> f64 {
    let mean = histogram.sum / histogram.count;
    let middle = |bucket: &Bucket| {
        if histogram.has_custom_buckets() {
            f64::midpoint(bucket.upper, bucket.lower)
        } else if bucket.lower <= 0.0 && bucket.upper >= 0.0 {
            0.0
        } else {
            (bucket.upper * bucket.lower).sqrt().copysign(bucket.upper)
        }
    };
    let add = |sum: Compensated, bucket: Bucket| {
        let delta = middle(&bucket) - mean;
        sum.plus(bucket.count * delta * delta)
    };
    let squares = histogram.buckets().filter(|bucket| bucket.count != 0.0).fold(Compensated::default(), add);
    (squares.sum + squares.low) / histogram.count
}
