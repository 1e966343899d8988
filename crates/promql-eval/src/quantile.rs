//! Quantiles of values and of histograms, and which share of observations lies between two values.
//!
//! Source: Prometheus, `promql/quantile.go`.

mod classic;
mod native;

pub(crate) use classic::{ClassicBucket, classic_fraction, classic_quantile, upper_bound};
pub(crate) use native::{native_fraction, native_quantile, native_variance};

/// What a quantile is that is none: below the least, above the greatest, or not a number.
fn beyond(share: f64) -> Option<f64> {
    if share.is_nan() {
        Some(f64::NAN)
    } else if share < 0.0 {
        Some(f64::NEG_INFINITY)
    } else if share > 1.0 {
        Some(f64::INFINITY)
    } else {
        None
    }
}

/// The quantile of numbers, between two of them on the line; NaN counts as the least. Their order changes.
pub(crate) fn quantile(share: f64, values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    if let Some(beyond) = beyond(share) {
        return beyond;
    }
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 values")]
    let rank = share * (values.len() - 1) as f64;
    let weight = rank - rank.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the values")]
    let place = rank.floor() as usize;
    let nan_first = |left: &f64, right: &f64| right.is_nan().cmp(&left.is_nan()).then(left.total_cmp(right));
    let (_, lower, above) = values.select_nth_unstable_by(place.min(values.len() - 1), nan_first);
    let upper = above.iter().min_by(|left, right| nan_first(left, right)).copied().unwrap_or(*lower);
    *lower * (1.0 - weight) + upper * weight
}

#[cfg(test)]
mod tests;
