//! The improvement plan: the smallest steps, each for all that it would help.

use evenkeel_review::{Report, Step as Planned, StepSubject, Stretch, prose};

use super::words::{Verdict, practice, shown, subject, take_up};
use crate::Frame;
use crate::incident_named::Named;

/// So many steps at first.
pub(super) const FIRST: usize = 10;
/// So many subjects of each.
const SUBJECTS_MAX: usize = 2;

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) what: Vec<Stretch>,
    pub(super) practice: Named,
    pub(super) further: bool,
    pub(super) tier: u8,
    pub(super) risk: &'static str,
    pub(super) now: Verdict,
    pub(super) subjects: Vec<StepFor>,
    pub(super) more: usize,
    pub(super) owners: String,
}

/// For whom.
#[derive(Debug)]
pub(super) struct StepFor {
    pub(super) name: Named,
    /// The improvement, where somebody has taken it up.
    pub(super) taken: Option<String>,
    /// Where it is taken up.
    pub(super) take_up: String,
}

/// The first steps, and how many more there are.
pub(super) fn steps(frame: &Frame, report: &Report<'_>, most: usize) -> (Vec<Step>, usize) {
    let all = evenkeel_review::steps(report);
    let shown = all.iter().take(most).map(|step| drawn(frame, report, step)).collect();
    (shown, all.len().saturating_sub(most))
}

fn drawn(frame: &Frame, report: &Report<'_>, step: &Planned<'_>) -> Step {
    let first = step.first;
    let owners: Vec<String> = step.owners().iter().take(3).map(|owner| shown(owner)).collect();
    Step {
        what: prose(&shown(step.what())),
        practice: practice(frame, &first.practice, &first.title),
        further: first.further,
        tier: first.tier,
        risk: first.risk.as_str(),
        now: Verdict::of(step.mark),
        subjects: step.subjects.iter().take(SUBJECTS_MAX).map(|one| step_for(frame, report, step, one)).collect(),
        more: step.subjects.len().saturating_sub(SUBJECTS_MAX),
        owners: owners.join(", "),
    }
}

fn step_for(frame: &Frame, report: &Report<'_>, step: &Planned<'_>, one: &StepSubject<'_>) -> StepFor {
    let improvement = one.improvement;
    let owner = improvement.owner.as_ref().map_or_else(String::new, ToString::to_string);
    StepFor {
        name: subject(frame, improvement.kind, &improvement.subject),
        taken: one.taken.map(|taken| taken.id.to_string()),
        take_up: take_up(frame, report, &improvement.practice, &improvement.subject, &owner, &shown(step.what())),
    }
}
