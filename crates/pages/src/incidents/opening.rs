//! `/incidents/new`: an incident that no alert shows is opened by hand.

use std::sync::Arc;

use askama::Template;
use evenkeel_engine::Input;
use evenkeel_identity::Action;
use evenkeel_incident::{Command, severity};

use crate::incident_named::cut;
use crate::mark::Mark;
use crate::{Act, Asked, Fields, FormRoute, Frame, PageRoute, Section, Show, Shown, Wrong};

/// So many response plans are offered; where there are more, a name is typed.
const OFFERED_MAX: usize = 100;

pub(crate) const NEW: PageRoute =
    PageRoute { path: "/incidents/new", action: Action::Respond, show: Show::State(show) };
/// Leads to the incident that the reader opened last.
pub(crate) const OPENED: PageRoute =
    PageRoute { path: "/incidents/opened", action: Action::Respond, show: Show::State(opened) };
pub(crate) const OPEN: FormRoute =
    FormRoute { path: "/incidents/new", action: Action::Respond, page: "/incidents/new", read };

#[derive(Debug, Template)]
#[template(path = "incident_new.html", whitespace = "minimize")]
struct New {
    frame: Frame,
    plans: Vec<Offered>,
    /// Whether there are more than are offered.
    more: bool,
    plan: String,
    title: String,
}

/// A response plan.
#[derive(Debug)]
struct Offered {
    name: Arc<str>,
    workload: String,
    mark: Mark,
}

fn show(asked: &Asked<'_>) -> Shown {
    let catalogue = &asked.engine.plan().catalogue;
    let offered = |plan: &evenkeel_model::ResponsePlan| Offered {
        name: plan.name.clone(),
        workload: plan.workload.as_ref().map_or_else(|| "no workload".to_owned(), |name| cut(name, 80)),
        mark: Mark::of(severity(catalogue, plan).0),
    };
    let plans = catalogue.response_plans.values().take(OFFERED_MAX).map(offered).collect();
    let asked_for = asked.place.last("plan").unwrap_or("");
    let plan = if asked.typed("response_plan").is_empty() { asked_for } else { asked.typed("response_plan") };
    Shown::page(New {
        frame: asked.frame(Section::Incidents, "Open an incident"),
        plans,
        more: catalogue.response_plans.len() > OFFERED_MAX,
        plan: plan.to_owned(),
        title: asked.typed("title").to_owned(),
    })
}

fn read(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let Some(title) = fields.said("title") else {
        return Err(Wrong::new(
            "The title is missing.",
            "Say in a few words what is wrong, as you would on the phone.",
        ));
    };
    let Some(plan) = fields.said("response_plan") else {
        return Err(Wrong::new("No response plan is chosen.", "It says what is hit and who is paged."));
    };
    let response_plan: Arc<str> = Arc::from(&*plan);
    if !asked.engine.plan().catalogue.response_plans.contains_key(&response_plan) {
        let known = asked.engine.plan().catalogue.response_plans.keys().take(5).map(AsRef::as_ref).collect::<Vec<_>>();
        let help = format!("Choose one that there is, such as {}.", known.join(", "));
        return Err(Wrong::new(format!("There is no response plan `{}`.", cut(&plan, 80)), help));
    }
    let command = Command::Open { response_plan, title };
    let then = format!("{}incidents/opened", asked.place.root());
    Ok(Act { input: Input::Command { by: asked.by(), command }, then })
}

fn opened(asked: &Asked<'_>) -> Shown {
    let by_reader = |incident: &&evenkeel_incident::Incident| {
        let first = incident.timeline.first();
        incident.key.is_none() && first.is_some_and(|entry| entry.actor == asked.caller.actor.0)
    };
    let newest = asked.engine.state().incident.incidents().filter(by_reader).last();
    let root = asked.place.root();
    Shown::Elsewhere(newest.map_or_else(
        || format!("{root}incidents"),
        |incident| format!("{root}incidents/{}?said=incident-opened", incident.id),
    ))
}
