//! Runbooks and playbooks, as one list.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use evenkeel_model::Procedure;

use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::workloads::contains;
use crate::workloads_pager::Pager;
use crate::{Asked, Frame, Section, Shown};

/// So many on a page.
const PER_PAGE: usize = 40;

#[derive(Debug, Template)]
#[template(path = "procedures.html", whitespace = "minimize")]
struct Procedures {
    frame: Frame,
    q: String,
    kinds: [(&'static str, bool); 2],
    filtered: bool,
    count: String,
    lines: Vec<Line>,
    pager: Pager,
}

#[derive(Debug)]
struct Line {
    title: Named,
    kind: &'static str,
    workload: Option<Named>,
    owner: Option<Named>,
    steps: usize,
    led: usize,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Procedures, "Procedures");
    let q = asked.place.last("q").map_or_else(String::new, |q| cut(q.trim(), TITLE_MAX));
    let kind = asked.place.last("kind").unwrap_or_default();
    let catalogue = &asked.engine.plan().catalogue;
    let takes = |one: &&Procedure| {
        let about = one.workload.as_deref().unwrap_or_default();
        (kind.is_empty() || one.kind.as_str() == kind)
            && (contains(&one.title, &q) || contains(&one.name, &q) || contains(about, &q))
    };
    let found: Vec<&Procedure> = catalogue.procedures.values().filter(takes).collect();
    let (range, pager) = Pager::of(asked.place, found.len(), PER_PAGE);
    let mut led: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
    for procedure in catalogue.helped_by.values() {
        *led.entry(procedure).or_insert(0) += 1;
    }
    let line = |one: &&Procedure| Line {
        title: Named { name: cut(&one.title, TITLE_MAX), href: linked(&frame.root, "/procedures/{name}", &one.name) },
        kind: one.kind.as_str(),
        workload: one.workload.as_ref().map(|name| Named::workload(&frame.root, name)),
        owner: one.owner.as_ref().map(|owner| Named::document(&frame.root, owner)),
        steps: one.steps.len(),
        led: led.get(&one.name).copied().unwrap_or(0),
    };
    let lines = found.get(range).unwrap_or_default().iter().map(line).collect();
    Shown::page(Procedures {
        filtered: !q.is_empty() || !kind.is_empty(),
        kinds: ["runbook", "playbook"].map(|known| (known, known == kind)),
        count: evenkeel_review::counted(found.len(), "procedure"),
        q,
        lines,
        pager,
        frame,
    })
}
