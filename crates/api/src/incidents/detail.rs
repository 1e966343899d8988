//! `GET /incidents/{id}`: all that is known of one.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::IncidentId;
use evenkeel_incident::{CommandRefusal, Entry, Incident};
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::alerts::{IncidentAlert, alerts};
use super::pages::{ShownPage, pages};
use super::shown::ShownIncident;
use super::surroundings::{
    ShownChange, ShownDependencies, ShownImpact, ShownRelated, dependencies, impact, last_change, procedure,
    related_to, without_asking,
};
use crate::app::App;
use crate::instant::Instant;
use crate::refused::Refused;
use crate::updates::ShownUpdate;
use crate::{Desk, commanding, path, reply};

/// All that is known of an incident.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IncidentDetail")]
pub(crate) struct ShownDetail {
    #[serde(flatten)]
    pub(crate) incident: ShownIncident,
    pub(crate) alerts: Vec<IncidentAlert>,
    pub(crate) impact: Option<ShownImpact>,
    pub(crate) dependencies: ShownDependencies,
    pub(crate) related: Vec<ShownRelated>,
    pub(crate) procedure: Option<Box<str>>,
    pub(crate) without_asking: Vec<Box<str>>,
    pub(crate) last_change: Option<ShownChange>,
    pub(crate) pages: Vec<ShownPage>,
    pub(crate) updates: Vec<ShownUpdate>,
    pub(crate) timeline: Vec<ShownEntry>,
    pub(crate) timeline_omitted: u32,
}

/// One line of what happened.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimelineEntry")]
pub(crate) struct ShownEntry {
    pub(crate) at: Instant,
    pub(crate) record: u64,
    pub(crate) actor: Arc<str>,
    pub(crate) what: Box<str>,
}

/// Shows one incident.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    Ok(reply::json(StatusCode::OK, &look(app, uri)?))
}

/// What would be shown of an incident now, as bytes.
pub(crate) fn present<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Vec<u8>, Refused> {
    Ok(serde_json::to_vec(&look(app, uri)?).unwrap_or_default())
}

fn look<D: Desk>(app: &App<D>, uri: &Uri) -> Result<ShownDetail, Refused> {
    let id = path::id(uri, IncidentId, "incident:17")?;
    app.desk.look(|engine, now| {
        let incident = engine.state().incident.incident(id);
        let unknown = || commanding::refused(engine, &CommandRefusal::UnknownIncident(id));
        incident.map(|incident| ShownDetail::of(engine, now, incident)).ok_or_else(unknown)
    })
}

impl ShownDetail {
    /// The incident as it stands under the present plan.
    pub(crate) fn of(engine: &Engine, now: Timestamp, incident: &Incident) -> Self {
        let state = &engine.state().incident;
        Self {
            incident: ShownIncident::of(engine, now, incident),
            alerts: alerts(engine, incident),
            impact: impact(engine, incident),
            dependencies: dependencies(engine, incident),
            related: related_to(engine, now, incident),
            procedure: procedure(engine, now, incident),
            without_asking: without_asking(engine, now, incident),
            last_change: last_change(engine),
            pages: pages(engine, incident),
            updates: incident.updates.iter().filter_map(|id| state.update(*id)).map(ShownUpdate::of).collect(),
            timeline: incident.timeline.iter().map(ShownEntry::of).collect(),
            timeline_omitted: incident.timeline_omitted,
        }
    }
}

impl ShownEntry {
    fn of(entry: &Entry) -> Self {
        Self { at: Instant(entry.at), record: entry.seq.0, actor: entry.actor.clone(), what: entry.what.clone() }
    }
}
