//! `GET /groups`: alerts as they are told together.

use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::{Engine, Group};
use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::instant::Instant;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Labels;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So many alerts are named with a group; the count says how many there are.
const NAMED_MAX: usize = 100;

/// `GET /groups`
pub(crate) const LIST: Operation = Operation::get("/api/v1/groups", "listGroups", Tag::Alerts)
    .says("Lists groups", "Those that came first, first: who is told what, and when it was last told.")
    .params(&[Param::query("receiver", Sort::Text(300), "only what this receiver is told"), LIMIT, CURSOR])
    .answers(&[Given::json::<GroupList>("groups")])
    .refuses(&[BAD_CURSOR]);

/// Groups.
#[derive(Debug, Serialize, JsonSchema)]
struct GroupList {
    groups: Vec<ShownGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Alerts that are told together.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Group")]
struct ShownGroup {
    id: String,
    /// The key of its route.
    route: Arc<str>,
    #[schemars(with = "Labels")]
    labels: LabelSet,
    receiver: Arc<str>,
    /// The first 100.
    alerts: Vec<String>,
    alert_count: usize,
    firing_count: usize,
    /// Time intervals that mute it now.
    muted_by: Vec<Arc<str>>,
    /// When it is looked at next.
    next_at: Instant,
    told: Vec<ShownTold>,
    /// Notices that are under way.
    notices: Vec<String>,
}

/// What an integration was last told.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Told")]
struct ShownTold {
    receiver: Arc<str>,
    integration: Arc<str>,
    at: Instant,
    firing_count: usize,
    resolved_count: usize,
}

/// Lists groups.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let paging = Paging::read(&query, "groups")?;
    let receiver = query.last("receiver");
    let Cut { things: groups, next } = app.desk.look(|engine, now| {
        let known = engine.state().alerting.groups().map(|group| (group.id.seq().0, group));
        let wanted = |group: &Group| receiver.is_none_or(|name| &*group.receiver == name);
        paging.first(known, wanted).map(|group| ShownGroup::of(engine, now, group))
    });
    let answer = reply::json(StatusCode::OK, &GroupList { groups, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

impl ShownGroup {
    fn of(engine: &Engine, now: Timestamp, group: &Group) -> Self {
        let (state, plan) = (&engine.state().alerting, engine.plan());
        let fires = |id: &&evenkeel_ids::AlertId| state.alert(**id).is_some_and(evenkeel_engine::Alert::fires);
        let muted = plan.routes.by_key(&group.key.route).map(|route| plan.muted_by(route, now)).unwrap_or_default();
        let told = group.told.iter().map(|((receiver, integration), told)| ShownTold {
            receiver: receiver.clone(),
            integration: integration.clone(),
            at: Instant(told.at),
            firing_count: told.firing.len(),
            resolved_count: told.resolved.len(),
        });
        Self {
            id: group.id.to_string(),
            route: group.key.route.clone(),
            labels: group.key.labels.clone(),
            receiver: group.receiver.clone(),
            alerts: group.members.iter().take(NAMED_MAX).map(ToString::to_string).collect(),
            alert_count: group.members.len(),
            firing_count: group.members.iter().filter(fires).count(),
            muted_by: muted.into_iter().cloned().collect(),
            next_at: Instant(group.flush_at),
            told: told.collect(),
            notices: group.open.values().map(ToString::to_string).collect(),
        }
    }
}
