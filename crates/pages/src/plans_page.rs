//! Plans: which changes of the ops repo were adopted, and which could not be.

use askama::Template;
use evenkeel_ids::Seq;

use crate::{
    Asked, Frame, Moment, Place, PlanCommitted, PlanFound, PlanOutcome, PlansAsked, PlansFound, Section, Shown,
};

/// So many stand on a page.
const ON_A_PAGE: usize = 30;
/// So many errors of a refused change are listed.
const ERRORS_MAX: usize = 10;

#[derive(Debug, Template)]
#[template(path = "plans.html", whitespace = "minimize")]
struct Plans {
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    newest: Option<String>,
}

#[derive(Debug)]
struct Row {
    seq: u64,
    at: Moment,
    commit: Option<Commit>,
    outcome: Outcome,
}

/// Where it was committed, as it is shown.
#[derive(Debug)]
pub(crate) struct Commit {
    pub(crate) id: String,
    pub(crate) short: String,
    pub(crate) author: String,
    pub(crate) summary: String,
}

#[derive(Debug)]
enum Outcome {
    Adopted { hash: String, short: String, current: bool, findings: u64, orphans: usize },
    Refused { errors: Vec<String>, more: usize },
    Erased,
}

impl Commit {
    pub(crate) fn of(commit: &PlanCommitted) -> Self {
        Self {
            short: short(&commit.id),
            id: commit.id.clone(),
            author: commit.author.clone(),
            summary: commit.summary.clone(),
        }
    }
}

/// The first digits of a hash, enough for people.
pub(crate) fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

pub(crate) fn ask(place: &Place) -> PlansAsked {
    let before = place.last("before").and_then(|text| text.trim_start_matches('#').parse().ok());
    PlansAsked { hash: None, before: before.map(Seq), limit: ON_A_PAGE }
}

pub(crate) fn show(asked: &Asked<'_>, found: &PlansFound) -> Shown {
    let frame = asked.frame(Section::Records, "Plans");
    let current = asked.engine.state().plan.to_string();
    let row = |plan: &PlanFound| Row {
        seq: plan.seq.0,
        at: frame.moment(plan.at),
        commit: plan.commit.as_ref().map(Commit::of),
        outcome: outcome(&plan.outcome, &current),
    };
    let last = found.plans.last().filter(|_| found.more);
    Shown::page(Plans {
        rows: found.plans.iter().map(row).collect(),
        next: last.map(|last| asked.place.with("before", &last.seq.0.to_string())),
        newest: asked.place.last("before").is_some().then(|| asked.place.with("before", "")),
        frame,
    })
}

fn outcome(outcome: &PlanOutcome, current: &str) -> Outcome {
    match outcome {
        PlanOutcome::Adopted { plan, findings, orphans, .. } => Outcome::Adopted {
            short: short(plan),
            hash: plan.clone(),
            current: plan == current,
            findings: *findings,
            orphans: orphans.len(),
        },
        PlanOutcome::Refused(errors) => Outcome::Refused {
            errors: errors.iter().take(ERRORS_MAX).cloned().collect(),
            more: errors.len().saturating_sub(ERRORS_MAX),
        },
        PlanOutcome::Erased => Outcome::Erased,
    }
}
