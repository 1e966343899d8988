//! `/groups/{id}`: one group, who is in it, and what was told.

use std::cmp::Reverse;

use askama::Template;
use evenkeel_alerting::Status;
use evenkeel_engine::Group;
use evenkeel_ids::GroupId;

use crate::alert_told::{Telling, tellings};
use crate::alerts_asked::place_of;
use crate::alerts_line::Line;
use crate::alerts_sieve::Sieve;
use crate::alerts_text::clipped;
use crate::alerts_window::{Window, many};
use crate::groups::{members, muted_by};
use crate::{Asked, Frame, Moment, Section, Shown};

/// So many of its alerts are shown.
const ALERTS_MAX: usize = 20;

#[derive(Debug, Template)]
#[template(path = "group.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    id: String,
    labels: String,
    receiver: String,
    route: String,
    next: Moment,
    first_look: bool,
    muted_by: String,
    interval: String,
    repeat: String,
    plan: Option<String>,
    tellings: Vec<Telling>,
    fires: String,
    over: usize,
    alerts: Vec<Line>,
    more: usize,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let id = asked.place.named("id");
    let found = id.parse::<GroupId>().ok().and_then(|id| asked.engine.state().alerting.group(id));
    match found {
        Some(group) => Shown::page(view(asked, group)),
        None => Shown::not_there(
            format!("No group {} is held now.", clipped(id, 80)),
            "All that was in it is over and told. The records have what was told.",
        ),
    }
}

fn view(asked: &Asked<'_>, group: &Group) -> View {
    let frame = asked.frame(Section::Alerts, group.id.to_string());
    let sieve = Sieve::of(asked);
    let state = &asked.engine.state().alerting;
    // What fires comes first, then what is over and waits to be told.
    let mut window = Window::new(None, ALERTS_MAX);
    for alert in group.members.iter().filter_map(|id| state.alert(*id)) {
        let over = alert.status != Status::Firing;
        window.push((over, place_of(alert), Reverse(alert.id)), || alert);
    }
    let (fires, over) = members(asked, group);
    let shown = window.paged();
    let more = shown.total - shown.rows.len();
    let line = |alert: &evenkeel_engine::Alert| {
        let why = alert.fires().then(|| sieve.why(alert)).flatten();
        Line::of(asked.engine, &frame, alert, why)
    };
    View {
        id: group.id.to_string(),
        labels: if group.key.labels.is_empty() { String::new() } else { clipped(&group.key.labels.to_string(), 2000) },
        receiver: clipped(&group.receiver, 200),
        route: clipped(&group.key.route, 1000),
        next: frame.moment(group.flush_at),
        first_look: !group.flushed,
        muted_by: muted_by(asked, group).join(", "),
        interval: group.group_interval.to_string(),
        repeat: group.repeat_interval.to_string(),
        plan: asked.engine.plan().catalogue.response_plan_for(&group.receiver).map(|plan| clipped(&plan.name, 200)),
        tellings: tellings(asked, &frame, group, None),
        fires: many(fires, "alert"),
        over,
        alerts: shown.rows.into_iter().map(line).collect(),
        more,
        frame,
    }
}
