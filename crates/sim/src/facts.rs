//! What the outside did in one step: the causes that its records may have.

use evenkeel_engine::{IncomingAlert, Input, Outcome};
use evenkeel_ids::NoticeId;
use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

use crate::clock::{Clock, Mono};

/// The inputs of a step and when it was.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) mono: Mono,
    pub(crate) now: Timestamp,
    pub(crate) inputs: Vec<Input>,
    /// Whether this is a start.
    pub(crate) start: bool,
}

impl Facts {
    pub(crate) fn new(clock: &Clock, inputs: Vec<Input>, start: bool) -> Self {
        Self { mono: clock.mono, now: clock.wall(), inputs, start }
    }

    pub(crate) fn alerts(&self) -> impl Iterator<Item = &IncomingAlert> {
        self.inputs.iter().flat_map(|input| if let Input::Alerts(alerts) = input { alerts.as_slice() } else { &[] })
    }

    pub(crate) fn about(&self, labels: &LabelSet) -> impl Iterator<Item = &IncomingAlert> {
        self.alerts().filter(move |alert| alert.labels == *labels)
    }

    pub(crate) fn outcomes(&self, of: NoticeId) -> impl Iterator<Item = &Outcome> {
        self.inputs.iter().filter_map(move |input| {
            if let Input::NoticeOutcome { notice, outcome } = input { (*notice == of).then_some(outcome) } else { None }
        })
    }

    pub(crate) fn any(&self, which: impl FnMut(&Input) -> bool) -> bool {
        self.inputs.iter().any(which)
    }

    /// Whether an alert as sent is over at this instant.
    pub(crate) fn over(&self, alert: &IncomingAlert) -> bool {
        alert.ends_at.is_some_and(|end| end <= self.now)
    }
}
