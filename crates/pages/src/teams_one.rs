//! One team: who is in it, who is on call, what it owns and has agreed, what being on call takes of its people.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{RegisterEntry, RegisterKind, Team};

use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::people_load::{Load, loads};
use crate::teams_on_call::{OnCallNow, schedules_of};
use crate::{Asked, Frame, Moment, Section, Shown};

/// Of what it owns so many of each kind are listed.
const LISTED: usize = 24;
const MEMBERS_MAX: usize = 100;
const AGREEMENTS_MAX: usize = 40;

#[derive(Debug, Template)]
#[template(path = "team.html", whitespace = "minimize")]
struct OneTeam {
    frame: Frame,
    name: String,
    members: Vec<Member>,
    members_more: usize,
    policy: Option<Named>,
    on_call: Vec<OnCallNow>,
    open: Vec<Named>,
    owns: Vec<Owned>,
    /// All workloads that it owns.
    workloads: String,
    agreements: Vec<Agreement>,
    load: Vec<Load>,
    review: Option<String>,
}

#[derive(Debug)]
struct Member {
    person: Named,
    role: String,
}

/// What it owns of one kind.
#[derive(Debug)]
struct Owned {
    kind: String,
    names: Vec<Named>,
    more: usize,
}

#[derive(Debug)]
struct Agreement {
    name: String,
    /// Whether the team answers; else it asks.
    answers: bool,
    with: Named,
    response: String,
    hours: String,
    channel: String,
    review: Option<Moment>,
    overdue: bool,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let name = asked.place.named("name");
    let Some(team) = asked.engine.plan().catalogue.teams.get(name) else {
        return Shown::not_there(
            format!("No team is called `{}`.", cut(name, TITLE_MAX)),
            "It may have been taken out of the ops repo; the list of teams has those that are there.",
        );
    };
    let frame = asked.frame(Section::Teams, cut(name, TITLE_MAX));
    let root = frame.root.clone();
    let schedules = schedules_of(asked, team);
    let people: Vec<&Arc<str>> = team.members.iter().map(|member| &member.person).take(MEMBERS_MAX).collect();
    let member = |one: &evenkeel_model::Member| Member {
        person: Named::person(&root, &one.person),
        role: one.role.as_deref().map_or_else(String::new, |role| cut(role, TITLE_MAX)),
    };
    Shown::page(OneTeam {
        name: cut(name, TITLE_MAX),
        members: team.members.iter().take(MEMBERS_MAX).map(member).collect(),
        members_more: team.members.len().saturating_sub(MEMBERS_MAX),
        policy: team.escalation.as_ref().map(|name| Named::document(&root, &DocumentRef::Policy(name.clone()))),
        on_call: schedules.iter().map(|one| OnCallNow::of(asked, &frame, one)).collect(),
        open: open(asked, &root, team),
        owns: owns(asked, &root, &DocumentRef::Team(team.name.clone())),
        workloads: format!("{root}workloads?owner={}", crate::link::encoded(&format!("team:{name}"))),
        agreements: agreements(asked, &frame, team),
        load: loads(asked, &root, &schedules, &people),
        review: linked(&root, "/review/subjects/{kind}/{name}", "team")
            .map(|_| format!("{root}review/subjects/team/{}", crate::link::encoded(name))),
        frame,
    })
}

fn open(asked: &Asked<'_>, root: &str, team: &Team) -> Vec<Named> {
    let owner = Some(DocumentRef::Team(team.name.clone()));
    let all = asked.engine.state().incident.incidents();
    let its = all.filter(|one| one.active() && one.owner == owner).take(LISTED);
    let named = |one: &evenkeel_incident::Incident| Named {
        name: cut(&format!("{} {}", one.severity, one.title), TITLE_MAX),
        href: linked(root, "/incidents/{id}", &one.id.to_string()),
    };
    its.map(named).collect()
}

/// What somebody owns, by kind; what most hangs on first.
fn owns(asked: &Asked<'_>, root: &str, owner: &DocumentRef) -> Vec<Owned> {
    let catalogue = &asked.engine.plan().catalogue;
    let is = |of: Option<&DocumentRef>| of == Some(owner);
    let mut all: Vec<Owned> = Vec::new();
    let mut kind = |kind: &str, names: Vec<Named>, count: usize| {
        if count > 0 {
            all.push(Owned { kind: kind.to_owned(), more: count - names.len(), names });
        }
    };
    let mut workloads: Vec<_> = catalogue.workloads.values().filter(|one| is(one.owner.as_ref())).collect();
    workloads.sort_by_key(|one| one.tier);
    let named = workloads.iter().take(LISTED).map(|one| Named::workload(root, &one.name)).collect();
    kind("workloads", named, workloads.len());
    let procedures: Vec<_> = catalogue.procedures.values().filter(|one| is(one.owner.as_ref())).collect();
    let named = procedures
        .iter()
        .take(LISTED)
        .map(|one| Named { name: cut(&one.title, TITLE_MAX), href: linked(root, "/procedures/{name}", &one.name) });
    kind("procedures", named.collect(), procedures.len());
    let plans: Vec<_> = catalogue.response_plans.values().filter(|one| is(one.owner.as_ref())).collect();
    kind("response plans", bare(plans.iter().map(|one| &*one.name)), plans.len());
    let mut registers: BTreeMap<RegisterKind, Vec<&RegisterEntry>> = BTreeMap::new();
    for entry in catalogue.registers.values().filter(|entry| is(entry.owner.as_ref())) {
        registers.entry(entry.kind).or_default().push(entry);
    }
    for (register, entries) in registers {
        kind(register.word(), bare(entries.iter().map(|one| &*one.name)), entries.len());
    }
    all
}

fn bare<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Named> {
    names.take(LISTED).map(|name| Named::bare(cut(name, TITLE_MAX))).collect()
}

fn agreements(asked: &Asked<'_>, frame: &Frame, team: &Team) -> Vec<Agreement> {
    let all = asked.engine.plan().catalogue.register_of(RegisterKind::Agreement);
    let found = all.filter_map(|entry| {
        let (provider, consumer) = (entry.text("provider")?, entry.text("consumer")?);
        let answers = provider == &*team.name;
        (answers || consumer == &*team.name).then_some((entry, answers, if answers { consumer } else { provider }))
    });
    let shown = found.take(AGREEMENTS_MAX).map(|(entry, answers, with)| Agreement {
        name: cut(&entry.name, TITLE_MAX),
        answers,
        with: Named::document(&frame.root, &DocumentRef::Team(with.into())),
        response: entry.lasts("response").map_or_else(String::new, |lasts| lasts.to_string()),
        hours: cut(entry.text("hours").unwrap_or_default(), TITLE_MAX),
        channel: cut(entry.text("channel").unwrap_or_default(), TITLE_MAX),
        review: entry.at("reviewBy").map(|at| frame.moment(at)),
        overdue: entry.at("reviewBy").is_some_and(|at| at < asked.now),
    });
    shown.collect()
}
