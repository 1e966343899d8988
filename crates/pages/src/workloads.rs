//! What is operated, as one list: what is open in it, how the last thirty days went, when it was changed last.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::Phase;
use evenkeel_model::Workload;
use evenkeel_severity::Severity;

use crate::evidence::Cell;
use crate::history::{Bad, Days, Spark, bad_times};
use crate::incident_named::{Named, TITLE_MAX, cut};
use crate::mark::Mark;
use crate::workloads_pager::{Pager, stretch};
use crate::{Ask, Asked, Frame, Moment, Place, Rows, Section, Shown};

/// So many on a page.
const PER_PAGE: usize = 30;
/// The newest incidents that the days are made of.
const INCIDENTS: u32 = 2_000;
/// Of so many workloads the last change and the alerts are known.
const COUNTED: u32 = 10_000;

#[derive(Debug, Template)]
#[template(path = "workloads.html", whitespace = "minimize")]
struct Workloads {
    frame: Frame,
    q: String,
    owner: String,
    tiers: Vec<(String, bool)>,
    filtered: bool,
    count: String,
    lines: Vec<Line>,
    pager: Pager,
    /// Whether there are more incidents than were looked at.
    cut: bool,
}

#[derive(Debug)]
struct Line {
    workload: Named,
    tier: u8,
    customers: bool,
    owner: Option<Named>,
    open: usize,
    worst: Option<Mark>,
    alerts: i64,
    spark: Spark,
    changed: Option<Moment>,
}

/// What is open in a workload.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Open {
    pub(crate) count: usize,
    pub(crate) worst: Option<Severity>,
}

/// Incidents, alerts that fire by workload, the last change by workload.
pub(crate) fn ask(_place: &Place) -> Vec<Ask> {
    let incidents = "SELECT workload, at, resolved_at, severity FROM incidents WHERE workload IS NOT NULL AND merged_into IS \
                     NULL ORDER BY at DESC";
    let alerts = "SELECT workload, count(*) AS alerts FROM alerts WHERE resolved_at IS NULL AND workload IS NOT NULL GROUP BY \
                  workload ORDER BY workload";
    let changes = "WITH made AS (SELECT workload, at FROM deployments UNION ALL SELECT workload, at FROM changes) SELECT \
                   workload, max(at) AS at FROM made WHERE workload IS NOT NULL GROUP BY workload ORDER BY workload";
    let ask = |sql: &str, rows| Ask { sql: sql.to_owned(), rows };
    vec![ask(incidents, INCIDENTS), ask(alerts, COUNTED), ask(changes, COUNTED)]
}

pub(crate) fn show(asked: &Asked<'_>, rows: &[Rows]) -> Shown {
    let frame = asked.frame(Section::Workloads, "Workloads");
    let [incidents, alerts, changes] = rows else { return Shown::not_there("the evidence", "load the page again") };
    let filter = Filter::of(asked.place);
    let open = open(asked.engine);
    let catalogue = &asked.engine.plan().catalogue;
    let rank = |workload: &Workload| open.get(&workload.name).and_then(|open| open.worst).map_or(6, Severity::number);
    let found = catalogue.workloads.values().filter(|workload| filter.takes(workload));
    let found: Vec<(u32, u8, &Arc<str>)> =
        found.map(|workload| (rank(workload), workload.tier, &workload.name)).collect();
    let count = found.len();
    let (range, pager) = Pager::of(asked.place, count, PER_PAGE);
    let shown = stretch(found, range);
    let shown: Vec<&Workload> = shown.into_iter().filter_map(|(_, _, name)| catalogue.workloads.get(name)).collect();
    let (alerts, changes) = (by_workload(alerts), by_workload(changes));
    let days = Days::of(&asked.clock());
    let mut bad = bad(incidents, &days, &shown);
    let line = |workload: &Workload| {
        let name = &*workload.name;
        let at = |of: &BTreeMap<String, &Cell>| of.get(name).and_then(|cell| cell.whole());
        let open = open.get(&workload.name).copied().unwrap_or_default();
        Line {
            workload: Named::workload(&frame.root, name),
            tier: workload.tier,
            customers: workload.impact.customers,
            owner: workload.owner.as_ref().map(|owner| Named::document(&frame.root, owner)),
            open: open.count,
            worst: open.worst.map(Mark::of),
            alerts: at(&alerts).unwrap_or(0),
            spark: days.history(bad.remove(name).unwrap_or_default()).spark(),
            changed: changes.get(name).and_then(|cell| cell.instant()).map(|at| frame.moment(at)),
        }
    };
    let lines = shown.into_iter().map(line).collect();
    Shown::page(Workloads {
        q: filter.q.clone(),
        owner: filter.owner.clone(),
        tiers: (1..=4).map(|tier: u8| (tier.to_string(), filter.tier == Some(tier))).collect(),
        filtered: !filter.q.is_empty() || !filter.owner.is_empty() || filter.tier.is_some(),
        count: evenkeel_review::counted(count, "workload"),
        cut: incidents.more,
        lines,
        pager,
        frame,
    })
}

/// What is asked for of all workloads.
#[derive(Debug)]
struct Filter {
    q: String,
    owner: String,
    tier: Option<u8>,
}

impl Filter {
    fn of(place: &Place) -> Self {
        let text = |name: &str| place.last(name).map_or_else(String::new, |text| cut(text.trim(), TITLE_MAX));
        let tier = place.last("tier").and_then(|tier| tier.parse().ok());
        Self { q: text("q"), owner: text("owner"), tier }
    }

    fn takes(&self, workload: &Workload) -> bool {
        let owner = || workload.owner.as_ref().map_or_else(String::new, DocumentRef::to_string);
        contains(&workload.name, &self.q)
            && self.tier.is_none_or(|tier| tier == workload.tier)
            && (self.owner.is_empty() || contains(&owner(), &self.owner))
    }
}

/// Whether a text has another one in it, small and large letters of ASCII alike.
pub(crate) fn contains(text: &str, sought: &str) -> bool {
    sought.is_empty() || text.to_ascii_lowercase().contains(&sought.to_ascii_lowercase())
}

/// What is open, by workload.
pub(crate) fn open(engine: &Engine) -> BTreeMap<Arc<str>, Open> {
    let mut all: BTreeMap<Arc<str>, Open> = BTreeMap::new();
    let incidents = engine.state().incident.incidents();
    for incident in incidents.filter(|one| matches!(one.phase, Phase::Open | Phase::Acknowledged)) {
        let Some(workload) = &incident.workload else { continue };
        let open = all.entry(workload.clone()).or_default();
        open.count += 1;
        open.worst = Some(open.worst.map_or(incident.severity, |worst| worst.min(incident.severity)));
    }
    all
}

/// The times in which something was wrong, of those that are shown.
fn bad(incidents: &Rows, days: &Days, shown: &[&Workload]) -> BTreeMap<String, Vec<Bad>> {
    let mut bad: BTreeMap<String, Vec<Bad>> = shown.iter().map(|one| (one.name.to_string(), Vec::new())).collect();
    for (name, time) in bad_times(incidents) {
        if let Some(known) = bad.get_mut(&name)
            && time.touches(days)
        {
            known.push(time);
        }
    }
    bad
}

/// The second column by the first.
fn by_workload(rows: &Rows) -> BTreeMap<String, &Cell> {
    rows.rows.iter().filter_map(|row| Some((row.first()?.text(), row.get(1)?))).collect()
}
