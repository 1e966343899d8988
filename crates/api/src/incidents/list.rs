//! `GET /incidents`: the worst first, then what serves the first priority, then what is bad for longest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_incident::{Incident, Phase};
use evenkeel_model::Plan;
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::shown::{ShownIncident, workload};
use crate::app::App;
use crate::paging::{Cut, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

const PHASES: [Phase; 5] = [Phase::Open, Phase::Acknowledged, Phase::Resolved, Phase::Closed, Phase::Merged];

/// Incidents, the worst first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct IncidentList {
    incidents: Vec<ShownIncident>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What the list is ordered by.
type Key = (Severity, usize, i64, u64);

/// Which are asked for.
struct Asked {
    phases: BTreeSet<Phase>,
    workload: Option<String>,
}

/// Lists incidents.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let asked = Asked::read(&query)?;
    let paging = Paging::read(&query, "incidents")?;
    let Cut { things: incidents, next } = app.desk.look(|engine, now| asked.look(engine, now, &paging));
    let answer = reply::json(StatusCode::OK, &IncidentList { incidents, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

impl Asked {
    fn read(query: &Query) -> Result<Self, Refused> {
        let words = query.all("status").flat_map(|status| status.split(',')).filter(|word| !word.is_empty());
        let phases: BTreeSet<Phase> = words.map(phase).collect::<Result<_, _>>()?;
        let all = query.last("all").is_some() && query.flag("all");
        let phases = match (phases.is_empty(), all) {
            (false, _) => phases,
            (true, true) => PHASES.into(),
            (true, false) => [Phase::Open, Phase::Acknowledged, Phase::Resolved].into(),
        };
        let workload = query.last("workload").map(|name| name.strip_prefix("workload:").unwrap_or(name).to_owned());
        Ok(Self { phases, workload })
    }

    fn look(&self, engine: &Engine, now: Timestamp, paging: &Paging<Key>) -> Cut<ShownIncident> {
        let places: BTreeMap<&Arc<str>, usize> =
            engine.plan().priorities.iter().enumerate().map(|(place, known)| (&known.name, place)).collect();
        let key = |one: &Incident| (one.severity, rank(engine.plan(), &places, one), one.opened_at.0, one.id.seq().0);
        let fitting = engine.state().incident.incidents().filter(|one| self.fits(one));
        paging.pick(fitting.map(|one| (key(one), one))).map(|one| ShownIncident::of(engine, now, one))
    }

    fn fits(&self, incident: &Incident) -> bool {
        let hits = |name: &String| incident.workload.as_deref() == Some(name);
        self.phases.contains(&incident.phase) && self.workload.as_ref().is_none_or(hits)
    }
}

/// The place of its workload's priority among the organisation's; those without one come last.
fn rank(plan: &Plan, places: &BTreeMap<&Arc<str>, usize>, incident: &Incident) -> usize {
    let priority = workload(plan, incident).and_then(|workload| workload.priority.as_ref());
    priority.and_then(|name| places.get(name).copied()).unwrap_or(usize::MAX)
}

fn phase(word: &str) -> Result<Phase, Refused> {
    PHASES.into_iter().find(|phase| phase.as_str() == word).ok_or_else(|| {
        let known = PHASES.map(Phase::as_str).join(", ");
        let message = format!("no incident has the status `{word}`");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(format!("name one of {known}"))
    })
}
