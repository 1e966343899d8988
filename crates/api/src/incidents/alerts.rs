//! The alerts of an incident.

use std::sync::Arc;

use evenkeel_engine::{Alert, Engine};
use evenkeel_incident::Incident;
use evenkeel_labels::LabelSet;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::Labels;

/// So many are shown: nobody reads more, and the count says how many there are.
const SHOWN_MAX: usize = 500;

/// One alert of an incident.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct IncidentAlert {
    pub(crate) id: String,
    #[schemars(with = "Labels")]
    pub(crate) labels: LabelSet,
    #[schemars(with = "Labels")]
    pub(crate) annotations: LabelSet,
    pub(crate) starts_at: Instant,
    pub(crate) ends_at: Option<Instant>,
    pub(crate) generator_url: Arc<str>,
}

/// As it is shown.
pub(crate) fn firing_alert(alert: &Alert) -> IncidentAlert {
    shown(alert)
}

/// Those that are still known: firing ones first, then by when they began.
pub(super) fn alerts(engine: &Engine, incident: &Incident) -> Vec<IncidentAlert> {
    let state = &engine.state().alerting;
    let mut known: Vec<&Alert> = incident.alerts.iter().filter_map(|id| state.alert(*id)).collect();
    known.sort_by_key(|alert| (!alert.fires(), alert.starts_at, alert.id));
    known.into_iter().take(SHOWN_MAX).map(shown).collect()
}

fn shown(alert: &Alert) -> IncidentAlert {
    IncidentAlert {
        id: alert.id.to_string(),
        labels: alert.labels.clone(),
        annotations: alert.annotations.clone(),
        starts_at: Instant(alert.starts_at),
        ends_at: alert.ends_at().map(Instant),
        generator_url: alert.generator_url.clone(),
    }
}
