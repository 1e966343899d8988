//! Every practice, under its question, with who has which verdict.

use super::pen::Pen;
use crate::Report;
use crate::mark::Mark;
use crate::printable::line;
use evenkeel_lens::PracticeReview;

pub(super) fn draw(report: &Report<'_>, pen: &mut Pen) {
    let review = report.review;
    for question in &review.questions {
        let of = || review.practices.iter().filter(|practice| practice.question == question.id);
        pen.section(&format!("{} {}", line(&question.id), line(&question.title)), question.area.as_str());
        for practice in of().filter(|practice| !practice.further) {
            draw_practice(practice, pen);
        }
        if of().any(|practice| practice.further) {
            let further = pen.quiet("further");
            pen.raw(&format!("  {further}\n"));
            for practice in of().filter(|practice| practice.further) {
                draw_practice(practice, pen);
            }
        }
    }
}

fn draw_practice(practice: &PracticeReview, pen: &mut Pen) {
    let key = pen.quiet(&line(&practice.key));
    pen.raw(&format!("  {}  {key}\n", line(&practice.title)));
    if practice.verdicts.is_empty() {
        let nobody = pen.quiet("nobody to judge");
        pen.raw(&format!("    {nobody}\n"));
    }
    // The worst first, as everywhere.
    for mark in Mark::ALL.into_iter().rev() {
        let alike = practice.verdicts.iter().filter(|judged| Mark::judged(judged) == mark);
        let names: Vec<String> = alike.map(|judged| line(&judged.subject)).collect();
        if !names.is_empty() {
            pen.wrapped(&format!("    {}: ", mark.word()), "      ", &names.join(", "));
        }
    }
}
