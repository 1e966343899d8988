//! One workload: who answers for it, what is wrong now and was lately, what it stands on, what helps.

mod about;
mod lately;

use askama::Template;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Graph as Catalogued, Workload};

use crate::evidence::quoted;
use crate::graph::{Drawing, Graph};
use crate::history::{Days, Spark, bad_times};
use crate::incident_named::{Named, TITLE_MAX, cut, linked, listed};
use crate::{Ask, Asked, Frame, Place, Rows, Section, Shown};

use about::{Objective, Procedure, Registers, Response};
use lately::{Alerts, Change, Incident};

/// So many incidents make the days; the first of them are listed.
const INCIDENTS: u32 = 300;
const ALERTS: u32 = 12;
const CHANGES: u32 = 10;
/// Of components, environments and the like so many are shown.
const PARTS_MAX: usize = 24;

#[derive(Debug, Template)]
#[template(path = "workload.html", whitespace = "minimize")]
struct OneWorkload {
    frame: Frame,
    name: String,
    tier: u8,
    untiered: bool,
    customers: bool,
    owner: Option<Named>,
    inherited: Option<Named>,
    who: String,
    what: String,
    priority: String,
    environments: Vec<(String, bool)>,
    components: Vec<(String, String)>,
    components_more: usize,
    open: Vec<Incident>,
    alerts: Alerts,
    drawing: Option<Drawing>,
    all_above: usize,
    all_below: usize,
    chart: Spark,
    days: Vec<(String, String, &'static str)>,
    first_day: String,
    lately: Vec<Incident>,
    more_lately: bool,
    changes: Vec<Change>,
    procedures: Vec<Procedure>,
    responses: Vec<Response>,
    objectives: Vec<Objective>,
    registers: Vec<Registers>,
    review: Option<String>,
    silences: Option<String>,
}

/// Incidents, alerts that fire, what was changed.
pub(crate) fn ask(place: &Place) -> Vec<Ask> {
    let name = quoted(place.named("name"));
    let incidents = format!(
        "SELECT id, at, resolved_at, severity FROM incidents WHERE workload = {name} AND merged_into IS NULL ORDER BY at DESC"
    );
    let alerts = format!(
        "SELECT id, at, alertname, severity FROM alerts WHERE workload = {name} AND resolved_at IS NULL ORDER BY at DESC"
    );
    let changes = format!(
        "SELECT 'deployment' AS what, at, version AS which, outcome AS how, record FROM deployments WHERE workload = {name} \
         UNION ALL SELECT 'change' AS what, at, sort AS which, through AS how, record FROM changes WHERE workload = {name} \
         ORDER BY at DESC"
    );
    let ask = |sql, rows| Ask { sql, rows };
    vec![ask(incidents, INCIDENTS), ask(alerts, ALERTS), ask(changes, CHANGES)]
}

pub(crate) fn show(asked: &Asked<'_>, rows: &[Rows]) -> Shown {
    let name = asked.place.named("name");
    let plan = asked.engine.plan();
    let Some(workload) = plan.catalogue.workloads.get(name) else {
        return Shown::not_there(
            format!("No workload is called `{}`.", cut(name, TITLE_MAX)),
            "It may have been taken out of the ops repo; the list of workloads has those that are there.",
        );
    };
    let [incidents, alerts, changes] = rows else { return Shown::not_there("the evidence", "load the page again") };
    let frame = asked.frame(Section::Workloads, cut(name, TITLE_MAX));
    let root = frame.root.clone();
    let graph = Catalogued::of(&plan.catalogue);
    let days = Days::of(&asked.clock());
    let history = days.history(bad_times(incidents).map(|(_, bad)| bad).filter(|bad| bad.touches(&days)).collect());
    let (components, components_more) = components(workload);
    Shown::page(OneWorkload {
        name: cut(name, TITLE_MAX),
        tier: workload.tier,
        untiered: plan.catalogue.origin.untiered.contains(name),
        customers: workload.impact.customers,
        owner: workload.owner.as_ref().map(|owner| Named::document(&root, owner)),
        inherited: graph.owner(name).and_then(|owner| owner.inherited_from).map(|from| Named::workload(&root, from)),
        who: workload.impact.who.to_string(),
        what: workload.impact.what.to_string(),
        priority: priority(asked, workload),
        environments: environments(workload),
        components,
        components_more,
        open: lately::open(asked, &frame, name),
        alerts: lately::alerts(asked, &frame, alerts),
        all_above: graph.all_above(name).len(),
        all_below: graph.all_below(name).len(),
        drawing: Graph::around(asked.engine, name).map(|graph| Drawing::of(&graph, &root)),
        days: history.bad_days().map(lately::day).collect(),
        first_day: history.days.first().map_or_else(String::new, |day| day.name.clone()),
        chart: history.chart(),
        lately: lately::incidents(asked, &frame, incidents),
        more_lately: incidents.rows.len() > lately::LISTED || incidents.more,
        changes: changes.rows.iter().filter_map(|row| Change::of(&frame, row)).collect(),
        procedures: about::procedures(asked, &root, name),
        responses: about::responses(asked, &root, name),
        objectives: about::objectives(asked, name),
        registers: about::registers(asked, name),
        review: linked(&root, "/review/subjects/{kind}/{name}", "workload")
            .map(|_| format!("{root}review/subjects/workload/{}", crate::link::encoded(name))),
        silences: listed(&root, "/silences/new", &format!("?workload={}", crate::link::encoded(name))),
        frame,
    })
}

fn priority(asked: &Asked<'_>, workload: &Workload) -> String {
    let Some(name) = &workload.priority else { return String::new() };
    let all = &asked.engine.plan().priorities;
    let place = all.iter().position(|known| known.name == *name);
    let described = place.and_then(|at| Some((at + 1, all.get(at)?)));
    described.map_or_else(
        || name.to_string(),
        |(place, priority)| format!("{place} of {}: {} {}", all.len(), priority.name, priority.description),
    )
}

fn environments(workload: &Workload) -> Vec<(String, bool)> {
    let all = workload.environments.iter().take(PARTS_MAX);
    // What is called so need not be told again.
    all.map(|one| (cut(&one.name, TITLE_MAX), one.production && &*one.name != "production")).collect()
}

fn components(workload: &Workload) -> (Vec<(String, String)>, usize) {
    let shown = workload.components.iter().take(PARTS_MAX);
    let shown = shown.map(|one| (cut(&one.name, TITLE_MAX), cut(&one.description, 2 * TITLE_MAX))).collect();
    (shown, workload.components.len().saturating_sub(PARTS_MAX))
}

/// A workload as others refer to it.
pub(crate) fn refers(to: Option<&std::sync::Arc<str>>, name: &str) -> bool {
    to.is_some_and(|known| &**known == name)
}

/// The owner of something, where it has one.
fn owner(root: &str, of: Option<&DocumentRef>) -> Option<Named> {
    of.map(|owner| Named::document(root, owner))
}
