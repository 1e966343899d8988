//! How much there is of everything, by state.

use evenkeel_engine::{Engine, SilenceState};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::Timestamp;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Alerts that fire and are neither inhibited nor silenced.
    pub(crate) active: usize,
    /// Alerts that fire and are inhibited or silenced.
    pub(crate) suppressed: usize,
    /// Alerts whose recovery is not told everywhere yet.
    pub(crate) resolved: usize,
    pub(crate) groups: usize,
    pub(crate) notices_open: usize,
    pub(crate) silences_pending: usize,
    pub(crate) silences_active: usize,
    pub(crate) silences_expired: usize,
}

/// What is collected in one short look; matching silences is left for afterwards.
pub(crate) struct Tally {
    counts: Counts,
    /// Firing alerts that are not inhibited.
    open: Vec<LabelSet>,
    silences: Vec<Matchers>,
}

impl Tally {
    pub(crate) fn at(engine: &Engine, now: Timestamp) -> Self {
        let state = &engine.state().alerting;
        let cx = engine.context(now);
        let (_, groups, notices_open) = state.counts();
        let mut counts = Counts { groups, notices_open, ..Counts::default() };
        let mut open = Vec::with_capacity(state.firing());
        for alert in state.alerts() {
            match (alert.fires(), alert.fires() && cx.inhibited_by(&alert.labels).is_some()) {
                (false, _) => counts.resolved += 1,
                (true, true) => counts.suppressed += 1,
                (true, false) => open.push(alert.labels.clone()),
            }
        }
        let mut silences = Vec::new();
        for silence in state.silences() {
            match silence.state(now) {
                SilenceState::Pending => counts.silences_pending += 1,
                SilenceState::Expired => counts.silences_expired += 1,
                SilenceState::Active => {
                    counts.silences_active += 1;
                    silences.push(silence.matchers.clone());
                }
            }
        }
        Self { counts, open, silences }
    }

    pub(crate) fn count(self) -> Counts {
        let silenced = |labels: &&LabelSet| self.silences.iter().any(|matchers| matchers.matches(labels));
        let silenced = self.open.iter().filter(silenced).count();
        let active = self.open.len() - silenced;
        Counts { active, suppressed: self.counts.suppressed + silenced, ..self.counts }
    }
}

impl Counts {
    pub(crate) fn alerts(&self) -> [(&'static str, usize); 3] {
        [("active", self.active), ("suppressed", self.suppressed), ("resolved", self.resolved)]
    }

    pub(crate) fn silences(&self) -> [(&'static str, usize); 3] {
        [
            (SilenceState::Pending.as_str(), self.silences_pending),
            (SilenceState::Active.as_str(), self.silences_active),
            (SilenceState::Expired.as_str(), self.silences_expired),
        ]
    }
}
