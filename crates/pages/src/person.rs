//! One person: teams, shifts to come, how they are reached, and how they answered pages. Never an address.

mod reached;

use std::sync::Arc;

use askama::Template;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Schedule;
use evenkeel_oncall::shifts;
use evenkeel_time::{Duration, Timestamp};

use crate::clock::long;
use crate::evidence::{Cell, quoted};
use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::{Ask, Asked, Clock, Frame, Moment, Place, Rows, Section, Shown};
use reached::{Contact, contacts, quiet};

const PAGES: u32 = 20;
/// So far ahead is looked for shifts.
const AHEAD: Duration = Duration::hours(28 * 24);
const SHIFTS_MAX: usize = 20;
/// Of more schedules that name somebody the first are looked at.
const SCHEDULES_MAX: usize = 16;

#[derive(Debug, Template)]
#[template(path = "person.html", whitespace = "minimize")]
struct OnePerson {
    frame: Frame,
    name: String,
    is_reader: bool,
    zone: String,
    their_time: String,
    teams: Vec<(Named, String)>,
    on_call: bool,
    shifts: Vec<Shift>,
    contacts: Vec<Contact>,
    quiet: Vec<String>,
    pages: Vec<Paged>,
    answered: String,
}

#[derive(Debug)]
struct Shift {
    schedule: Named,
    now: bool,
    from: Moment,
    /// `None`: not within four weeks.
    until: Option<Moment>,
    because: String,
}

#[derive(Debug)]
struct Paged {
    incident: Named,
    at: Moment,
    how: String,
    bad: bool,
    night: bool,
}

/// Their pages, the newest first.
pub(crate) fn ask(place: &Place) -> Vec<Ask> {
    let name = quoted(place.named("name"));
    let sql = format!(
        "SELECT incident, at, acknowledged_at, failed_at, expired_at, out_of_hours FROM pages WHERE person = {name} ORDER BY at DESC"
    );
    vec![Ask { sql, rows: PAGES }]
}

pub(crate) fn show(asked: &Asked<'_>, rows: &[Rows]) -> Shown {
    let name = asked.place.named("name");
    let plan = asked.engine.plan();
    let Some(person) = plan.catalogue.people.get(name) else {
        return Shown::not_there(
            format!("Nobody is called `{}`.", cut(name, TITLE_MAX)),
            "They may have been taken out of the ops repo; teams say who is there.",
        );
    };
    let frame = asked.frame(Section::Teams, cut(name, TITLE_MAX));
    let teams = plan.catalogue.teams.values().filter_map(|team| {
        let member = team.members.iter().find(|member| member.person == person.name)?;
        let role = member.role.as_deref().map_or_else(String::new, |role| cut(role, TITLE_MAX));
        Some((Named::document(&frame.root, &DocumentRef::Team(team.name.clone())), role))
    });
    let shifts = to_come(asked, &frame, &person.name);
    let pages: Vec<Paged> = rows.iter().flat_map(|rows| &rows.rows).filter_map(|row| paged(&frame, row)).collect();
    Shown::page(OnePerson {
        name: cut(name, TITLE_MAX),
        is_reader: asked.caller.person.as_ref() == Some(&person.name),
        zone: person.zone.name().to_owned(),
        their_time: Clock { zone: person.zone.clone(), now: asked.now }.at(asked.now),
        teams: teams.collect(),
        on_call: shifts.iter().any(|shift| shift.now),
        shifts,
        contacts: contacts(person),
        quiet: person.quiet_hours.iter().map(quiet).collect(),
        answered: answered(rows),
        pages,
        frame,
    })
}

/// Their shifts from now on, by time.
fn to_come(asked: &Asked<'_>, frame: &Frame, person: &Arc<str>) -> Vec<Shift> {
    let overrides = &asked.engine.state().oncall;
    let instead: Vec<&Arc<str>> =
        overrides.overrides().filter(|one| one.person == *person).map(|one| &one.schedule).collect();
    let names = |schedule: &&Schedule| {
        schedule.layers.iter().flat_map(|layer| &layer.turns).any(|turn| turn.contains(person))
            || schedule.overrides.iter().any(|one| one.people.contains(person))
            || instead.contains(&&schedule.name)
    };
    let (now, end) = (asked.now, asked.now.saturating_add(AHEAD));
    let mut found: Vec<(Timestamp, Shift)> = Vec::new();
    for schedule in asked.engine.plan().catalogue.schedules.values().filter(names).take(SCHEDULES_MAX) {
        let spans =
            shifts(schedule, overrides, now, end).into_iter().filter(|span| span.on_call.people.contains(person));
        found.extend(spans.take(SHIFTS_MAX).map(|span| {
            let shift = Shift {
                schedule: Named::document(&frame.root, &DocumentRef::Schedule(schedule.name.clone())),
                now: span.from <= now,
                from: frame.moment(span.from),
                until: (span.until < end).then(|| frame.moment(span.until)),
                because: span.on_call.because.to_string(),
            };
            (span.from, shift)
        }));
    }
    found.sort_by_key(|(from, _)| *from);
    found.truncate(SHIFTS_MAX);
    found.into_iter().map(|(_, shift)| shift).collect()
}

fn paged(frame: &Frame, row: &[Cell]) -> Option<Paged> {
    let [incident, at, acknowledged, failed, expired, out_of_hours, ..] = row else { return None };
    let (incident, at) = (incident.text(), at.instant()?);
    let (how, bad) = match (acknowledged.instant(), failed.instant(), expired.instant()) {
        (Some(then), _, _) => (format!("answered after {}", long(then.0 - at.0)), false),
        (None, Some(_), _) => ("reached nobody: every contact failed".to_owned(), true),
        (None, None, Some(_)) => ("not answered in its time".to_owned(), true),
        (None, None, None) => ("not answered".to_owned(), false),
    };
    Some(Paged {
        incident: Named { name: incident.clone(), href: linked(&frame.root, "/incidents/{id}", &incident) },
        at: frame.moment(at),
        how,
        bad,
        night: out_of_hours.whole() == Some(1),
    })
}

/// How fast they answered those that are listed: half of them within so long.
fn answered(rows: &[Rows]) -> String {
    let all = rows.iter().flat_map(|rows| &rows.rows);
    let after = all.filter_map(|row| Some(row.get(2)?.instant()?.0 - row.get(1)?.instant()?.0));
    let mut after: Vec<i64> = after.collect();
    after.sort_unstable();
    let half = after.get(after.len() / 2).copied();
    half.map_or_else(String::new, |half| format!("Half of those that were answered, were within {}.", long(half)))
}
