//! A sample: a number at an instant.

use evenkeel_time::Timestamp;

/// A number at an instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// When.
    pub at: Timestamp,
    /// How much; [`stale`] says that the series ended.
    pub value: f64,
}

/// The bits of the number that says that a series ended. Source: Prometheus `model/value`, `StaleNaN`.
pub const STALE_NAN_BITS: u64 = 0x7ff0_0000_0000_0002;

/// The number that says that a series ended.
#[must_use]
pub const fn stale() -> f64 {
    f64::from_bits(STALE_NAN_BITS)
}

/// Whether a value says that the series ended. Any other NaN is a value.
#[must_use]
pub const fn is_stale(value: f64) -> bool {
    value.to_bits() == STALE_NAN_BITS
}
