//! How far numbers lie apart: variance, quantiles, and the median deviation from the median.

use evenkeel_metric::Compensated;

use crate::quantile::quantile;

/// The variance of all of them. Source: Welford, with what rounding takes from each step, as in Prometheus.
pub(super) fn variance(values: &[f64]) -> Option<f64> {
    let (mut samples, mut mean, mut squares) = (0.0, Compensated::default(), Compensated::default());
    for value in values {
        samples += 1.0;
        let delta = value - (mean.sum + mean.low);
        mean = mean.plus(delta / samples);
        squares = squares.plus(delta * (value - (mean.sum + mean.low)));
    }
    (samples > 0.0).then(|| (squares.sum + squares.low) / samples)
}

/// How many values are sorted without asking for memory.
const SMALL: usize = 128;

/// A copy of the values that may be put in order.
fn with_copy<T>(values: impl ExactSizeIterator<Item = f64>, give: impl FnOnce(&mut [f64]) -> T) -> T {
    if values.len() > SMALL {
        return give(&mut values.collect::<Vec<_>>());
    }
    let mut small = [0.0; SMALL];
    let mut length = 0;
    for (slot, value) in small.iter_mut().zip(values) {
        *slot = value;
        length += 1;
    }
    give(small.get_mut(..length).unwrap_or_default())
}

pub(super) fn quantile_of(share: f64, values: &[f64]) -> Option<f64> {
    Some(with_copy(values.iter().copied(), |copy| quantile(share, copy)))
}

/// The median of how far each is from the median.
pub(super) fn median_deviation(values: &[f64]) -> Option<f64> {
    let median = quantile_of(0.5, values)?;
    Some(with_copy(values.iter().map(|value| (value - median).abs()), |copy| quantile(0.5, copy)))
}
