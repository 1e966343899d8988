//! What the pool counts.

use std::time::Duration;

use evenkeel_alerting::{Outcome, Retry};
use evenkeel_model::Transport;

/// Upper bounds of the latency buckets. Units: milliseconds.
pub const LATENCY_BOUNDS_MS: [u64; 8] = [5, 25, 100, 500, 1000, 5000, 10_000, 20_000];

/// What the pool did since it began, and is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Waiting.
    pub queued: usize,
    /// Under way.
    pub in_flight: usize,
    /// By kind of transport: `email`, `file`, `ntfy`, `slack`, `webhook`, always all five.
    pub kinds: Vec<(&'static str, KindStats)>,
}

/// Attempts of one kind of transport.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KindStats {
    /// Attempts that were delivered.
    pub delivered: u64,
    /// Attempts that failed and may be repeated.
    pub failed_retriable: u64,
    /// Attempts that failed for good.
    pub failed: u64,
    /// Attempts by latency; the last bucket is above every bound of [`LATENCY_BOUNDS_MS`]. Not cumulative.
    pub latency_buckets: [u64; 9],
    /// Sum of the latencies. Units: microseconds.
    pub latency_sum_us: u64,
}

/// The counts by kind.
#[derive(Debug, Default)]
pub(super) struct Tally {
    email: KindStats,
    file: KindStats,
    ntfy: KindStats,
    slack: KindStats,
    webhook: KindStats,
}

impl Tally {
    pub(super) fn count(&mut self, transport: &Transport, outcome: &Outcome, took: Duration) {
        let kind = match transport {
            Transport::Email(_) => &mut self.email,
            Transport::File(_) => &mut self.file,
            Transport::Ntfy(_) => &mut self.ntfy,
            Transport::Slack(_) => &mut self.slack,
            Transport::Webhook(_) => &mut self.webhook,
        };
        match outcome {
            Outcome::Delivered => kind.delivered += 1,
            Outcome::Failed { retry: Retry::Yes | Retry::Unsure | Retry::After(_), .. } => kind.failed_retriable += 1,
            Outcome::Failed { retry: Retry::No, .. } => kind.failed += 1,
        }
        let above = LATENCY_BOUNDS_MS.iter().filter(|bound| took > Duration::from_millis(**bound)).count();
        if let Some(bucket) = kind.latency_buckets.get_mut(above) {
            *bucket += 1;
        }
        kind.latency_sum_us = kind.latency_sum_us.saturating_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    pub(super) fn stats(&self, queued: usize, in_flight: usize) -> Stats {
        let kinds = [
            ("email", &self.email),
            ("file", &self.file),
            ("ntfy", &self.ntfy),
            ("slack", &self.slack),
            ("webhook", &self.webhook),
        ];
        Stats { queued, in_flight, kinds: kinds.map(|(name, kind)| (name, kind.clone())).into() }
    }
}
