//! The bounded dispatcher: queues per integration, served in turn.
//!
//! A fixed set of workers takes from the queues; no task is made per message. One integration has at most
//! [`Limits::per_integration`] attempts under way, and only one while it does not answer, so receivers that hang hold a
//! few workers and the others the rest. Each message is held at most once, so the queues never hold more than what the
//! engine has open. Pages go before everything else, and some workers take nothing but pages.

mod queue;
mod stats;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use evenkeel_alerting::{Outcome, Retry};
use evenkeel_model::Integration;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

use crate::content::{Content, MessageId};
use crate::sender::Sender;
use queue::{Queue, Taken};
pub use stats::{KindStats, LATENCY_BOUNDS_MS, Stats};

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

/// One worker of so many is kept for pages.
const PAGES_SHARE: usize = 4;

/// One message on its way.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Through what.
    pub integration: Arc<Integration>,
    /// What.
    pub content: Content,
    /// How long from submission until it must have an outcome; waiting in the queue counts.
    pub deadline: Duration,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It is queued and will have one outcome.
    Queued,
    /// The message is queued or in flight already; nothing was added.
    AlreadyOpen,
    /// The pool is being drained; nothing was added.
    Closed,
}

/// What [`Pool::drain`] left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Messages without an outcome; they go out again after the restart.
    pub unsent: usize,
}

/// The bounded dispatcher. Dropping it ends the workers at once.
#[derive(Debug)]
pub struct Pool {
    shared: Arc<Shared>,
    workers: std::sync::Mutex<JoinSet<()>>,
}

#[derive(Debug)]
struct Shared {
    queue: Queue,
    /// Rings when there is something to take.
    work: Notify,
    /// Rings when the last message got its outcome.
    empty: Notify,
}

impl Pool {
    /// Starts the workers on the current runtime. Each submission's outcome goes to `outcomes`; when nobody takes
    /// outcomes, no more is sent.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    #[must_use]
    pub fn new(sender: Sender, limits: Limits, outcomes: mpsc::Sender<(MessageId, Outcome)>) -> Self {
        let others_max = limits.in_flight.max(1) - limits.in_flight / PAGES_SHARE;
        let queue = Queue::new(limits.per_integration.max(1), others_max);
        let shared = Arc::new(Shared { queue, work: Notify::new(), empty: Notify::new() });
        let mut workers = JoinSet::new();
        for _ in 0..limits.in_flight.max(1) {
            workers.spawn(work(Arc::clone(&shared), sender.clone(), outcomes.clone()));
        }
        Self { shared, workers: std::sync::Mutex::new(workers) }
    }

    /// Queues a delivery. Never waits.
    pub fn submit(&self, delivery: Delivery) -> Submitted {
        let submitted = self.shared.queue.add(delivery);
        if submitted == Submitted::Queued {
            self.shared.work.notify_one();
        }
        submitted
    }

    /// Takes nothing more and waits until everything has its outcome, at most `deadline`; then stops.
    pub async fn drain(&self, deadline: Duration) -> Drained {
        self.shared.queue.close();
        let emptied = async {
            loop {
                let rung = self.shared.empty.notified();
                if self.shared.queue.open() == 0 {
                    return;
                }
                rung.await;
            }
        };
        let _ = tokio::time::timeout(deadline, emptied).await;
        self.workers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).abort_all();
        Drained { unsent: self.shared.queue.open() }
    }

    /// Counts for metrics.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.queue.stats()
    }
}

/// One worker: takes, sends, reports, again.
async fn work(shared: Arc<Shared>, sender: Sender, outcomes: mpsc::Sender<(MessageId, Outcome)>) {
    loop {
        let Some(taken) = shared.queue.take() else {
            shared.work.notified().await;
            continue;
        };
        if taken.more {
            shared.work.notify_one();
        }
        let outcome = unless_it_panics(attempt(&sender, &taken)).await;
        // The room comes first and the message is given up before its outcome is told: who hears of it may at once
        // submit the next attempt.
        let Ok(room) = outcomes.reserve().await else { return };
        let id = taken.delivery.content.id();
        let left = shared.queue.finish(&taken, &outcome);
        room.send((id, outcome));
        if left == 0 {
            shared.empty.notify_waiters();
        }
    }
}

async fn attempt(sender: &Sender, taken: &Taken) -> Outcome {
    let delivery = &taken.delivery;
    let left = delivery.deadline.saturating_sub(taken.queued_at.elapsed());
    if left.is_zero() {
        let reason = "not sent: the time ran out while earlier messages to this receiver were waiting".to_owned();
        return Outcome::Failed { reason, retry: Retry::Yes };
    }
    sender.send(&delivery.integration, &delivery.content, left).await
}

/// A bug in sending one message must not take the worker, and its later messages, with it.
async fn unless_it_panics(sending: impl Future<Output = Outcome>) -> Outcome {
    let mut sending = std::pin::pin!(sending);
    std::future::poll_fn(|cx| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| sending.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| {
            let reason = "a bug in Evenkeel broke the attempt off".to_owned();
            Poll::Ready(Outcome::Failed { reason, retry: Retry::Unsure })
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_outcome() {
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let outcome = unless_it_panics(async { panic!("a bug") }).await;
        std::panic::set_hook(quiet);
        let reason = "a bug in Evenkeel broke the attempt off".to_owned();
        assert_eq!(outcome, Outcome::Failed { reason, retry: Retry::Unsure });
    }
}
