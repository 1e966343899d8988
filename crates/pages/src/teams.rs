//! Teams, as one list: who is on call for each now, what it owns, what is open there.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Team;

use crate::incident_named::{Named, TITLE_MAX, cut};
use crate::teams_on_call::{OnCallNow, schedules_of};
use crate::workloads::contains;
use crate::workloads_pager::Pager;
use crate::{Asked, Frame, Section, Shown};

/// So many on a page.
const PER_PAGE: usize = 30;
/// So many members are named.
const MEMBERS: usize = 6;

#[derive(Debug, Template)]
#[template(path = "teams.html", whitespace = "minimize")]
struct Teams {
    frame: Frame,
    q: String,
    count: String,
    lines: Vec<Line>,
    pager: Pager,
}

#[derive(Debug)]
struct Line {
    team: Named,
    members: Vec<Named>,
    members_more: usize,
    on_call: Vec<OnCallNow>,
    workloads: usize,
    open: usize,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Teams, "Teams");
    let q = asked.place.last("q").map_or_else(String::new, |q| cut(q.trim(), TITLE_MAX));
    let catalogue = &asked.engine.plan().catalogue;
    let found: Vec<&Team> = catalogue.teams.values().filter(|team| contains(&team.name, &q)).collect();
    let (range, pager) = Pager::of(asked.place, found.len(), PER_PAGE);
    let (owned, open) = (owned(asked), open(asked));
    let of = |all: &BTreeMap<Arc<str>, usize>, team: &Team| all.get(&team.name).copied().unwrap_or(0);
    let line = |team: &&Team| Line {
        team: Named::document(&frame.root, &DocumentRef::Team(team.name.clone())),
        members: team.members.iter().take(MEMBERS).map(|one| Named::person(&frame.root, &one.person)).collect(),
        members_more: team.members.len().saturating_sub(MEMBERS),
        on_call: schedules_of(asked, team).iter().map(|one| OnCallNow::of(asked, &frame, one)).collect(),
        workloads: of(&owned, team),
        open: of(&open, team),
    };
    let lines = found.get(range).unwrap_or_default().iter().map(line).collect();
    let count = evenkeel_review::counted(found.len(), "team");
    Shown::page(Teams { q, count, lines, pager, frame })
}

/// How many workloads each team owns.
fn owned(asked: &Asked<'_>) -> BTreeMap<Arc<str>, usize> {
    let all = asked.engine.plan().catalogue.workloads.values();
    counted(all.filter_map(|workload| workload.owner.as_ref()))
}

/// How many incidents nobody has ended for each team.
fn open(asked: &Asked<'_>) -> BTreeMap<Arc<str>, usize> {
    let all = asked.engine.state().incident.incidents();
    counted(all.filter(|one| one.active()).filter_map(|one| one.owner.as_ref()))
}

fn counted<'a>(owners: impl Iterator<Item = &'a DocumentRef>) -> BTreeMap<Arc<str>, usize> {
    let mut all = BTreeMap::new();
    for owner in owners {
        if let DocumentRef::Team(name) = owner {
            *all.entry(name.clone()).or_insert(0) += 1;
        }
    }
    all
}
