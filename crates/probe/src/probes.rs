//! Runs a set of probes at their intervals.
//!
//! One task keeps the plan; each try is a task of its own, a bounded number at a time, the longest due first. The first
//! tries are spread over the interval by a hash of the name, so a thousand probes do not ask in the same instant, and
//! each asks at the same phase after every start.

mod rota;

use std::collections::HashMap;
use std::sync::Arc;

use evenkeel_model::Probe;
use evenkeel_time::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::prober::{ProbeResult, Prober};
use crate::watch::{ProbeAlert, Transition};
use rota::Rota;

/// One result of one probe, and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeReport {
    /// Which probe.
    pub name: Box<str>,
    /// What it saw.
    pub result: ProbeResult,
    /// What that changed.
    pub transition: Option<Transition>,
    /// What to take in like an alert from any sender.
    pub alert: Option<ProbeAlert>,
}

/// A running set of probes. Dropping it ends the loop.
#[derive(Debug)]
pub struct Probes {
    sets: mpsc::UnboundedSender<Vec<Arc<Probe>>>,
}

impl Probes {
    /// Starts the loop on the current runtime, with at most `in_flight` probes under way at once. `now` is read when
    /// an answer is there. The loop ends when nobody takes reports.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    #[must_use]
    pub fn start(
        prober: Prober,
        in_flight: usize,
        now: impl Fn() -> Timestamp + Send + 'static,
        reports: mpsc::Sender<ProbeReport>,
    ) -> Self {
        let (sets, replaced) = mpsc::unbounded_channel();
        tokio::spawn(run(prober, in_flight.max(1), now, reports, replaced));
        Self { sets }
    }

    /// Replaces the set. A probe that is equal to the one of its name so far keeps its state and its rhythm; the alert
    /// of one that is gone or changed is not sent again and ends by itself.
    pub fn replace(&self, probes: Vec<Arc<Probe>>) {
        // When the loop is over, nobody wants reports any more.
        let _ = self.sets.send(probes);
    }
}

async fn run(
    prober: Prober,
    in_flight_max: usize,
    now: impl Fn() -> Timestamp,
    reports: mpsc::Sender<ProbeReport>,
    mut replaced: mpsc::UnboundedReceiver<Vec<Arc<Probe>>>,
) {
    let mut rota = Rota::default();
    let mut under_way = JoinSet::new();
    let mut by_task = HashMap::new();
    loop {
        while under_way.len() < in_flight_max
            && let Some(probe) = rota.begin(Instant::now())
        {
            let (prober, asked) = (prober.clone(), Arc::clone(&probe));
            let task = under_way.spawn(async move { prober.probe(&asked).await });
            by_task.insert(task.id(), probe);
        }
        let due_at = rota.next_due().filter(|_| under_way.len() < in_flight_max);
        tokio::select! {
            set = replaced.recv() => match set {
                Some(set) => rota.replace(set, Instant::now()),
                None => return,
            },
            Some(done) = under_way.join_next_with_id() => {
                let (task, result) = done.unwrap_or_else(|error| (error.id(), ProbeResult::broken_off()));
                let Some(probe) = by_task.remove(&task) else { continue };
                let Some(report) = rota.finish(&probe, result, now(), Instant::now()) else { continue };
                if reports.send(report).await.is_err() {
                    return;
                }
            }
            () = at(due_at) => {}
        }
    }
}

/// Waits until an instant; without one, for ever.
async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
