//! One practice: what is asked, and for each subject the verdict with the facts and the records that say so.

use std::fmt::Write as _;

use evenkeel_lens::{Judged, PracticeReview, SubjectKind};

use super::pen::{Pen, risk_word};
use crate::Report;
use crate::date::{day, length, minute};
use crate::mark::{Mark, tally_words};
use crate::number::found;
use crate::printable::line;
use crate::why::why;

pub(super) fn draw(report: &Report<'_>, practice: &PracticeReview, pen: &mut Pen) {
    let title = pen.heading(&line(&practice.title));
    pen.raw(&format!("{title}\n"));
    let names: Vec<String> = std::iter::once(&practice.key).chain(&practice.aliases).map(|name| line(name)).collect();
    pen.wrapped("  ", "  ", &names.join(", "));
    let question = report.review.questions.iter().find(|question| question.id == practice.question);
    let asked = question.map_or_else(String::new, |question| format!(" {}", line(&question.title)));
    pen.wrapped("  ", "  ", &format!("{}{asked}", line(&practice.question)));
    let further = if practice.further { "; beyond those that count" } else { "" };
    let occasions =
        if practice.sample == 1 { "1 occasion".to_owned() } else { format!("{} occasions", practice.sample) };
    let rule = format!(
        "judged for each {}, over {}, from {occasions} on; its absence is of {}{further}",
        practice.subject_kind,
        length(practice.window),
        risk_word(practice.risk)
    );
    pen.wrapped("  ", "  ", &rule);
    if let Some(attestation) = &practice.attestation {
        pen.wrapped("  ", "  ", &format!("only a person can say: {}", line(attestation)));
    }
    pen.wrapped("  ", "  ", &format!("verdicts: {}", tally_words(&practice.counts)));
    let mut judged: Vec<&Judged> = practice.verdicts.iter().collect();
    judged.sort_by_key(|judged| (judged.verdict.badness(), tier(report, practice, judged)));
    for judged in judged {
        subject(report, practice, judged, pen);
    }
    pen.raw("\n");
}

fn tier(report: &Report<'_>, practice: &PracticeReview, judged: &Judged) -> u8 {
    report.review.subjects.tier(practice.subject_kind, &judged.subject)
}

fn subject(report: &Report<'_>, practice: &PracticeReview, judged: &Judged, pen: &mut Pen) {
    let mark = Mark::judged(judged);
    let name = pen.heading(&line(&judged.subject));
    let tier = match practice.subject_kind {
        SubjectKind::Organization => String::new(),
        SubjectKind::Workload | SubjectKind::Team => format!(", tier {}", tier(report, practice, judged)),
    };
    let word = pen.mark(mark);
    pen.raw(&format!("\n  {name}{tier}: {word}\n"));
    pen.wrapped("    ", "    ", &line(&why(&judged.why)));
    let mut facts = Vec::new();
    let found = found(judged.good, judged.total);
    if !found.is_empty() {
        facts.push(found);
    }
    facts.extend(judged.last_at.map(|at| format!("last {}", minute(at))));
    facts.extend(judged.fresh_until.map(|at| format!("holds until {} if nothing more happens", day(at))));
    if !facts.is_empty() {
        pen.wrapped("    ", "    ", &facts.join("; "));
    }
    if !judged.refs.is_empty() {
        let records: Vec<String> = judged.refs.iter().map(ToString::to_string).collect();
        pen.wrapped("    records ", "      ", &records.join(" "));
    }
    if let Some(attested) = &judged.attested {
        let mut text =
            format!("{} signed on {}, until {}", line(&attested.person), day(attested.at), day(attested.expires_at));
        if let Some(statement) = &attested.statement {
            let _ = write!(text, ": {}", line(statement));
        }
        pen.wrapped("    ", "      ", &format!("{text} ({})", attested.record));
    }
    if let Some(taken) = report.taken(&practice.key, &judged.subject) {
        pen.wrapped("    ", "      ", &taken_up(taken));
    }
    if let Some(next) = &judged.next {
        pen.wrapped("    next: ", "      ", &line(next));
    }
}

fn taken_up(taken: &crate::TakenUp) -> String {
    let again = match taken.reopened {
        0 => String::new(),
        1 => ", opened again once".to_owned(),
        times => format!(", opened again {times} times"),
    };
    format!("taken up by {} on {} as {}{again}", taken.owner, day(taken.opened_at), taken.id)
}
