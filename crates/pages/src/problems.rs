//! `/problems`: causes that are not removed, and the incidents that show them.

pub(crate) mod one;

use std::cmp::Reverse;

use askama::Template;
use evenkeel_engine::Input;
use evenkeel_identity::Action;
use evenkeel_incident::{Command, Problem};
use evenkeel_record::ProblemCause;

use crate::incident::commands::{incident_named, needed};
use crate::incident_line::first;
use crate::incident_named::{TITLE_MAX, cut};
use crate::{Act, Asked, Fields, FormRoute, Frame, Moment, PageRoute, Section, Show, Shown, Wrong};

/// So many stand on a page.
const ON_A_PAGE: usize = 50;

pub(crate) const LIST: PageRoute = PageRoute { path: "/problems", action: Action::Read, show: Show::State(show) };
pub(crate) const OPEN: FormRoute =
    FormRoute { path: "/problems", action: Action::Respond, page: "/problems", read: open };

#[derive(Debug, Template)]
#[template(path = "problems.html", whitespace = "minimize")]
struct Problems {
    frame: Frame,
    lines: Vec<Line>,
    count: usize,
    from: usize,
    unresolved: usize,
    before: Option<String>,
    after: Option<String>,
    title: String,
    incidents: String,
}

/// One problem on one line.
#[derive(Debug)]
struct Line {
    id: String,
    title: String,
    cause: &'static str,
    incidents: usize,
    opened: Moment,
    resolved: Option<Moment>,
}

fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Incidents, "Problems");
    let (state, place) = (&asked.engine.state().incident, asked.place);
    let keys: Vec<_> = state.problems().map(|one| (one.resolved.is_some(), Reverse(one.id))).collect();
    let unresolved = keys.iter().filter(|(resolved, _)| !resolved).count();
    let count = keys.len();
    let page: usize = place.last("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let from = (page - 1).saturating_mul(ON_A_PAGE);
    let found = first(keys, from, ON_A_PAGE).into_iter().filter_map(|(_, Reverse(id))| state.problem(id));
    let lines: Vec<Line> = found.map(|one| line(&frame, one)).collect();
    Shown::page(Problems {
        before: (page > 1).then(|| place.with("page", &(page - 1).to_string())),
        after: (from + lines.len() < count).then(|| place.with("page", &(page + 1).to_string())),
        lines,
        count,
        from,
        unresolved,
        title: asked.typed("title").to_owned(),
        incidents: asked.typed("incidents").to_owned(),
        frame,
    })
}

fn line(frame: &Frame, problem: &Problem) -> Line {
    Line {
        id: problem.id.to_string(),
        title: cut(&problem.title, TITLE_MAX),
        cause: cause(problem.cause),
        incidents: problem.incidents.len(),
        opened: frame.moment(problem.opened_at),
        resolved: problem.resolved.as_ref().map(|(at, _)| frame.moment(*at)),
    }
}

const fn cause(cause: ProblemCause) -> &'static str {
    match cause {
        ProblemCause::Recurrence => "the same incident happened again",
        ProblemCause::Workaround => "an incident ended by a way around",
        ProblemCause::Person => "a person said so",
    }
}

fn open(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let title = needed(fields, "title", "What the cause is")?;
    let named = fields.text("incidents").split([',', ' ', '\n']).filter(|one| !one.trim().is_empty());
    let incidents = named.map(incident_named).collect::<Result<_, _>>()?;
    let command = Command::OpenProblem { title, incidents };
    let then = format!("{}problems?said=problem-opened", asked.place.root());
    Ok(Act { input: Input::Command { by: asked.by(), command }, then })
}
