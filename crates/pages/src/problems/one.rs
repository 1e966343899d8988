//! `/problems/{id}`: one cause, what showed it, and how it was removed.

use askama::Template;
use evenkeel_engine::Input;
use evenkeel_identity::Action;
use evenkeel_ids::ProblemId;
use evenkeel_incident::Command;

use super::cause;
use crate::incident::commands::{incident_named, needed};
use crate::incident_named::{TITLE_MAX, cut};
use crate::mark::Mark;
use crate::{Act, Asked, Fields, FormRoute, Frame, Moment, PageRoute, Section, Show, Shown, Wrong};

/// So many of its incidents are shown, the newest first.
const INCIDENTS_MAX: usize = 50;
const REASON_MAX: usize = 1_000;

pub(crate) const ONE: PageRoute = PageRoute { path: "/problems/{id}", action: Action::Read, show: Show::State(show) };
pub(crate) const LINK: FormRoute =
    FormRoute { path: "/problems/{id}/incidents", action: Action::Respond, page: "/problems/{id}", read: link };
pub(crate) const RESOLVE: FormRoute =
    FormRoute { path: "/problems/{id}/resolve", action: Action::Respond, page: "/problems/{id}", read: resolve };

#[derive(Debug, Template)]
#[template(path = "problem.html", whitespace = "minimize")]
struct One {
    frame: Frame,
    id: String,
    title: String,
    cause: &'static str,
    opened: Moment,
    resolved: Option<(Moment, String)>,
    incidents: Vec<Of>,
    more: usize,
    incident: String,
    reason: String,
}

/// An incident that shows it; one that was closed long ago is known by its id only.
#[derive(Debug)]
struct Of {
    id: String,
    known: Option<(Mark, String, &'static str, Moment)>,
}

fn show(asked: &Asked<'_>) -> Shown {
    let named = asked.place.named("id");
    let state = &asked.engine.state().incident;
    let Some(problem) = named.parse().ok().and_then(|id: ProblemId| state.problem(id)) else {
        return Shown::not_there("There is no such problem.", "The list of problems has every one.");
    };
    let title = cut(&problem.title, 300);
    let frame = asked.frame(Section::Incidents, cut(&problem.title, TITLE_MAX));
    let of = |id: &evenkeel_ids::IncidentId| Of {
        id: id.to_string(),
        known: state.incident(*id).map(|one| {
            (Mark::of(one.severity), cut(&one.title, TITLE_MAX), one.phase.as_str(), frame.moment(one.opened_at))
        }),
    };
    Shown::page(One {
        id: problem.id.to_string(),
        title,
        cause: cause(problem.cause),
        opened: frame.moment(problem.opened_at),
        resolved: problem.resolved.as_ref().map(|(at, reason)| (frame.moment(*at), cut(reason, REASON_MAX))),
        incidents: problem.incidents.iter().rev().take(INCIDENTS_MAX).map(of).collect(),
        more: problem.incidents.len().saturating_sub(INCIDENTS_MAX),
        incident: asked.typed("incident").to_owned(),
        reason: asked.typed("reason").to_owned(),
        frame,
    })
}

fn link(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let problem = problem(asked)?;
    let incident = incident_named(&needed(fields, "incident", "The incident")?)?;
    Ok(act(asked, Command::LinkProblem { problem, incident }, "problem-linked"))
}

fn resolve(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let problem = problem(asked)?;
    let reason = needed(fields, "reason", "How the cause was removed")?;
    Ok(act(asked, Command::ResolveProblem { problem, reason }, "problem-resolved"))
}

fn problem(asked: &Asked<'_>) -> Result<ProblemId, Wrong> {
    let named = asked.place.named("id");
    named.parse().map_err(|_| {
        Wrong::new(format!("`{}` names no problem.", cut(named, 60)), "Follow a link of the list of problems.")
    })
}

fn act(asked: &Asked<'_>, command: Command, said: &str) -> Act {
    let id = crate::link::encoded(asked.place.named("id"));
    let then = format!("{}problems/{id}?said={said}", asked.place.root());
    Act { input: Input::Command { by: asked.by(), command }, then }
}
