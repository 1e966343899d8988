//! A sum of many histograms that does not lose what rounding takes from each step.

use super::cells::Cells;
use super::count::{Compensated, Count as _};
use super::{Added, Incompatible};
use crate::Histogram;

/// A sum of histograms, and what rounding took from it. Source: Prometheus, `FloatHistogram.KahanAdd`.
#[derive(Debug, Clone)]
pub struct HistogramSum(Cells<Compensated>);

impl HistogramSum {
    /// A sum that begins with a histogram.
    #[must_use]
    pub fn of(first: Histogram) -> Self {
        Self(Cells::from(first).map(|sum| Compensated { sum, low: 0.0 }))
    }

    /// Adds a histogram.
    ///
    /// # Errors
    /// [`Incompatible`] when one has custom buckets and the other has not; the sum is as it was.
    pub fn add(&mut self, other: &Histogram) -> Result<Added, Incompatible> {
        self.0.add(other, 1.0)
    }

    /// Multiplies all of it.
    pub fn mul(&mut self, factor: f64) {
        self.0.scale(|count| count * factor);
    }

    /// Divides all of it.
    pub fn div(&mut self, divisor: f64) {
        self.0.scale(|count| count / divisor);
    }

    /// Whether a count or the sum has grown out of what numbers can hold.
    #[must_use]
    pub fn has_overflow(&self) -> bool {
        self.0.has_overflow()
    }

    /// The hint of the sum so far.
    #[must_use]
    pub const fn reset_hint(&self) -> crate::ResetHint {
        self.0.reset_hint
    }

    /// The sum as one histogram.
    #[must_use]
    pub fn total(self) -> Histogram {
        let plain: Cells<f64> = self.0.map(|count| if count.is_zero() { 0.0 } else { count.sum + count.low });
        plain.into()
    }
}
