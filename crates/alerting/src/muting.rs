//! Why an alert is not told now: inhibited, silenced, or its route is muted.

use evenkeel_ids::{AlertId, SilenceId};
use evenkeel_labels::LabelSet;

use crate::decision::Context;
use crate::{Bug, Silence, SilenceState, planted};

impl Context<'_> {
    /// The active silences that match.
    #[must_use]
    pub fn silenced_by(&self, labels: &LabelSet) -> Vec<SilenceId> {
        self.active_silences().filter(|silence| silence.matchers.matches(labels)).map(|silence| silence.id).collect()
    }

    /// One firing alert that inhibits, if there is any.
    #[must_use]
    pub fn inhibited_by(&self, labels: &LabelSet) -> Option<AlertId> {
        self.inhibit.inhibitor(self.plan, self.state, labels)
    }

    /// Whether the alert is inhibited or silenced.
    #[must_use]
    pub fn suppressed(&self, labels: &LabelSet) -> bool {
        (!planted(Bug::IgnoreSilences) && self.active_silences().any(|silence| silence.matchers.matches(labels)))
            || self.inhibited_by(labels).is_some()
    }

    fn active_silences(&self) -> impl Iterator<Item = &Silence> {
        self.state.silences().filter(|silence| silence.state(self.now) == SilenceState::Active)
    }
}
