//! Risk by question, a line each.

use super::pen::{Pen, fitted};
use crate::Report;
use crate::number::grouped;
use crate::printable::line;

/// The columns to the right of the title, with a blank before each.
const NUMBERS: [&str; 4] = ["PRACTISED", "CONTRADICTED", "STALE", "UNKNOWN"];
/// A title is not cut to less than this.
const TITLE_MIN: usize = 16;

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    let questions = &report.review.questions;
    if questions.is_empty() {
        return;
    }
    let rows: Vec<(&str, [String; 4])> = questions
        .iter()
        .map(|question| {
            let counts = &question.risk.counts;
            let practised = counts.practised + counts.practised_reported;
            let practised = format!("{} of {}", grouped(practised), grouped(counts.total()));
            let count = |count: u64| if count == 0 { "-".to_owned() } else { grouped(count) };
            let unknown = counts.unknown + counts.no_mechanism;
            (&*question.title, [practised, count(counts.contradicted), count(counts.stale), count(unknown)])
        })
        .collect();
    let wide = |at: usize| rows.iter().filter_map(|(_, row)| row.get(at)).map(String::len).max().unwrap_or_default();
    let widths: Vec<usize> = NUMBERS.iter().zip(0..).map(|(head, at)| head.len().max(wide(at))).collect();
    let numbers: usize = widths.iter().map(|width| width + 2).sum();
    let ids = questions.iter().map(|question| question.id.len()).max().unwrap_or_default();
    let longest = questions.iter().map(|question| line(&question.title).chars().count()).max().unwrap_or_default();
    let title = pen.width().saturating_sub(6 + 2 + ids + 2 + numbers).clamp(TITLE_MIN, longest.max(TITLE_MIN));

    pen.section("risk by question", "");
    let head: String = NUMBERS.iter().zip(&widths).map(|(head, width)| format!("  {head:>width$}")).collect();
    let head = pen.quiet(&format!("{:6}  {:ids$}  {:title$}{head}", "RISK", "", "QUESTION"));
    pen.raw(&format!("{head}\n"));
    for (question, (text, row)) in questions.iter().zip(&rows) {
        let numbers: String = row.iter().zip(&widths).map(|(cell, width)| format!("  {cell:>width$}")).collect();
        let risk = pen.risk(question.risk.risk);
        pen.raw(&format!("{risk}  {:ids$}  {}{numbers}\n", line(&question.id), fitted(&line(text), title)));
    }
    let areas: Vec<String> =
        report.review.areas.iter().map(|(area, risk)| format!("{area} {}", risk.risk.as_str())).collect();
    if areas.len() > 1 {
        pen.wrapped("", "  ", &format!("by area: {}", areas.join(", ")));
    }
}
