//! `GET /oncall/load`: what being on call took of each person.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::Page;
use evenkeel_model::Plan;
use evenkeel_time::{Duration, Timestamp, Zone};
use http::{StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{FROM, Known, SCHEDULE, UNKNOWN, UNTIL, window};
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::shapes::Ref;
use crate::openapi::{Given, Operation, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::{Desk, reply};

/// So far back, unless it is said from when.
const LENGTH: Duration = Duration::hours(28 * 24);
/// Nights are from 22:00 to 06:00 on the person's own wall clock. Units: minutes of the day.
const NIGHT: (u16, u16) = (22 * 60, 6 * 60);

/// `GET /oncall/load`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/oncall/load", "showLoad", Tag::OnCall)
    .says(
        "Shows what being on call took of each person",
        "For the last 28 days unless said. Nights are from 22:00 to 06:00 on the person's own wall clock. Pages are counted as \
         far as their incidents are known; with `schedule`, those that went through it.",
    )
    .params(&[FROM, UNTIL, SCHEDULE, LIMIT, CURSOR])
    .answers(&[Given::json::<Listed>("the load")])
    .refuses(&[BAD_CURSOR, UNKNOWN]);

/// What being on call took.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LoadList")]
struct Listed {
    load: Vec<ShownLoad>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What being on call took of a person.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Load")]
struct ShownLoad {
    #[schemars(with = "Ref")]
    person: DocumentRef,
    #[serde(flatten)]
    load: Counted,
}

#[derive(Default, Serialize, JsonSchema)]
struct Counted {
    hours: f64,
    nights: u32,
    weekend_days: u32,
    pages: u32,
    night_pages: u32,
}

/// Lists everybody who was on call or paged, by name.
pub(crate) fn load<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let known = Known::of(app);
    let until = |from: Timestamp| if from < known.now { known.now } else { from.saturating_add(LENGTH) };
    let (from, until) = window(&query, known.now.saturating_add(Duration::ZERO - LENGTH), until)?;
    let schedules = known.schedules(&query)?;
    let one = query.last("schedule").and_then(|_| schedules.first()).map(|schedule| schedule.name.clone());
    let mut by_person = time(evenkeel_oncall::load(&known.plan, &known.overrides, schedules, from, until));
    for (person, at) in paged(app, from, until, one.as_deref()) {
        let night = at_night(&known.plan, &person, at);
        let counted = by_person.entry(person).or_default();
        counted.pages += 1;
        counted.night_pages += u32::from(night);
    }
    let shown = by_person.into_iter().map(|(name, load)| {
        let person = DocumentRef::Person(name.clone());
        (name.to_string(), ShownLoad { person, load })
    });
    let Cut { things: load, next } = Paging::read(&query, "load")?.pick(shown);
    let answer = reply::json(StatusCode::OK, &Listed { load, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

fn time(load: BTreeMap<Arc<str>, evenkeel_oncall::Load>) -> BTreeMap<Arc<str>, Counted> {
    let counted = |load: evenkeel_oncall::Load| Counted {
        hours: load.hours(),
        nights: load.nights,
        weekend_days: load.weekend_days,
        ..Counted::default()
    };
    load.into_iter().map(|(person, load)| (person, counted(load))).collect()
}

/// Who was paged when, as far as pages can still be looked at.
fn paged<D: Desk>(
    app: &App<D>,
    from: Timestamp,
    until: Timestamp,
    schedule: Option<&str>,
) -> Vec<(Arc<str>, Timestamp)> {
    app.desk.look(|engine, _| {
        let pages = engine.state().incident.pages();
        let asked = pages.filter(|page| (from..until).contains(&page.opened_at) && through(page, schedule));
        asked.filter_map(|page| Some((person(page)?, page.opened_at))).collect()
    })
}

fn person(page: &Page) -> Option<Arc<str>> {
    match &page.to {
        DocumentRef::Person(name) => Some(name.clone()),
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => None,
    }
}

/// Whether a schedule is why they were paged: `schedule primary, layer weekly, turn 1 of 2`.
fn through(page: &Page, schedule: Option<&str>) -> bool {
    let Some(schedule) = schedule else { return true };
    let names = |line: &str| {
        let rest = line.strip_prefix("schedule ").and_then(|rest| rest.strip_prefix(schedule));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
    };
    page.because.iter().any(|line| names(line))
}

fn at_night(plan: &Plan, person: &str, at: Timestamp) -> bool {
    let zone = plan.catalogue.people.get(person).map_or(Zone::UTC, |person| person.zone.clone());
    let minute = zone.civil(at).minute;
    let (start, end) = NIGHT;
    minute >= start || minute < end
}
