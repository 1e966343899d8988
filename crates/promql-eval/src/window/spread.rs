//! How far numbers lie apart: variance, quantiles, and the median deviation from the median.

use evenkeel_metric::Compensated;

use crate::quantile::quantile;

/// The variance of all of them.
///
/// Deviations from the first value, then from their mean, so that nothing waits for a division; the mean's own rounding is taken
/// out in the end. Where that is no number, or numbers are so large that rounding shows, it is found as Prometheus finds it.
pub(super) fn variance(values: &[f64]) -> Option<f64> {
    /// The mean has to be less than this many standard deviations. The stepwise one is then exact to 1e-12.
    const LARGEST_MEAN: f64 = 1000.0;

    let first = *values.first()?;
    #[expect(clippy::cast_precision_loss, reason = "samples of one series")]
    let samples = values.len() as f64;
    let mean = sum_of(values, |value| value - first) / samples;
    let squares = sum_of(values, |value| {
        let deviation = value - first - mean;
        deviation * deviation
    });
    let rest = sum_of(values, |value| value - first - mean);
    let variance = (squares - rest * rest / samples) / samples;
    if squares == 0.0 && mean == 0.0 {
        return Some(0.0);
    }
    let is_exact = variance.is_finite() && (first + mean).abs() <= LARGEST_MEAN * variance.sqrt();
    if is_exact { Some(variance) } else { stepwise_variance(values) }
}

/// Sums, several at a time.
#[inline]
fn sum_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (blocks, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for block in blocks {
        for (sum, value) in sums.iter_mut().zip(block) {
            *sum += of(*value);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|value| of(*value)).sum::<f64>()
}

/// Source: Welford, with what rounding takes from each step, as in Prometheus.
#[cold]
fn stepwise_variance(values: &[f64]) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variances_are_those_that_are_found_step_by_step() {
        for (offset, size) in [(0.0, 1.0), (1e9, 1e-3), (-5.0, 1e100), (1e15, 1.0), (0.0, 1e-100)] {
            for length in 1..40 {
                let values: Vec<f64> = (0..length).map(|place| offset + size * f64::from(place * 37 % 17)).collect();
                let (given, wanted) = (variance(&values), stepwise_variance(&values));
                let (given, wanted) = (given.expect("values"), wanted.expect("values"));
                assert!((given - wanted).abs() <= 1e-12 * wanted, "{offset} {size} {length}: {given} and {wanted}");
            }
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(variance(&[1.0, odd, 2.0]).is_some_and(f64::is_nan));
        }
        assert_eq!(variance(&[0.1; 9]), Some(0.0));
        assert_eq!(variance(&[]), None);
    }
}
