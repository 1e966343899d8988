//! The improvement plan, as lines of a table.

use crate::Report;
use crate::date::day;
use crate::number::counted;
use crate::plan::{Step, listed, steps};
use crate::printable::line;
use crate::prose::{Prose, prose};

/// So many steps are shown.
const STEPS_MAX: usize = 25;
/// So many subjects of each.
const SUBJECTS_MAX: usize = 6;

/// One step.
pub(super) struct Line {
    pub(super) what: Prose,
    pub(super) anchor: String,
    pub(super) practice: String,
    pub(super) further: bool,
    pub(super) subjects: String,
    pub(super) tier: u8,
    pub(super) risk: &'static str,
    pub(super) slug: &'static str,
    pub(super) word: &'static str,
    pub(super) owners: String,
    pub(super) taken: Vec<String>,
}

/// The first steps, and what is left out.
pub(super) fn lines(report: &Report<'_>) -> (Vec<Line>, String) {
    let steps = steps(report);
    let more = steps.len().saturating_sub(STEPS_MAX);
    let more = if more == 0 { String::new() } else { format!("and {}", counted(more, "more step")) };
    (steps.iter().take(STEPS_MAX).map(|step| drawn(report, step)).collect(), more)
}

fn drawn(report: &Report<'_>, step: &Step<'_>) -> Line {
    let names: Vec<String> = step.subjects.iter().map(|subject| line(&subject.improvement.subject)).collect();
    let owners: Vec<String> = step.owners().iter().map(|owner| line(owner)).collect();
    let taken = step.subjects.iter().filter_map(|subject| subject.taken).take(3).map(|taken| {
        let again = if taken.reopened > 0 { ", opened again" } else { "" };
        format!("{} since {}{again}", taken.id, day(taken.opened_at))
    });
    Line {
        what: prose(step.what()),
        anchor: super::evidence::anchor(report.review, &step.first.practice),
        practice: line(&step.first.title),
        further: step.first.further,
        subjects: listed(names.iter().map(String::as_str), SUBJECTS_MAX),
        tier: step.first.tier,
        risk: step.first.risk.as_str(),
        slug: step.mark.slug(),
        word: step.mark.word(),
        owners: listed(owners.iter().map(String::as_str), 3),
        taken: taken.collect(),
    }
}
