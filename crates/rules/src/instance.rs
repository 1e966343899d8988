//! One alert of a rule: from the first instant at which the expression holds, to a while after its end.

use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp};

/// An ended alert is held, and sent again, for so long. Source: Prometheus, `rules/alerting.go`, `resolvedRetention`.
pub(crate) const RESOLVED_KEPT_FOR: Duration = Duration::minutes(15);

/// What is with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    /// It does not hold any more.
    Inactive,
    /// It holds, not for long enough.
    Pending,
    /// It fires.
    Firing,
}

impl AlertState {
    /// As Prometheus has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Pending => "pending",
            Self::Firing => "firing",
        }
    }
}

/// One alert of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Its labels: those of the series without the metric's name, the rule's over them, and `alertname`.
    pub labels: LabelSet,
    /// Its annotations as they were filled in last.
    pub annotations: LabelSet,
    /// What is with it.
    pub state: AlertState,
    /// The value at the last evaluation that gave one.
    pub value: f64,
    /// Since when the expression holds.
    pub active_at: Timestamp,
    /// Since when it fires.
    pub fired_at: Option<Timestamp>,
    /// When it ended.
    pub resolved_at: Option<Timestamp>,
    /// Since when it fires only because of `keep_firing_for`.
    pub kept_since: Option<Timestamp>,
    /// When it was sent last.
    pub sent_at: Option<Timestamp>,
    /// When the annotations were filled in; `None`: not since it is known again.
    pub annotated_at: Option<Timestamp>,
    /// Whether it is something else than the records say.
    pub(crate) unrecorded: bool,
}

impl Instance {
    pub(crate) fn pending(labels: LabelSet, value: f64, active_at: Timestamp) -> Self {
        Self {
            labels,
            annotations: LabelSet::default(),
            state: AlertState::Pending,
            value,
            active_at,
            fired_at: None,
            resolved_at: None,
            kept_since: None,
            sent_at: None,
            annotated_at: None,
            unrecorded: true,
        }
    }

    /// Whether it has to be sent. Source: Prometheus, `needsSending`.
    pub(crate) fn needs_sending(&self, at: Timestamp, again_after: Duration) -> bool {
        match self.state {
            AlertState::Pending => false,
            AlertState::Inactive | AlertState::Firing => {
                let ended_since = self.resolved_at.is_some_and(|ended| self.sent_at.is_none_or(|sent| ended > sent));
                ended_since || self.sent_at.is_none_or(|sent| sent + again_after < at)
            }
        }
    }

    /// Moves all instants; the wall clock moved.
    pub(crate) fn shift(&mut self, by: Duration) {
        self.active_at = self.active_at + by;
        let others = [
            &mut self.fired_at,
            &mut self.resolved_at,
            &mut self.kept_since,
            &mut self.sent_at,
            &mut self.annotated_at,
        ];
        others.into_iter().flatten().for_each(|at| *at = *at + by);
    }
}
