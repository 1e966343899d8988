//! Runs a set of probes at their intervals.

use std::sync::Arc;

use evenkeel_model::Probe;
use evenkeel_time::Timestamp;
use tokio::sync::mpsc;

use crate::prober::{ProbeResult, Prober};
use crate::watch::{ProbeAlert, Transition};

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
pub struct Probes {}

impl Probes {
    /// Starts the loop on the current runtime, with at most `in_flight` probes under way at once.
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
        let _ = (prober, in_flight, now, reports);
        Self {}
    }

    /// Replaces the set. A probe that is equal to one of the set so far keeps its state and its rhythm.
    pub fn replace(&self, probes: Vec<Arc<Probe>>) {
        let _ = probes;
    }
}
