//! `GET /alerts/groups`: what fires, grouped as it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::response::Response;
use evenkeel_engine::{Engine, Group};
use evenkeel_ids::AlertId;
use evenkeel_labels::LabelSet;
use http::{StatusCode, Uri};
use serde::Serialize;

use super::filter::AlertFilter;
use super::shown_alert::{ShownAlert, ShownReceiver};
use super::snapshot::{Looked, Seen, Snapshot};
use crate::app::App;
use crate::query::Query;
use crate::{Desk, reply};

/// Alertmanager's `alertGroup`.
#[derive(Serialize)]
struct ShownGroup<'a> {
    alerts: Vec<ShownAlert<'a>>,
    labels: &'a LabelSet,
    receiver: ShownReceiver<'a>,
}

/// A group as looked at.
struct SeenGroup {
    route: Arc<str>,
    labels: LabelSet,
    receiver: Arc<str>,
    members: BTreeSet<AlertId>,
    muted_by: Vec<String>,
}

/// Lists groups by labels and receiver; empty ones are left out.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Response> {
    let filter = AlertFilter::of(&Query::of(uri)?)?;
    let (looked, mut groups) = app.desk.look(|engine, now| (Looked::at(engine, now, &filter), groups(engine, &filter)));
    let snap = looked.settle(&filter);
    mute(&mut groups, &snap);
    groups.retain(|group| filter.muted || group.muted_by.is_empty());
    groups.sort_by(|a, b| (&a.labels, &a.receiver).cmp(&(&b.labels, &b.receiver)));
    let shown = groups.iter().map(|group| shown(group, &snap)).filter(|group| !group.alerts.is_empty());
    Ok(reply::json(StatusCode::OK, &shown.collect::<Vec<_>>()))
}

fn groups(engine: &Engine, filter: &AlertFilter) -> Vec<SeenGroup> {
    let seen = |group: &Group| SeenGroup {
        route: group.key.route.clone(),
        labels: group.key.labels.clone(),
        receiver: group.receiver.clone(),
        members: group.members.clone(),
        muted_by: Vec::new(),
    };
    engine.state().alerting.groups().filter(|group| filter.receiver(&group.receiver)).map(seen).collect()
}

/// Finds the time intervals that mute each group's route now.
fn mute(groups: &mut [SeenGroup], snap: &Snapshot) {
    let names = |muting: Vec<&Arc<str>>| muting.into_iter().map(|name| name.as_ref().to_owned()).collect();
    let muted: BTreeMap<&str, Vec<String>> = snap
        .plan
        .routes
        .routes
        .iter()
        .map(|route| (route.key.as_ref(), names(snap.plan.muted_by(route, snap.now))))
        .collect();
    for group in groups {
        group.muted_by = muted.get(group.route.as_ref()).cloned().unwrap_or_default();
    }
}

fn shown<'a>(group: &'a SeenGroup, snap: &'a Snapshot) -> ShownGroup<'a> {
    let one = |alert: &'a Seen| {
        let mut receivers = alert.receivers(&snap.plan);
        receivers.sort_unstable();
        alert.shown(receivers, &group.muted_by)
    };
    ShownGroup {
        alerts: snap.alerts.iter().filter(|alert| group.members.contains(&alert.id)).map(one).collect(),
        labels: &group.labels,
        receiver: ShownReceiver { name: &group.receiver },
    }
}
