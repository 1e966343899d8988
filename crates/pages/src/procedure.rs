//! One procedure: what it says, whose it is, and what leads to it.

use std::sync::Arc;

use askama::Template;

use crate::incident_named::{Named, TITLE_MAX, cut};
use crate::markdown::{Markdown, Within};
use crate::{Asked, Frame, Section, Shown};

/// So many response plans are listed.
const LISTED: usize = 40;

#[derive(Debug, Template)]
#[template(path = "procedure.html", whitespace = "minimize")]
struct OneProcedure {
    frame: Frame,
    title: String,
    name: String,
    kind: &'static str,
    path: String,
    owner: Option<Named>,
    workload: Option<Named>,
    steps: Vec<String>,
    led: Vec<Led>,
    text: Markdown,
    empty: bool,
}

/// A response plan that leads here.
#[derive(Debug)]
struct Led {
    plan: String,
    impact: &'static str,
    workload: Option<Named>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let name = asked.place.named("name");
    let plan = asked.engine.plan();
    let catalogue = &plan.catalogue;
    let Some(procedure) = catalogue.procedures.get(name) else {
        return Shown::not_there(
            format!("No procedure is called `{}`.", cut(name, TITLE_MAX)),
            "It may have been taken out of the ops repo; the list of procedures has those that are there.",
        );
    };
    let title = cut(&procedure.title, TITLE_MAX);
    let frame = asked.frame(Section::Procedures, title.clone());
    let root = frame.root.clone();
    let leads = catalogue.helped_by.iter().filter(|(_, helped)| **helped == procedure.name).take(LISTED);
    let led = leads.filter_map(|(plan, _)| catalogue.response_plans.get(plan)).map(|plan| Led {
        plan: cut(&plan.name, TITLE_MAX),
        impact: plan.impact.as_str(),
        workload: plan.workload.as_ref().map(|name| Named::workload(&root, name)),
    });
    Shown::page(OneProcedure {
        name: cut(name, TITLE_MAX),
        kind: procedure.kind.as_str(),
        path: procedure.path.to_string(),
        owner: procedure.owner.as_ref().map(|owner| Named::document(&root, owner)),
        workload: procedure.workload.as_ref().map(|name| Named::workload(&root, name)),
        steps: procedure.steps.iter().take(LISTED).map(|step| cut(step, TITLE_MAX)).collect(),
        led: led.collect(),
        empty: procedure.text.trim().is_empty(),
        text: Markdown {
            text: Arc::clone(&procedure.text),
            title: procedure.title.to_string(),
            root,
            within: Within::Repo(Arc::clone(plan), Arc::clone(&procedure.path)),
        },
        title,
        frame,
    })
}
