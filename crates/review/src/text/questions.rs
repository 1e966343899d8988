//! Risk by question, a line each.

use evenkeel_lens::QuestionReview;

use super::pen::{Pen, Tone};
use super::table::{Cell, Column, draw as draw_table};
use crate::Report;
use crate::number::grouped;
use crate::printable::line;

const COLUMNS: [Column; 7] = [
    Column::Left("RISK"),
    Column::Left(""),
    Column::Yielding("QUESTION"),
    Column::Right("PRACTISED"),
    Column::Right("CONTRADICTED"),
    Column::Right("STALE"),
    Column::Right("UNKNOWN"),
];

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    let questions = &report.review.questions;
    if questions.is_empty() {
        return;
    }
    pen.section("risk by question", "");
    let rows: Vec<Vec<Cell>> = questions.iter().map(row).collect();
    draw_table(&COLUMNS, &rows, pen);
    let areas: Vec<String> =
        report.review.areas.iter().map(|(area, risk)| format!("{area} {}", risk.risk.as_str())).collect();
    if areas.len() > 1 {
        pen.wrapped("", "  ", &format!("by area: {}", areas.join(", ")));
    }
}

fn row(question: &QuestionReview) -> Vec<Cell> {
    let counts = &question.risk.counts;
    let all = counts.total();
    let count = |count: u64, tone: Tone| match count {
        0 => ("-".to_owned(), Tone::Quiet),
        count => (grouped(count), tone),
    };
    let practised = format!("{} of {}", grouped(counts.practised + counts.practised_reported), grouped(all));
    let (risk, practised) = match all {
        // Whatever is asked there is beyond the practices that count.
        0 => (("-".to_owned(), Tone::Quiet), ("-".to_owned(), Tone::Quiet)),
        _ => {
            let risk = question.risk.risk;
            ((risk.as_str().to_owned(), Tone::of_risk(risk)), (practised, Tone::Plain))
        }
    };
    vec![
        risk,
        (line(&question.id), Tone::Plain),
        (line(&question.title), Tone::Plain),
        practised,
        count(counts.contradicted, Tone::Bad),
        count(counts.stale, Tone::Warning),
        count(counts.unknown + counts.no_mechanism, Tone::Plain),
    ]
}
