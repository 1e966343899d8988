//! What listings are made of, collected in one short look at the engine.
//!
//! Matching silences and routes is done outside the look: everything needed for it is shared by reference
//! counts, not copied.

use std::sync::Arc;

use evenkeel_engine::{Alert, Engine, Silence, SilenceState};
use evenkeel_ids::AlertId;
use evenkeel_labels::LabelSet;
use evenkeel_model::Plan;
use evenkeel_time::Timestamp;

use super::filter::AlertFilter;
use super::shown_alert::{ShownAlert, ShownReceiver, ShownStatus, Suppression};
use super::silence_id::shown_silence_id;

/// A firing alert as looked at.
pub(crate) struct Seen {
    pub(crate) id: AlertId,
    pub(crate) fingerprint: String,
    labels: LabelSet,
    annotations: LabelSet,
    starts_at: Timestamp,
    ends_at: Timestamp,
    updated_at: Timestamp,
    generator_url: Arc<str>,
    inhibited_by: Option<LabelSet>,
    pub(crate) suppression: Suppression,
}

/// Firing alerts, with what suppresses them.
pub(crate) struct Snapshot {
    pub(crate) now: Timestamp,
    pub(crate) plan: Arc<Plan>,
    /// Those that the filter asks for, by fingerprint.
    pub(crate) alerts: Vec<Seen>,
}

/// What one look gives, before silences are matched.
pub(crate) struct Looked {
    now: Timestamp,
    plan: Arc<Plan>,
    alerts: Vec<Seen>,
    silences: Vec<Silence>,
}

impl Looked {
    /// Collects the firing alerts whose labels the filter asks for.
    pub(crate) fn at(engine: &Engine, now: Timestamp, filter: &AlertFilter) -> Self {
        let cx = engine.context(now);
        let state = &engine.state().alerting;
        let inhibitor = |labels| cx.inhibited_by(labels).and_then(|id| state.alert(id)).map(|by| by.labels.clone());
        let alerts = state.alerts().filter(|alert| alert.fires() && filter.labels(&alert.labels));
        Self {
            now,
            plan: engine.plan().clone(),
            alerts: alerts.map(|alert| Seen::of(alert, inhibitor(&alert.labels))).collect(),
            silences: state.silences().filter(|known| known.state(now) == SilenceState::Active).cloned().collect(),
        }
    }

    /// Matches silences, and keeps what the filter asks for by state.
    pub(crate) fn settle(self, filter: &AlertFilter) -> Snapshot {
        let mut alerts = self.alerts;
        for alert in &mut alerts {
            alert.fingerprint = alert.labels.fingerprint().to_string();
            alert.suppression = Suppression {
                silenced_by: self
                    .silences
                    .iter()
                    .filter(|silence| silence.matchers.matches(&alert.labels))
                    .map(|silence| shown_silence_id(silence.id))
                    .collect(),
                inhibited_by: alert.inhibited_by.iter().map(|by| by.fingerprint().to_string()).collect(),
            };
        }
        alerts.retain(|alert| filter.state(&alert.suppression));
        alerts.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint).then_with(|| a.id.cmp(&b.id)));
        Snapshot { now: self.now, plan: self.plan, alerts }
    }
}

impl Seen {
    fn of(alert: &Alert, inhibited_by: Option<LabelSet>) -> Self {
        Self {
            id: alert.id,
            fingerprint: String::new(),
            labels: alert.labels.clone(),
            annotations: alert.annotations.clone(),
            starts_at: alert.starts_at,
            ends_at: alert.lease.until,
            updated_at: alert.lease.seen_at,
            generator_url: alert.generator_url.clone(),
            inhibited_by,
            suppression: Suppression::default(),
        }
    }

    /// The names of those its routes tell, in the order of the routing tree.
    pub(crate) fn receivers<'a>(&self, plan: &'a Plan) -> Vec<&'a str> {
        plan.routes.matching(&self.labels).into_iter().map(|route| route.receiver.as_ref()).collect()
    }

    pub(crate) fn shown<'a>(&'a self, receivers: Vec<&'a str>, muted_by: &'a [String]) -> ShownAlert<'a> {
        ShownAlert {
            annotations: &self.annotations,
            ends_at: self.ends_at,
            fingerprint: self.fingerprint.clone(),
            receivers: receivers.into_iter().map(|name| ShownReceiver { name }).collect(),
            starts_at: self.starts_at,
            status: ShownStatus::new(&self.suppression, muted_by),
            updated_at: self.updated_at,
            generator_url: &self.generator_url,
            labels: &self.labels,
        }
    }
}
