//! `GET /incidents`: the worst first, then what serves the first priority, then what is bad for longest.

use std::collections::BTreeSet;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_incident::{Incident, Phase};
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use serde::Serialize;

use super::shown::{ShownIncident, workload};
use crate::app::App;
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

const PHASES: [Phase; 5] = [Phase::Open, Phase::Acknowledged, Phase::Resolved, Phase::Closed, Phase::Merged];

#[derive(Serialize)]
struct Listed {
    incidents: Vec<ShownIncident>,
}

/// Which are asked for.
struct Asked {
    phases: BTreeSet<Phase>,
    workload: Option<String>,
}

/// Lists incidents.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let asked = Asked::read(&Query::read(uri)?)?;
    let incidents = app.desk.look(|engine, now| asked.look(engine, now));
    Ok(reply::json(StatusCode::OK, &Listed { incidents }))
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

    fn look(&self, engine: &Engine, now: Timestamp) -> Vec<ShownIncident> {
        let mut found: Vec<&Incident> = engine.state().incident.incidents().filter(|one| self.fits(one)).collect();
        found.sort_by_cached_key(|one| (one.severity, rank(engine, one), one.opened_at, one.id));
        found.into_iter().map(|one| ShownIncident::of(engine, now, one)).collect()
    }

    fn fits(&self, incident: &Incident) -> bool {
        let hits = |name: &String| incident.workload.as_deref() == Some(name);
        self.phases.contains(&incident.phase) && self.workload.as_ref().is_none_or(hits)
    }
}

/// The place of its workload's priority among the organisation's; those without one come last.
fn rank(engine: &Engine, incident: &Incident) -> usize {
    let plan = engine.plan();
    let priority = workload(plan, incident).and_then(|workload| workload.priority.as_ref());
    let place = priority.and_then(|name| plan.priorities.iter().position(|known| known.name == *name));
    place.unwrap_or(usize::MAX)
}

fn phase(word: &str) -> Result<Phase, Refused> {
    PHASES.into_iter().find(|phase| phase.as_str() == word).ok_or_else(|| {
        let known = PHASES.map(Phase::as_str).join(", ");
        let message = format!("no incident has the status `{word}`");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(format!("name one of {known}"))
    })
}
