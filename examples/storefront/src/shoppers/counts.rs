//! What shoppers met, in numbers.

use std::time::Duration;

use super::errand::Good;

/// What shoppers met since they started. Every request that ended is in `good` or in `failed`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests answered as a working shop answers, polite refusals for lack of stock included.
    pub good: u64,
    /// Requests without such an answer, or with none within 1.5 s.
    pub failed: u64,
    /// The part of `good` that was an accepted order.
    pub bought: u64,
    /// The part of `good` that was refused for lack of stock.
    pub sold_out: u64,
    /// The latency of the latest request to end. Units: milliseconds, rounded down.
    pub latency_ms_last: u64,
    /// The longest latency. Units: milliseconds, rounded down.
    pub latency_ms_max: u64,
    /// All latencies together; over [`Counts::ended`] it is the mean. Units: milliseconds, each rounded down.
    pub latency_ms_sum: u64,
}

impl Counts {
    /// Returns how many requests ended, well or not.
    #[must_use]
    pub const fn ended(&self) -> u64 {
        self.good + self.failed
    }

    pub(super) fn add_good(&mut self, good: Good) {
        self.good += 1;
        match good {
            Good::Shown => {}
            Good::Bought => self.bought += 1,
            Good::SoldOut => self.sold_out += 1,
        }
    }

    pub(super) fn add_latency(&mut self, took: Duration) {
        let latency_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.latency_ms_last = latency_ms;
        self.latency_ms_max = self.latency_ms_max.max(latency_ms);
        self.latency_ms_sum = self.latency_ms_sum.saturating_add(latency_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        let mut counts = Counts::default();
        for good in [Good::Shown, Good::Bought, Good::SoldOut] {
            counts.add_good(good);
        }
        for latency_ms in [3, 9, 4] {
            counts.add_latency(Duration::from_millis(latency_ms));
        }
        let expected = Counts {
            good: 3,
            failed: 0,
            bought: 1,
            sold_out: 1,
            latency_ms_last: 4,
            latency_ms_max: 9,
            latency_ms_sum: 16,
        };
        assert_eq!((counts, counts.ended()), (expected, 3));
    }
}
