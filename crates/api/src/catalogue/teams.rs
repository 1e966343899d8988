//! Teams: who is in them, and what they own.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Graph, Team};
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

/// `GET /teams`
pub(crate) const LIST: Operation = Operation::get("/api/v1/teams", "listTeams", Tag::Catalogue)
    .says("Lists teams", "By name.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<TeamList>("teams")])
    .refuses(&[BAD_CURSOR]);

/// `GET /teams/{name}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/teams/{name}", "getTeam", Tag::Catalogue)
    .says("Shows a team", "")
    .params(&[NAME])
    .answers(&[Given::json::<ShownTeam>("the team")])
    .refuses(&[UNKNOWN]);

/// Teams.
#[derive(Debug, Serialize, JsonSchema)]
struct TeamList {
    teams: Vec<ShownTeam>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// People who own things together.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Team")]
struct ShownTeam {
    #[schemars(with = "Ref")]
    team: DocumentRef,
    members: Vec<ShownMember>,
    /// The escalation policy for what the team owns.
    #[schemars(with = "Option<Ref>")]
    escalation: Option<DocumentRef>,
    /// Workloads.
    #[schemars(with = "Vec<Ref>")]
    owns: Vec<DocumentRef>,
    /// Active incidents of what it owns.
    incident_count: usize,
}

/// Somebody in a team.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TeamMember")]
struct ShownMember {
    #[schemars(with = "Ref")]
    person: DocumentRef,
    role: Option<Box<str>>,
}

/// Lists teams.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let paging = Paging::read(&Query::read(uri)?, "teams")?;
    let Cut { things: teams, next } = app.desk.look(|engine, _| {
        let known = engine.plan().catalogue.teams.values();
        paging.pick(known.map(|team| (team.name.to_string(), team))).map(|team| ShownTeam::of(engine, team))
    });
    let answer = reply::json(StatusCode::OK, &TeamList { teams, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// Shows one team.
pub(crate) fn show<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let name = name(uri, "team")?;
    let team = app.desk.look(|engine, _| {
        let teams = &engine.plan().catalogue.teams;
        let known = teams.get(name.as_str()).map(|team| ShownTeam::of(engine, team));
        known.ok_or_else(|| unknown("team", &name, teams.keys().map(AsRef::as_ref)))
    })?;
    Ok(reply::json(StatusCode::OK, &team))
}

/// How many active incidents hit one of these workloads.
pub(super) fn incident_count(engine: &Engine, workloads: &[Arc<str>]) -> usize {
    let active = engine.state().incident.incidents().filter(|one| one.active());
    active.filter(|one| one.workload.as_ref().is_some_and(|name| workloads.contains(name))).count()
}

impl ShownTeam {
    fn of(engine: &Engine, team: &Team) -> Self {
        let graph = Graph::of(&engine.plan().catalogue);
        let reference = DocumentRef::Team(team.name.clone());
        let owns: Vec<Arc<str>> = graph.owned_by(&reference).cloned().collect();
        let member = |known: &evenkeel_model::Member| ShownMember {
            person: DocumentRef::Person(known.person.clone()),
            role: known.role.clone(),
        };
        Self {
            members: team.members.iter().map(member).collect(),
            escalation: team.escalation.clone().map(DocumentRef::Policy),
            incident_count: incident_count(engine, &owns),
            owns: owns.into_iter().map(DocumentRef::Workload).collect(),
            team: reference,
        }
    }
}
