//! A page as JSON, by the schema in `docs/schema/status-page.schema.json`.

use serde::Serialize;

use crate::board::Component;
use crate::words::{date, exact};
use crate::{Board, Condition, Notice, Planned};

/// The schema of what [`json`] writes.
pub const SCHEMA: &str = include_str!("../static/status-page.schema.json");
/// Raised when what is there changes its meaning or goes; more may come at any time.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct PageJson<'a> {
    format: u32,
    page: HeadJson<'a>,
    renewed_at: String,
    state: Condition,
    components: Vec<ComponentJson<'a>>,
    incidents: Vec<NoticeJson<'a>>,
    planned: Vec<PlannedJson<'a>>,
    past_incidents: Vec<NoticeJson<'a>>,
}

#[derive(Serialize)]
struct HeadJson<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    support: Option<&'a str>,
}

#[derive(Serialize)]
struct ComponentJson<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    group: Option<&'a str>,
    state: Condition,
    since: Option<String>,
    up_percent: Option<f64>,
    days: Vec<DayJson>,
}

#[derive(Serialize)]
struct DayJson {
    day: String,
    worst: Option<Condition>,
    down_seconds: i64,
}

#[derive(Serialize)]
struct NoticeJson<'a> {
    id: &'a str,
    title: &'a str,
    components: &'a [Box<str>],
    began_at: String,
    over_at: Option<String>,
    updates: Vec<SaidJson<'a>>,
}

#[derive(Serialize)]
struct SaidJson<'a> {
    id: &'a str,
    at: String,
    kind: &'static str,
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct PlannedJson<'a> {
    id: &'a str,
    title: &'a str,
    text: &'a str,
    components: &'a [Box<str>],
    starts_at: String,
    ends_at: String,
    under_way: bool,
}

/// The page as JSON.
#[must_use]
pub fn json(board: &Board) -> String {
    let components = board
        .groups
        .iter()
        .flat_map(|group| group.components.iter().map(|component| self::component(component, group.title.as_deref())));
    let page = PageJson {
        format: FORMAT,
        page: HeadJson {
            name: &board.name,
            title: &board.title,
            description: &board.description,
            support: board.support.as_deref(),
        },
        renewed_at: exact(board.at),
        state: board.condition,
        components: components.collect(),
        incidents: board.current.iter().map(notice).collect(),
        planned: board.planned.iter().map(planned).collect(),
        past_incidents: board.past.iter().map(notice).collect(),
    };
    let text = serde_json::to_string(&page).expect("texts, numbers and lists are JSON");
    // Within JSON it stands in texts only; so nothing in it is markup, whoever shows it as what.
    let mut text = text.replace('<', "\\u003c");
    text.push('\n');
    text
}

fn component<'a>(component: &'a Component, group: Option<&'a str>) -> ComponentJson<'a> {
    let days = component.days.iter().map(|day| DayJson {
        day: date(day.start),
        worst: day.worst,
        down_seconds: day.down_for.0 / 1000,
    });
    ComponentJson {
        name: &component.name,
        title: &component.title,
        description: &component.description,
        group,
        state: component.condition,
        since: component.since.map(exact),
        up_percent: component.up_ppm.map(|ppm| f64::from(ppm / 10) / 1000.0),
        days: days.collect(),
    }
}

fn notice(notice: &Notice) -> NoticeJson<'_> {
    let updates = notice.said.iter().map(|said| SaidJson {
        id: &said.slug,
        at: exact(said.at),
        kind: said.kind(),
        title: &said.title,
        text: &said.text,
    });
    NoticeJson {
        id: &notice.slug,
        title: &notice.title,
        components: &notice.components,
        began_at: exact(notice.began),
        over_at: notice.over.map(exact),
        updates: updates.collect(),
    }
}

fn planned(planned: &Planned) -> PlannedJson<'_> {
    PlannedJson {
        id: &planned.slug,
        title: &planned.title,
        text: &planned.text,
        components: &planned.components,
        starts_at: exact(planned.starts),
        ends_at: exact(planned.ends),
        under_way: planned.under_way,
    }
}
