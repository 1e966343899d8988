//! What a bucket counts in: numbers, or numbers with what rounding took from them.

/// A count.
pub(super) trait Count: Copy {
    /// Nothing.
    const ZERO: Self;
    /// More by a number.
    fn plus(self, number: f64) -> Self;
    /// Two counts as one.
    fn with(self, other: Self) -> Self;
    /// Each part of it changed.
    fn map(self, change: impl Fn(f64) -> f64) -> Self;
    /// Whether nothing is counted.
    fn is_zero(self) -> bool;
    /// Whether it has grown out of what numbers can hold.
    fn is_infinite(self) -> bool;
}

impl Count for f64 {
    const ZERO: Self = 0.0;

    fn plus(self, number: f64) -> Self {
        self + number
    }

    fn with(self, other: Self) -> Self {
        self + other
    }

    fn map(self, change: impl Fn(f64) -> f64) -> Self {
        change(self)
    }

    fn is_zero(self) -> bool {
        self == 0.0
    }

    fn is_infinite(self) -> bool {
        self.is_infinite()
    }
}

/// A sum, and what rounding took from it. Source: Kahan and Neumaier, as in Prometheus's `util/kahansum`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Compensated {
    /// The sum as it is rounded.
    pub sum: f64,
    /// What is to be added to it in the end.
    pub low: f64,
}

impl Compensated {
    /// The sum as exactly as it is known. An infinite one has lost nothing.
    #[must_use]
    pub fn total(self) -> f64 {
        if self.sum.is_infinite() { self.sum } else { self.sum + self.low }
    }

    /// More by a number.
    #[inline]
    #[must_use]
    pub fn plus(self, number: f64) -> Self {
        let sum = self.sum + number;
        let low = if sum.is_infinite() {
            0.0
        } else if self.sum.abs() >= number.abs() {
            self.low + ((self.sum - sum) + number)
        } else {
            self.low + ((number - sum) + self.sum)
        };
        Self { sum, low }
    }
}

impl Count for Compensated {
    const ZERO: Self = Self { sum: 0.0, low: 0.0 };

    fn plus(self, number: f64) -> Self {
        Self::plus(self, number)
    }

    fn with(self, other: Self) -> Self {
        let both = Self::plus(self, other.sum);
        Self { low: both.low + other.low, ..both }
    }

    fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { sum: change(self.sum), low: change(self.low) }
    }

    fn is_zero(self) -> bool {
        self.sum == 0.0 && self.low == 0.0
    }

    fn is_infinite(self) -> bool {
        self.sum.is_infinite()
    }
}
