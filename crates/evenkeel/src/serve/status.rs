//! What the running server says about itself, shared between its threads.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use evenkeel_time::Timestamp;

/// Facts for `/readyz`, `/metrics` and the heartbeat.
#[derive(Debug, Default)]
pub(crate) struct Status {
    /// Commits made.
    pub(crate) commits: AtomicU64,
    /// Sum of their durations. Units: microseconds.
    pub(crate) commit_us: AtomicU64,
    /// Records made.
    pub(crate) records: AtomicU64,
    /// Commits that failed.
    pub(crate) commits_failed: AtomicU64,
    /// Plans that could not be resolved.
    pub(crate) plans_refused: AtomicU64,
    /// Heartbeats sent.
    pub(crate) heartbeats: AtomicU64,
    /// Heartbeats held back.
    pub(crate) heartbeats_held: AtomicU64,
    /// The reserve file is given up.
    pub(crate) reserve_released: AtomicBool,
    texts: Mutex<Texts>,
}

#[derive(Debug, Default, Clone)]
struct Texts {
    outage: Option<(Timestamp, String)>,
    plan_refused: Option<String>,
    config: String,
}

impl Status {
    pub(crate) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }

    /// Since when and why nothing can be made durable.
    pub(crate) fn outage(&self) -> Option<(Timestamp, String)> {
        self.texts().outage.clone()
    }

    pub(crate) fn set_outage(&self, outage: Option<(Timestamp, String)>) {
        self.texts().outage = outage;
    }

    /// Why the ops repo as it lies there is not the plan that serves.
    pub(crate) fn plan_refused(&self) -> Option<String> {
        self.texts().plan_refused.clone()
    }

    pub(crate) fn set_plan_refused(&self, errors: Option<String>) {
        self.texts().plan_refused = errors;
    }

    /// The Alertmanager configuration that serves, without secrets.
    pub(crate) fn config(&self) -> String {
        self.texts().config.clone()
    }

    pub(crate) fn set_config(&self, config: String) {
        self.texts().config = config;
    }

    fn texts(&self) -> std::sync::MutexGuard<'_, Texts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
