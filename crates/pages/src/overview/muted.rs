//! What nobody is told of: silences, mute times, inhibition.

use evenkeel_engine::SilenceState;

use super::Look;
use crate::Moment;
use crate::incident_named::{cut, listed};

/// So many firing alerts are asked whether they are inhibited.
const LOOKED_AT_MAX: usize = 2_000;
const INTERVALS_MAX: usize = 5;

#[derive(Debug)]
pub(super) struct Muted {
    pub(super) silences: usize,
    pub(super) pending: usize,
    /// When the next of them ends.
    pub(super) next_end: Option<Moment>,
    /// Time intervals that mute some route now.
    pub(super) intervals: Vec<String>,
    /// Firing alerts that others inhibit.
    pub(super) inhibited: usize,
    /// Whether more fire than were asked.
    pub(super) inhibited_more: bool,
    /// Incidents that page nobody since all that is bad about them is muffled.
    pub(super) paused: usize,
    pub(super) silences_href: Option<String>,
    pub(super) alerts_href: Option<String>,
}

impl Muted {
    pub(super) fn of(look: Look<'_>) -> Self {
        let (engine, now) = (look.asked.engine, look.asked.now);
        let state = engine.state();
        let (mut silences, mut pending, mut next_end) = (0, 0, None);
        for silence in state.alerting.silences() {
            match silence.state(now) {
                SilenceState::Active => {
                    silences += 1;
                    next_end = Some(
                        next_end.map_or(silence.ends_at, |end: evenkeel_time::Timestamp| end.min(silence.ends_at)),
                    );
                }
                SilenceState::Pending => pending += 1,
                SilenceState::Expired => {}
            }
        }
        let inhibits = !engine.plan().inhibit_rules.is_empty();
        let firing = state.alerting.alerts().filter(|alert| inhibits && alert.fires()).take(LOOKED_AT_MAX);
        let cx = engine.context(now);
        let paused = state.incident.incidents().filter(|one| one.active() && one.paused.is_some());
        Self {
            silences,
            pending,
            next_end: next_end.map(|at| look.frame.moment(at)),
            intervals: intervals(look),
            inhibited: firing.filter(|alert| cx.inhibited_by(&alert.labels).is_some()).count(),
            inhibited_more: inhibits && state.alerting.firing() > LOOKED_AT_MAX,
            paused: paused.count(),
            silences_href: listed(&look.frame.root, "/silences", ""),
            alerts_href: listed(&look.frame.root, "/alerts", ""),
        }
    }

    pub(super) fn nothing(&self) -> bool {
        self.silences + self.pending + self.inhibited + self.paused == 0 && self.intervals.is_empty()
    }
}

/// The time intervals that routes are muted by now.
fn intervals(look: Look<'_>) -> Vec<String> {
    let plan = look.asked.engine.plan();
    let routes = plan.routes.routes.iter();
    let mut found: Vec<String> =
        routes.flat_map(|route| plan.muted_by(route, look.asked.now)).map(|name| cut(name, 60)).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(INTERVALS_MAX);
    found
}
