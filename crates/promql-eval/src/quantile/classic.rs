//! Classic histograms: counts of what is at most a bound, one series a bound.

use super::beyond;

/// One bucket: what is at most a bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ClassicBucket {
    /// The bound.
    pub(crate) upper: f64,
    /// How many observations are at most that.
    pub(crate) count: f64,
}

/// Differences below this share of both counts come from rounding.
const TOLERANCE: f64 = 1e-12;

/// The bound that a label `le` says.
pub(crate) fn upper_bound(label: &str) -> Option<f64> {
    let plain = label.trim_start_matches(['+', '-']);
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || ["inf", "infinity", "nan"].iter().any(|word| plain.eq_ignore_ascii_case(word));
    // Signs alone or twice are refused by the standard library too.
    if is_number { label.parse().ok() } else { None }
}

/// The quantile, and whether counts fell from one bound to the next and had to be repaired. Observations are taken to lie
/// evenly within a bucket, and the lowest bucket to begin at zero. The buckets are changed.
pub(crate) fn classic_quantile(share: f64, buckets: &mut Vec<ClassicBucket>) -> (f64, bool) {
    if let Some(beyond) = beyond(share) {
        return (beyond, false);
    }
    if !sort(buckets) {
        return (f64::NAN, false);
    }
    coalesce(buckets);
    let forced = repair(buckets);
    (quantile_of(share, buckets).unwrap_or(f64::NAN), forced)
}

fn quantile_of(share: f64, buckets: &[ClassicBucket]) -> Option<f64> {
    let (last, finite) = buckets.split_last()?;
    let highest = finite.last()?;
    if last.count == 0.0 || last.count.is_nan() {
        return None;
    }
    let rank = share * last.count;
    let place = finite.partition_point(|bucket| bucket.count < rank);
    let Some(bucket) = finite.get(place) else { return Some(highest.upper) };
    let before = place.checked_sub(1).and_then(|before| finite.get(before));
    if before.is_none() && bucket.upper <= 0.0 {
        return Some(bucket.upper);
    }
    let (lower, below) = before.map_or((0.0, 0.0), |before| (before.upper, before.count));
    Some(lower + (bucket.upper - lower) * ((rank - below) / (bucket.count - below)))
}

/// The share of observations that lie between two values. The buckets are changed.
pub(crate) fn classic_fraction(lower: f64, upper: f64, buckets: &mut Vec<ClassicBucket>) -> f64 {
    if !sort(buckets) {
        return f64::NAN;
    }
    coalesce(buckets);
    let count = buckets.last().map_or(0.0, |last| last.count);
    if count == 0.0 || lower.is_nan() || upper.is_nan() {
        return f64::NAN;
    }
    if lower >= upper {
        return 0.0;
    }
    (rank_of(upper, buckets, count) - rank_of(lower, buckets, count)) / count
}

/// How many observations are below a value.
fn rank_of(value: f64, buckets: &[ClassicBucket], count: f64) -> f64 {
    let (mut from, mut rank) = (f64::NEG_INFINITY, 0.0_f64);
    for (place, bucket) in buckets.iter().enumerate() {
        if place == 0 && bucket.upper > 0.0 {
            from = 0.0;
        }
        if from >= value {
            return rank.min(count);
        }
        if bucket.upper > value {
            // How observations of a bucket without a beginning lie is not known.
            let share = if from.is_infinite() { 1.0 } else { (value - from) / (bucket.upper - from) };
            return (rank + (bucket.count - rank) * share).min(count);
        }
        (from, rank) = (bucket.upper, bucket.count);
    }
    count
}

/// Sorts the buckets by bound; whether the last is infinite, as it has to be.
fn sort(buckets: &mut [ClassicBucket]) -> bool {
    buckets.sort_by(|left, right| left.upper.total_cmp(&right.upper));
    buckets.last().is_some_and(|last| last.upper == f64::INFINITY)
}

/// Makes one of buckets with the same bound, which may be written in several ways.
fn coalesce(buckets: &mut Vec<ClassicBucket>) {
    buckets.dedup_by(|later, kept| {
        #[expect(clippy::float_cmp, reason = "a bound is the same or another one")]
        let same = later.upper == kept.upper;
        if same {
            kept.count += later.count;
        }
        same
    });
}

/// Sees to it that counts do not fall; whether they did, by more than rounding makes them.
fn repair(buckets: &mut [ClassicBucket]) -> bool {
    let mut forced = false;
    let Some((first, rest)) = buckets.split_first_mut() else { return false };
    let mut before = first.count;
    for bucket in rest {
        if about_equal(before, bucket.count) {
            bucket.count = before;
        } else if bucket.count < before {
            bucket.count = before;
            forced = true;
        } else {
            before = bucket.count;
        }
    }
    forced
}

fn about_equal(left: f64, right: f64) -> bool {
    if left.is_nan() && right.is_nan() {
        return true;
    }
    #[expect(clippy::float_cmp, reason = "what is equal needs no tolerance")]
    let equal = left == right;
    let (sum, difference) = (left.abs() + right.abs(), (left - right).abs());
    if equal {
        true
    } else if left == 0.0 || right == 0.0 || sum < f64::MIN_POSITIVE {
        difference < TOLERANCE * f64::MIN_POSITIVE
    } else {
        difference / sum.min(f64::MAX) < TOLERANCE
    }
}
