//! What the answers of one probe mean. Pure: results and instants come in, transitions and alerts come out.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_model::Probe;
use evenkeel_time::Timestamp;

use crate::prober::ProbeResult;

/// The state of one probe.
#[derive(Debug, Clone)]
pub struct Watch {
    probe: Arc<Probe>,
}

/// What one result changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// So many bad results in a row that the alert is raised.
    Failed {
        /// What was seen.
        reason: String,
    },
    /// A good result after a failure.
    Recovered,
}

/// An alert as any sender would send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeAlert {
    /// `alertname` (`ProbeFailed` unless overridden), `probe`, and the document's labels.
    pub labels: LabelSet,
    /// `summary` and the document's annotations.
    pub annotations: LabelSet,
    /// When the first bad result of the streak was seen.
    pub starts_at: Timestamp,
    /// While failing in the future: how long the alert stands without being sent again. In the past: resolved.
    pub ends_at: Timestamp,
}

impl Watch {
    /// A probe of which nothing is known yet.
    #[must_use]
    pub fn new(probe: Arc<Probe>) -> Self {
        Self { probe }
    }

    /// What is watched.
    #[must_use]
    pub fn probe(&self) -> &Arc<Probe> {
        &self.probe
    }

    /// Takes in one result.
    pub fn observe(&mut self, result: &ProbeResult, now: Timestamp) -> Option<Transition> {
        let _ = (result, now);
        None
    }

    /// What to send after the latest result: the firing alert while failing, the resolved one right after a recovery.
    #[must_use]
    pub fn alert(&self, now: Timestamp) -> Option<ProbeAlert> {
        let _ = now;
        None
    }
}
