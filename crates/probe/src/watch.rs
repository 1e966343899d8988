//! What the answers of one probe mean. Pure: results and instants come in, transitions and alerts come out.
//!
//! ```text
//! good ──bad──▶ doubtful ──`failures` bad in a row──▶ failing ──good──▶ good
//!   ▲              │                                    (raises)   (resolves)
//!   └─────good─────┘
//! ```
//!
//! A change of annotations is a record in the journal, so the reason shown must not flicker with every try: within one
//! class of faults it stays the first one, and another class is shown only once it has been seen as often in a row as
//! raising the alert took.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_model::Probe;
use evenkeel_time::{Duration, Timestamp};

use crate::prober::{Fault, ProbeResult};

/// The state of one probe.
#[derive(Debug, Clone)]
pub struct Watch {
    probe: Arc<Probe>,
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Good,
    /// Bad, but not often enough.
    Doubtful {
        since: Timestamp,
        bad: u32,
    },
    Failing {
        since: Timestamp,
        shown: Seen,
        /// What was seen last, where it is of another class, and how often in a row.
        other: Option<(Seen, u32)>,
    },
    /// The latest result was the first good one.
    Recovered {
        since: Timestamp,
        shown: Seen,
        at: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    fault: Fault,
    reason: String,
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
    /// Later than now while failing: how long the alert stands without being sent again. Otherwise: resolved.
    pub ends_at: Timestamp,
}

/// An alert stands for so many intervals without being sent again, as with Prometheus.
const INTERVALS_VALID: i64 = 4;

impl Watch {
    /// A probe of which nothing is known yet.
    #[must_use]
    pub fn new(probe: Arc<Probe>) -> Self {
        Self { probe, state: State::Good }
    }

    /// What is watched.
    #[must_use]
    pub fn probe(&self) -> &Arc<Probe> {
        &self.probe
    }

    /// Takes in one result.
    pub fn observe(&mut self, result: &ProbeResult, now: Timestamp) -> Option<Transition> {
        let state = std::mem::replace(&mut self.state, State::Good);
        let enough = self.probe.failures.max(1);
        let Some(fault) = result.fault else {
            let State::Failing { since, shown, .. } = state else { return None };
            self.state = State::Recovered { since, shown, at: now };
            return Some(Transition::Recovered);
        };
        let seen = Seen { fault, reason: result.reason.clone() };
        let (since, bad) = match state {
            State::Good | State::Recovered { .. } => (now, 1),
            State::Doubtful { since, bad } => (since, bad + 1),
            State::Failing { since, shown, other } => {
                self.state = still_failing(since, shown, other, seen, enough);
                return None;
            }
        };
        if bad < enough {
            self.state = State::Doubtful { since, bad };
            return None;
        }
        let reason = seen.reason.clone();
        self.state = State::Failing { since, shown: seen, other: None };
        Some(Transition::Failed { reason })
    }

    /// What to send after the latest result: the firing alert while failing, the resolved one right after a recovery.
    #[must_use]
    pub fn alert(&self, now: Timestamp) -> Option<ProbeAlert> {
        let (shown, starts_at, ends_at) = match &self.state {
            State::Good | State::Doubtful { .. } => return None,
            State::Failing { since, shown, .. } => (shown, *since, now + self.valid_for()),
            State::Recovered { since, shown, at } => (shown, *since, *at),
        };
        let probe = &self.probe;
        let own = [("alertname", "ProbeFailed")].into_iter();
        let labels = LabelSet::new(own.chain(probe.labels.iter()).chain([("probe", &*probe.name)]));
        // Read alone, on a phone at night, it has to say what fails, not only how.
        let summary = format!("{}: {}", probe.name, shown.reason);
        let annotations = LabelSet::new(probe.annotations.iter().chain([("summary", summary.as_str())]));
        Some(ProbeAlert { labels, annotations, starts_at, ends_at })
    }

    fn valid_for(&self) -> Duration {
        // A try may take its timeout, and a restarted Evenkeel needs as many tries as raising takes.
        let intervals = INTERVALS_VALID.max(i64::from(self.probe.failures) + 1);
        self.probe.interval * intervals + self.probe.timeout
    }
}

fn still_failing(since: Timestamp, shown: Seen, other: Option<(Seen, u32)>, seen: Seen, enough: u32) -> State {
    if seen.fault == shown.fault {
        return State::Failing { since, shown, other: None };
    }
    let (first, times) = match other {
        Some((first, times)) if first.fault == seen.fault => (first, times + 1),
        Some(_) | None => (seen, 1),
    };
    // At least two, or two faults that take turns would change the reason with every try.
    if times >= enough.max(2) {
        State::Failing { since, shown: first, other: None }
    } else {
        State::Failing { since, shown, other: Some((first, times)) }
    }
}

#[cfg(test)]
mod tests;
