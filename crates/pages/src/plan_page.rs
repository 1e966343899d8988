//! One plan: when it was adopted, and how it differs from the one before.

use askama::Template;

use crate::plan_change::Change;
use crate::plans_page::{Commit, short};
use crate::{Asked, Frame, Moment, Place, PlanOutcome, PlansAsked, PlansFound, Section, Shown};

/// A plan is adopted again when a change is taken back; so many of those are listed.
const ADOPTIONS_MAX: usize = 10;
/// So much of what was left behind is listed.
const ORPHANS_MAX: usize = 50;

#[derive(Debug, Template)]
#[template(path = "plan.html", whitespace = "minimize")]
struct PlanView {
    frame: Frame,
    hash: String,
    current: bool,
    seq: u64,
    at: Moment,
    commit: Option<Commit>,
    findings: u64,
    orphans: Vec<String>,
    more_orphans: usize,
    /// Hash and its first digits.
    before: Option<(String, String)>,
    /// Earlier adoptions of the same plan.
    earlier: Vec<(u64, Moment)>,
    change: Option<Change>,
}

pub(crate) fn ask(place: &Place) -> PlansAsked {
    PlansAsked { hash: Some(place.named("hash").to_owned()), before: None, limit: ADOPTIONS_MAX }
}

pub(crate) fn show(asked: &Asked<'_>, found: &PlansFound) -> Shown {
    let hash = asked.place.named("hash");
    let newest = found.plans.first();
    let Some((newest, PlanOutcome::Adopted { plan, before, findings, orphans })) =
        newest.map(|newest| (newest, &newest.outcome))
    else {
        let what = format!("No plan `{}` was adopted, or the record of it was erased.", short(hash));
        return Shown::not_there(what, "the page of plans lists those that were");
    };
    let frame = asked.frame(Section::Records, format!("Plan {}", short(plan)));
    Shown::page(PlanView {
        current: *plan == asked.engine.state().plan.to_string(),
        hash: plan.clone(),
        seq: newest.seq.0,
        at: frame.moment(newest.at),
        commit: newest.commit.as_ref().map(Commit::of),
        findings: *findings,
        orphans: orphans.iter().take(ORPHANS_MAX).cloned().collect(),
        more_orphans: orphans.len().saturating_sub(ORPHANS_MAX),
        before: before.as_ref().map(|before| (before.clone(), short(before))),
        earlier: found.plans.iter().skip(1).map(|plan| (plan.seq.0, frame.moment(plan.at))).collect(),
        change: found.change.as_ref().map(|change| Change::of(change, &frame)),
        frame,
    })
}
