//! `/incidents/{id}`: one incident, as a live room: what is broken, who suffers, who has it, what can be done.

mod acts;
mod alerts;
mod around;
pub(crate) mod commands;
mod head;
mod people;
mod timeline;
mod updates;

use askama::Template;
use evenkeel_identity::Action;
use evenkeel_ids::IncidentId;

use crate::graph::{Drawing, Graph};
use crate::{Asked, Frame, PageRoute, Section, Show, Shown};
use acts::Acts;
use alerts::Alerts;
use around::Around;
pub(crate) use around::plan_said;
use head::Head;
use people::People;
use timeline::Timeline;
use updates::Update;

pub(crate) const ROOM: PageRoute = PageRoute { path: "/incidents/{id}", action: Action::Read, show: Show::State(show) };

#[derive(Debug, Template)]
#[template(path = "incident.html", whitespace = "minimize")]
struct Room {
    frame: Frame,
    head: Head,
    acts: Acts,
    alerts: Alerts,
    people: People,
    timeline: Timeline,
    drawing: Option<Drawing>,
    around: Around,
    updates: Vec<Update>,
}

fn show(asked: &Asked<'_>) -> Shown {
    let named = asked.place.named("id");
    let incident = named.parse().ok().and_then(|id: IncidentId| asked.engine.state().incident.incident(id));
    let Some(incident) = incident else {
        return Shown::not_there(
            "There is no such incident here.",
            "Only the newest 1,000 that are closed can be looked at; the record has every one.",
        );
    };
    let head = Head::of(asked, incident);
    let frame = asked.frame(Section::Incidents, format!("{} {}", head.mark.word, head.title.shown));
    let drawn = incident.workload.as_ref().and_then(|name| Graph::around(asked.engine, name));
    Shown::page(Room {
        acts: Acts::of(asked, incident),
        alerts: Alerts::of(asked, &frame, incident),
        people: People::of(asked, &frame, incident),
        timeline: Timeline::of(&frame, incident),
        drawing: drawn.map(|graph| Drawing::of(&graph, &frame.root)),
        around: Around::of(asked, &frame, incident),
        updates: updates::of(asked, &frame, incident),
        head,
        frame,
    })
}
