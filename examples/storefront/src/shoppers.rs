//! Shoppers: steady real traffic against `web`.
//!
//! Requests leave at their rate whether or not earlier ones were answered, as people's do. What each one does follows
//! from its number, so two runs ask for the same things in the same order.

mod counts;
mod errand;

pub use counts::Counts;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior};

use crate::ask::Asker;
use errand::Errand;

/// The highest rate: this is a shop to operate, not a load test.
const PER_SECOND_MAX: u32 = 500;

/// Running shoppers. They go home when this is stopped or dropped.
#[derive(Debug)]
pub struct Shoppers {
    ledger: Arc<Ledger>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// What is known so far.
#[derive(Debug, Default)]
struct Ledger {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    counts: Counts,
    last_failure: Option<String>,
}

impl Shoppers {
    /// Starts sending `per_second` requests a second to `web`; a rate out of 1 to 500 is brought to the nearer end.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn start(web: SocketAddr, per_second: u32) -> Self {
        let period = Duration::from_secs(1) / per_second.clamp(1, PER_SECOND_MAX);
        let ledger = Arc::new(Ledger::default());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(shop(web, period, Arc::clone(&ledger), stopped));
        Self { ledger, stop: Some(stop), task }
    }

    /// Returns the counts since the start.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.ledger.seen().counts
    }

    /// Returns why the latest failed request failed, in one line.
    #[must_use]
    pub fn last_failure(&self) -> Option<String> {
        self.ledger.seen().last_failure.clone()
    }

    /// Sends no more, waits for what is under way (each request has its deadline), and returns the final counts.
    pub async fn stop(mut self) -> Counts {
        drop(self.stop.take());
        // An error would say that the task panicked; the counts so far are still true.
        let _ = (&mut self.task).await;
        self.counts()
    }
}

impl Drop for Shoppers {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Ledger {
    /// Counts are never left half changed, so a poisoned lock still guards good ones.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, outcome: Result<errand::Good, String>, took: Duration) {
        let mut seen = self.seen();
        seen.counts.add_latency(took);
        match outcome {
            Ok(good) => seen.counts.add_good(good),
            Err(reason) => {
                seen.counts.failed += 1;
                seen.last_failure = Some(reason);
            }
        }
    }
}

async fn shop(web: SocketAddr, period: Duration, ledger: Arc<Ledger>, mut stopped: oneshot::Receiver<()>) {
    let asker = Asker::new();
    let mut ticks = tokio::time::interval(period);
    // After a pause of the machine nobody comes twice.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    // Bounded by the rate times the deadline of one errand.
    let mut under_way = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = under_way.join_next() => {}
            _ = ticks.tick() => {
                under_way.spawn(run(Errand::numbered(number), asker.clone(), web, Arc::clone(&ledger)));
                number += 1;
            }
        }
    }
    while under_way.join_next().await.is_some() {}
}

async fn run(errand: Errand, asker: Asker, web: SocketAddr, ledger: Arc<Ledger>) {
    let started = Instant::now();
    let outcome = errand.run(&asker, web).await;
    ledger.note(outcome, started.elapsed());
}
