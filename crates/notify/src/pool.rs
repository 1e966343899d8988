//! The bounded dispatcher: queues per integration, served in turn.

use std::sync::Arc;
use std::time::Duration;

use evenkeel_alerting::{Message, Outcome};
use evenkeel_ids::NoticeId;
use evenkeel_model::Integration;
use tokio::sync::mpsc;

use crate::sender::Sender;

/// How much may be under way at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Over all integrations.
    pub in_flight: usize,
    /// To one integration.
    pub per_integration: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { in_flight: 64, per_integration: 16 }
    }
}

/// One message on its way.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Through what.
    pub integration: Arc<Integration>,
    /// What.
    pub message: Message,
    /// How long from submission until it must have an outcome; waiting in the queue counts.
    pub deadline: Duration,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It is queued and will have one outcome.
    Queued,
    /// The notice is queued or in flight already; nothing was added.
    AlreadyOpen,
    /// The pool is being drained; nothing was added.
    Closed,
}

/// What [`Pool::drain`] left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Notices without an outcome; they go out again after the restart.
    pub unsent: usize,
}

/// Upper bounds of the latency buckets. Units: milliseconds.
pub const LATENCY_BOUNDS_MS: [u64; 8] = [5, 25, 100, 500, 1000, 5000, 10_000, 20_000];

/// What the pool did since it began, and is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Waiting.
    pub queued: usize,
    /// Under way.
    pub in_flight: usize,
    /// By kind of transport: `email`, `file`, `slack`, `webhook`.
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

/// The bounded dispatcher.
#[derive(Debug)]
pub struct Pool {}

impl Pool {
    /// Starts the workers on the current runtime. Each submission's outcome goes to `outcomes`.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    #[must_use]
    pub fn new(sender: Sender, limits: Limits, outcomes: mpsc::Sender<(NoticeId, Outcome)>) -> Self {
        let _ = (sender, limits, outcomes);
        Self {}
    }

    /// Queues a delivery. Never waits.
    pub fn submit(&self, delivery: Delivery) -> Submitted {
        let _ = delivery;
        Submitted::Closed
    }

    /// Takes nothing more and waits until everything has its outcome, at most `deadline`; then stops.
    pub async fn drain(&self, deadline: Duration) -> Drained {
        let _ = deadline;
        Drained { unsent: 0 }
    }

    /// Counts for metrics.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats::default()
    }
}
