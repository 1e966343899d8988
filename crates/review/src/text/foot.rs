//! What to do next, how it was before, and what the review is of.

use std::fmt::Write as _;

use evenkeel_lens::Counts;
use evenkeel_time::Timestamp;

use super::pen::{Pen, Tone};
use super::table::{Cell, Column, draw as draw_table};
use crate::Report;
use crate::date::{day, minute};
use crate::mark::Mark;
use crate::number::{grouped, size};
use crate::plan::{Step, listed, steps};
use crate::printable::line;

/// So many steps are shown.
const STEPS_MAX: usize = 5;

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    plan(report, pen);
    trend(report, pen);
    pen.raw("\n");
    provenance(report, pen);
}

fn plan(report: &Report<'_>, pen: &mut Pen) {
    let steps = steps(report);
    if steps.is_empty() {
        return;
    }
    pen.section("what to do next", "");
    let shown = if pen.style().all { steps.len() } else { STEPS_MAX };
    for (step, number) in steps.iter().take(shown).zip(1..) {
        draw_step(step, number, pen);
    }
    match steps.len().saturating_sub(shown) {
        0 => {}
        more => {
            let text = pen.quiet(&format!("and {} more; --all shows all", size(more)));
            pen.raw(&format!("  {text}\n"));
        }
    }
    if pen.style().person {
        hints(steps.first(), pen);
    }
}

fn draw_step(step: &Step<'_>, number: usize, pen: &mut Pen) {
    let most = if pen.style().all { usize::MAX - 1 } else { 4 };
    let names: Vec<String> = step.subjects.iter().map(|subject| line(&subject.improvement.subject)).collect();
    let owners = step.owners();
    let mut beside = format!(
        "{}, {}: {} (tier {}); {}",
        line(&step.first.title),
        step.mark.word(),
        listed(names.iter().map(String::as_str), most),
        step.first.tier,
        listed(owners.iter().map(String::as_str), 3)
    );
    let taken: Vec<String> =
        step.subjects.iter().filter_map(|subject| subject.taken).map(|taken| taken.id.to_string()).collect();
    if !taken.is_empty() {
        let _ = write!(beside, "; taken up as {}", listed(taken.iter().map(String::as_str), 3));
    }
    pen.wrapped(&format!("{number:3}. "), "     ", &line(step.what()));
    pen.wrapped("     ", "     ", &beside);
}

fn hints(first: Option<&Step<'_>>, pen: &mut Pen) {
    let Some(first) = first else { return };
    let key = line(&first.first.practice);
    pen.raw(&format!("\n  the facts:   evenkeel review --practice {key}\n"));
    let free = first.subjects.iter().find(|subject| subject.taken.is_none());
    if let Some(free) = free {
        let owner = free.improvement.owner.as_ref().map_or_else(|| "team:NAME".to_owned(), ToString::to_string);
        let subject = line(&free.improvement.subject);
        pen.raw(&format!("  take it up:  evenkeel review take {key} --subject {subject} --owner {owner}\n"));
    }
}

/// Verdicts that have a column of their own; the second ones only where there is room.
const TREND: [(&str, Mark, bool); 6] = [
    ("PRACTISED", Mark::Practised, true),
    ("REPORTED", Mark::Reported, false),
    ("ATTESTED", Mark::Attested, false),
    ("UNKNOWN", Mark::Unknown, false),
    ("STALE", Mark::Stale, true),
    ("CONTRADICTED", Mark::Contradicted, true),
];
/// So wide a terminal has room for all of them.
const TREND_WIDTH: usize = 96;

fn trend(report: &Report<'_>, pen: &mut Pen) {
    if report.milestones.is_empty() {
        return;
    }
    pen.section("how it was before", "");
    let roomy = pen.width() >= TREND_WIDTH;
    let shown: Vec<(&str, Mark)> =
        TREND.into_iter().filter(|(.., always)| *always || roomy).map(|(head, mark, _)| (head, mark)).collect();
    let row = |name: &str, to: Timestamp, counts: &Counts| -> Vec<Cell> {
        let numbers = shown.iter().map(|(_, mark)| grouped(mark.count(counts)));
        [line(name), day(to)].into_iter().chain(numbers).map(|text| (text, Tone::Plain)).collect()
    };
    let before = report.milestones.iter().map(|known| row(&known.name, known.to, &known.counts));
    let now = row("now", report.review.at.to, &report.review.counts);
    let rows: Vec<Vec<Cell>> = before.chain([now]).collect();
    let columns = [Column::Yielding("MILESTONE"), Column::Left("DAY")].into_iter();
    let columns: Vec<Column> = columns.chain(shown.iter().map(|(head, _)| Column::Right(head))).collect();
    draw_table(&columns, &rows, pen);
}

/// What the numbers are of, short.
pub(super) fn provenance(report: &Report<'_>, pen: &mut Pen) {
    let (review, at) = (report.review, &report.review.at);
    let short = |hash: String| hash.chars().take(12).collect::<String>();
    let text = format!(
        "plan {}, record {} with hash {}, lens {} with hash {}, windows end {}",
        at.plan.short(),
        at.seq,
        short(at.head.to_string()),
        line(&review.lens.name),
        short(review.lens.hash.to_string()),
        minute(at.to)
    );
    pen.wrapped("", "", &text);
}
