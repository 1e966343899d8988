//! About this program: which it is, since when it runs, under which plan, how much it holds, and where programs look.

use askama::Template;
use evenkeel_engine::SilenceState;
use evenkeel_incident::Phase;

use crate::{Asked, Frame, Moment, Section, Shown};

#[derive(Debug, Template)]
#[template(path = "about.html", whitespace = "minimize")]
struct About {
    frame: Frame,
    ready: bool,
    started: Option<Moment>,
    plan: String,
    plan_at: Moment,
    commit: Option<String>,
    record: u64,
    record_at: Moment,
    hash: Option<String>,
    counts: Vec<(&'static str, usize)>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let (state, plan) = (asked.engine.state(), asked.engine.plan());
    let frame = asked.frame(Section::None, "About");
    let commit =
        plan.commit.as_ref().map(|commit| format!("{} {}", commit.id.get(..12).unwrap_or(&commit.id), commit.summary));
    let head = asked.standing.head.clone();
    Shown::page(About {
        ready: asked.standing.ready,
        started: asked.standing.started_at.map(|at| frame.moment(at)),
        plan: plan.hash.to_string(),
        plan_at: frame.moment(state.plan_at),
        commit,
        record: head.as_ref().map_or(state.seq, |(seq, _)| *seq).0,
        record_at: frame.moment(state.at),
        hash: head.map(|(_, hash)| hash),
        counts: counts(asked),
        frame,
    })
}

fn counts(asked: &Asked<'_>) -> Vec<(&'static str, usize)> {
    let (state, catalogue) = (asked.engine.state(), &asked.engine.plan().catalogue);
    let open = |phase: &Phase| matches!(phase, Phase::Open | Phase::Acknowledged);
    let silences = state.alerting.silences().filter(|silence| silence.state(asked.now) == SilenceState::Active);
    let problems = state.incident.problems().filter(|problem| problem.resolved.is_none());
    vec![
        ("Open incidents", state.incident.incidents().filter(|incident| open(&incident.phase)).count()),
        ("Open problems", problems.count()),
        ("Firing alerts", state.alerting.firing()),
        ("Active silences", silences.count()),
        ("Workloads", catalogue.workloads.len()),
        ("Teams", catalogue.teams.len()),
        ("People", catalogue.people.len()),
        ("Procedures", catalogue.procedures.len()),
    ]
}
