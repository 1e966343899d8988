//! People: where they are, what they are in, and when they are on call. Names and addresses of people stand in the ops
//! repo only, and are shown by nothing.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Graph, Person};
use evenkeel_oncall::on_call as on_call_by;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::{NAME, UNKNOWN, name, unknown};
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// `GET /people`
pub(crate) const LIST: Operation = Operation::get("/api/v1/people", "listPeople", Tag::Catalogue)
    .says("Lists people", "By name. Full names and addresses stand in the ops repo only.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<PersonList>("people")])
    .refuses(&[BAD_CURSOR]);

/// `GET /people/{name}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/people/{name}", "getPerson", Tag::Catalogue)
    .says("Shows a person", "")
    .params(&[NAME])
    .answers(&[Given::json::<ShownPerson>("the person")])
    .refuses(&[UNKNOWN]);

/// People.
#[derive(Debug, Serialize, JsonSchema)]
struct PersonList {
    people: Vec<ShownPerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
struct ShownPerson {
    #[schemars(with = "Ref")]
    person: DocumentRef,
    /// Whose nights are theirs, such as `Europe/Berlin`.
    zone: String,
    /// Names of the ways to reach them.
    contacts: Vec<Arc<str>>,
    #[schemars(with = "Vec<Ref>")]
    teams: Vec<DocumentRef>,
    /// Workloads.
    #[schemars(with = "Vec<Ref>")]
    owns: Vec<DocumentRef>,
    /// Schedules by which they are on call now.
    on_call: Vec<Arc<str>>,
    /// Active incidents that they acknowledged.
    incidents: Vec<String>,
}

/// Lists people.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging = Paging::read(&Query::read(uri)?, "people")?;
    let Cut { things: people, next } = app.desk.look(|engine, now| {
        let on_call = on_call(engine, now);
        let known = engine.plan().catalogue.people.values();
        let cut = paging.pick(known.map(|person| (person.name.to_string(), person)));
        cut.map(|person| ShownPerson::of(engine, &on_call, person))
    });
    let answer = reply::json(StatusCode::OK, &PersonList { people, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one person.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let name = name(uri, "person")?;
    let person = app.desk.look(|engine, now| {
        let people = &engine.plan().catalogue.people;
        let known = people.get(name.as_str()).map(|person| ShownPerson::of(engine, &on_call(engine, now), person));
        known.ok_or_else(|| unknown("person", &name, people.keys().map(AsRef::as_ref)))
    })?;
    Ok(reply::json(StatusCode::OK, &person))
}

/// Each schedule with those who are on call by it now.
fn on_call(engine: &Engine, now: Timestamp) -> Vec<(Arc<str>, Vec<Arc<str>>)> {
    let overrides = &engine.state().oncall;
    let schedules = engine.plan().catalogue.schedules.values();
    schedules.map(|schedule| (schedule.name.clone(), on_call_by(schedule, overrides, now).people)).collect()
}

impl ShownPerson {
    fn of(engine: &Engine, on_call: &[(Arc<str>, Vec<Arc<str>>)], person: &Person) -> Self {
        let catalogue = &engine.plan().catalogue;
        let name = &person.name;
        let reference = DocumentRef::Person(name.clone());
        let in_team = |team: &&evenkeel_model::Team| team.members.iter().any(|member| member.person == *name);
        let teams = catalogue.teams.values().filter(in_team).map(|team| DocumentRef::Team(team.name.clone()));
        let owns = Graph::of(catalogue).owned_by(&reference).cloned().map(DocumentRef::Workload).collect();
        let has = |one: &&evenkeel_incident::Incident| {
            one.active() && one.acknowledged.as_ref().is_some_and(|by| by.person.as_ref() == Some(name))
        };
        let incidents = engine.state().incident.incidents().filter(has).map(|one| one.id.to_string()).collect();
        let schedules =
            on_call.iter().filter(|(_, people)| people.contains(name)).map(|(schedule, _)| schedule.clone());
        Self {
            zone: person.zone.name().to_owned(),
            contacts: person.contacts.keys().cloned().collect(),
            teams: teams.collect(),
            owns,
            on_call: schedules.collect(),
            incidents,
            person: reference,
        }
    }
}
