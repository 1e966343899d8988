//! How much there is of everything, by state.

use evenkeel_engine::{Engine, SilenceState};
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

impl Counts {
    pub(crate) fn of(engine: &Engine, now: Timestamp) -> Self {
        let state = &engine.state().alerting;
        let cx = engine.context(now);
        let (_, groups, notices_open) = state.counts();
        let mut counts = Self { groups, notices_open, ..Self::default() };
        for alert in state.alerts() {
            let side = match (alert.fires(), alert.fires() && cx.suppressed(&alert.labels)) {
                (false, _) => &mut counts.resolved,
                (true, true) => &mut counts.suppressed,
                (true, false) => &mut counts.active,
            };
            *side += 1;
        }
        for silence in state.silences() {
            *match silence.state(now) {
                SilenceState::Pending => &mut counts.silences_pending,
                SilenceState::Active => &mut counts.silences_active,
                SilenceState::Expired => &mut counts.silences_expired,
            } += 1;
        }
        counts
    }

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
