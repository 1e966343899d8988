//! What the outside did in one step: the causes that its records may have.

use evenkeel_engine::{IncomingAlert, Input, Outcome};
use evenkeel_ids::NoticeId;
use evenkeel_incident::Command;
use evenkeel_labels::LabelSet;
use evenkeel_record::SentId;
use evenkeel_time::Timestamp;

use crate::cases::Due;
use crate::clock::{Clock, Mono, SECOND};
use crate::violation::{Check, Violation};

/// The shell wakes up to so much before its time where clocks round.
const EARLY_MAX: Mono = SECOND / 10;
/// Nothing that is due is done later than this.
pub(crate) const LATE_MAX: Mono = 5 * SECOND;

/// The inputs of a step and when it was.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) mono: Mono,
    pub(crate) now: Timestamp,
    pub(crate) inputs: Vec<Input>,
    /// Whether this is a start.
    pub(crate) start: bool,
    /// Whether the one command among the inputs has to be taken, where that can be told.
    pub(crate) foreseen: Option<bool>,
}

impl Facts {
    pub(crate) fn new(clock: &Clock, inputs: Vec<Input>, start: bool) -> Self {
        Self { mono: clock.mono, now: clock.wall(), inputs, start, foreseen: None }
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

    /// How attempts to send a page or an update to an address went.
    pub(crate) fn message_outcomes(&self, of: SentId, to: &str) -> impl Iterator<Item = &Outcome> {
        self.inputs.iter().filter_map(move |input| {
            let Input::MessageOutcome { of: known, address, outcome } = input else { return None };
            (*known == of && **address == *to).then_some(outcome)
        })
    }

    /// Whether a person asked for that.
    pub(crate) fn asked(&self, which: impl Fn(&Command) -> bool) -> bool {
        self.any(|input| matches!(input, Input::Command { command, .. } if which(command)))
    }

    /// Whether what is due is done at its time; what kept the engine from its work until `calm` excuses it until then.
    pub(crate) fn on_time(&self, due: Due, calm: Mono, check: Check, what: &str) -> Result<(), Violation> {
        let (early, late) = (due.at - self.mono, self.mono - due.at.max(calm));
        if !due.exact || (early <= EARLY_MAX && late <= LATE_MAX) {
            return Ok(());
        }
        Err(Violation::new(check, format!("{what} comes {early} ms early, {late} ms late")))
    }

    pub(crate) fn any(&self, which: impl FnMut(&Input) -> bool) -> bool {
        self.inputs.iter().any(which)
    }

    /// Whether an alert as sent is over at this instant.
    pub(crate) fn over(&self, alert: &IncomingAlert) -> bool {
        alert.ends_at.is_some_and(|end| end <= self.now)
    }
}
