//! Whether the watcher is watched: alerts that must keep coming, and pings that go out.

use evenkeel_labels::LabelSet;
use evenkeel_model::ExpectedAlert;

use super::Look;
use crate::incident_named::cut;

/// So many are named.
const NAMED_MAX: usize = 8;

#[derive(Debug)]
pub(super) struct Watch {
    pub(super) expected: usize,
    /// Those that stay away.
    pub(super) absent: Vec<String>,
    pub(super) heartbeats: Vec<String>,
    pub(super) probes: usize,
}

impl Watch {
    pub(super) fn of(look: Look<'_>) -> Self {
        let engine = look.asked.engine;
        let plan = engine.plan();
        let absent = |expected: &&ExpectedAlert| {
            let alert = engine.state().alerting.alert_with(&absence(expected));
            alert.is_some_and(evenkeel_engine::Alert::fires)
        };
        let absent = plan.expected_alerts.iter().filter(absent).take(NAMED_MAX);
        let beat = |beat: &evenkeel_model::Heartbeat| format!("{}, every {}", cut(&beat.name, 60), beat.interval);
        Self {
            expected: plan.expected_alerts.len(),
            absent: absent.map(|one| format!("{} (within {})", cut(&one.name, 60), one.within)).collect(),
            heartbeats: plan.heartbeats.iter().take(NAMED_MAX).map(beat).collect(),
            probes: plan.probes.len(),
        }
    }
}

/// The labels of the alert that an absence raises.
fn absence(expected: &ExpectedAlert) -> LabelSet {
    let own = [("alertname", "ExpectedAlertMissing"), ("expected", &*expected.name)];
    LabelSet::new(own.into_iter().chain(expected.labels.iter()))
}
