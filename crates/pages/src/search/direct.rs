//! An id or a number that says exactly what is wanted: one goes straight there.

use evenkeel_ids::{AlertId, DocumentRef, IncidentId, ProblemId, Seq, SilenceId};

use crate::Asked;
use crate::link::encoded;
use crate::route::leads;

/// The page of what is named, relative to the root.
pub(super) fn named(asked: &Asked<'_>, text: &str) -> Option<String> {
    let path = id(asked, text).or_else(|| document(asked, text)).or_else(|| record(asked, text))?;
    leads(&path).then_some(path)
}

fn id(asked: &Asked<'_>, text: &str) -> Option<String> {
    let (incident, alerting) = (&asked.engine.state().incident, &asked.engine.state().alerting);
    let incident_of = |id: IncidentId| incident.incident(id).map(|_| format!("incidents/{id}"));
    if let Some(path) = text.parse().ok().and_then(incident_of) {
        return Some(path);
    }
    if let Some(path) = text.parse().ok().and_then(|number| incident_of(IncidentId(Seq(number)))) {
        return Some(path);
    }
    let problem = text.parse().ok().and_then(|id: ProblemId| incident.problem(id)).map(|known| known.id);
    let alert = text.parse().ok().and_then(|id: AlertId| alerting.alert(id)).map(|known| known.id);
    let silence = text.parse().ok().and_then(|id: SilenceId| alerting.silence(id)).map(|known| known.id);
    let problem = problem.map(|id| format!("problems/{id}"));
    let alert = alert.map(|id| format!("alerts/{id}"));
    problem.or(alert).or_else(|| silence.map(|id| format!("silences/{id}")))
}

fn document(asked: &Asked<'_>, text: &str) -> Option<String> {
    let catalogue = &asked.engine.plan().catalogue;
    let (folder, name) = match text.parse().ok()? {
        DocumentRef::Person(name) if catalogue.people.contains_key(&name) => ("people", name),
        DocumentRef::Team(name) if catalogue.teams.contains_key(&name) => ("teams", name),
        DocumentRef::Schedule(name) if catalogue.schedules.contains_key(&name) => ("oncall", name),
        DocumentRef::Workload(name) if catalogue.workloads.contains_key(&name) => ("workloads", name),
        DocumentRef::Person(_)
        | DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Workload(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_) => return None,
    };
    Some(format!("{folder}/{}", encoded(&name)))
}

/// `#7`, `record:7`, or `7` where that is no incident.
fn record(asked: &Asked<'_>, text: &str) -> Option<String> {
    let number = text.strip_prefix('#').or_else(|| text.strip_prefix("record:")).unwrap_or(text);
    let number: u64 = number.parse().ok()?;
    (1..=asked.engine.state().seq.0).contains(&number).then(|| format!("records/{number}"))
}
