//! The facts behind each verdict, practice by practice, with the numbers of the records that say so.

use evenkeel_lens::{Counts, Judged, PracticeReview, QuestionReview, Review, SubjectKind};

use super::{Chip, chips};
use crate::Report;
use crate::date::{day, length};
use crate::mark::{Mark, tally_words};
use crate::number::{found, size};
use crate::printable::line;
use crate::prose::{Prose, prose};
use crate::why::why;

/// So many subjects of each practice, the worst first; the rest is counted.
const ROWS_MAX: usize = 25;

/// One question.
pub(super) struct Part {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) practices: Vec<Facts>,
    /// Practices of which nothing says anything.
    pub(super) silent: Vec<Silent>,
}

/// One practice.
pub(super) struct Facts {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) further: bool,
    pub(super) open: bool,
    pub(super) bad: bool,
    pub(super) chips: Vec<Chip>,
    pub(super) key: String,
    pub(super) aliases: String,
    pub(super) rule: String,
    pub(super) attestation: Option<Prose>,
    pub(super) rows: Vec<Row>,
    pub(super) rest: String,
    pub(super) next: Vec<Next>,
}

/// One subject.
pub(super) struct Row {
    pub(super) subject: String,
    pub(super) tier: String,
    pub(super) slug: &'static str,
    pub(super) word: &'static str,
    pub(super) found: String,
    pub(super) last: String,
    pub(super) why: String,
    pub(super) statement: String,
    pub(super) taken: String,
    pub(super) records: Vec<String>,
}

/// The smallest step for those of one verdict.
pub(super) struct Next {
    pub(super) word: &'static str,
    pub(super) step: Prose,
}

/// One practice of which nothing is known.
pub(super) struct Silent {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) further: bool,
    pub(super) word: &'static str,
    pub(super) slug: &'static str,
    pub(super) next: Option<Prose>,
}

/// Where a practice's facts are on the page.
pub(super) fn anchor(review: &Review, key: &str) -> String {
    let at = review.practices.iter().position(|practice| &*practice.key == key).unwrap_or_default();
    format!("p{}", at + 1)
}

/// Where a question's practices are on the page.
pub(super) fn question_anchor(review: &Review, id: &str) -> String {
    let at = review.questions.iter().position(|question| &*question.id == id).unwrap_or_default();
    format!("q{}", at + 1)
}

pub(super) fn parts(report: &Report<'_>) -> Vec<Part> {
    let parts = report.review.questions.iter().map(|question| part(report, question));
    parts.filter(|part| !part.practices.is_empty() || !part.silent.is_empty()).collect()
}

fn part(report: &Report<'_>, question: &QuestionReview) -> Part {
    let of = || report.review.practices.iter().filter(|practice| practice.question == question.id);
    Part {
        anchor: question_anchor(report.review, &question.id),
        id: line(&question.id),
        title: line(&question.title),
        practices: of().filter(|practice| !is_silent(practice)).map(|practice| facts(report, practice)).collect(),
        silent: of().filter(|practice| is_silent(practice)).map(|practice| silent(report, practice)).collect(),
    }
}

fn is_silent(practice: &PracticeReview) -> bool {
    let says_nothing = |judged: &Judged| {
        matches!(Mark::judged(judged), Mark::Unknown | Mark::NoMechanism)
            && judged.total == 0
            && judged.attested.is_none()
    };
    practice.verdicts.iter().all(says_nothing)
}

fn silent(report: &Report<'_>, practice: &PracticeReview) -> Silent {
    let mark = practice.verdicts.first().map_or(Mark::Unknown, Mark::judged);
    let next = practice.verdicts.iter().find_map(|judged| judged.next.as_deref());
    Silent {
        anchor: anchor(report.review, &practice.key),
        title: line(&practice.title),
        further: practice.further,
        word: if practice.verdicts.is_empty() { "nobody to judge" } else { mark.word() },
        slug: mark.slug(),
        next: next.map(prose),
    }
}

fn facts(report: &Report<'_>, practice: &PracticeReview) -> Facts {
    let tier = |judged: &Judged| report.review.subjects.tier(practice.subject_kind, &judged.subject);
    let mut judged: Vec<&Judged> = practice.verdicts.iter().collect();
    // The worst first; a practice that nothing says anything of comes after one that is stale.
    judged.sort_by_key(|judged| (std::cmp::Reverse(Mark::judged(judged)), tier(judged)));
    let shown = if judged.len() == ROWS_MAX + 1 { judged.len() } else { ROWS_MAX.min(judged.len()) };
    let (shown, rest) = judged.split_at_checked(shown).unwrap_or((&judged, &[]));
    let counts = practice.counts;
    Facts {
        anchor: anchor(report.review, &practice.key),
        title: line(&practice.title),
        further: practice.further,
        open: counts.contradicted > 0,
        bad: counts.contradicted + counts.stale > 0,
        chips: chips(&counts),
        key: line(&practice.key),
        aliases: practice.aliases.iter().map(|alias| line(alias)).collect::<Vec<_>>().join(", "),
        rule: rule(practice),
        attestation: practice.attestation.as_deref().map(prose),
        rows: shown.iter().map(|judged| row(report, practice, judged)).collect(),
        rest: left_out(rest),
        next: next(&judged),
    }
}

fn rule(practice: &PracticeReview) -> String {
    let from = if practice.sample == 1 { "1 occasion".to_owned() } else { format!("{} occasions", practice.sample) };
    let risk = practice.risk.as_str();
    format!("each {}, over {}, from {from} on; risk if absent: {risk}", practice.subject_kind, length(practice.window))
}

fn left_out(rest: &[&Judged]) -> String {
    if rest.is_empty() {
        return String::new();
    }
    format!("and {} more: {}", size(rest.len()), tally_words(&Counts::of(rest.iter().copied())))
}

fn row(report: &Report<'_>, practice: &PracticeReview, judged: &Judged) -> Row {
    let mark = Mark::judged(judged);
    let tier = match practice.subject_kind {
        SubjectKind::Organization => String::new(),
        SubjectKind::Workload | SubjectKind::Team => {
            report.review.subjects.tier(practice.subject_kind, &judged.subject).to_string()
        }
    };
    let statement = judged.attested.as_deref().map(|attested| {
        let said = attested
            .statement
            .as_deref()
            .map_or_else(|| "a statement that was erased".to_owned(), |text| format!("\u{201c}{}\u{201d}", line(text)));
        format!("{said}, {}, until {} ({})", line(&attested.person), day(attested.expires_at), attested.record)
    });
    let taken = report.taken(&practice.key, &judged.subject);
    Row {
        subject: line(&judged.subject),
        tier,
        slug: mark.slug(),
        word: mark.word(),
        found: found(judged.good, judged.total),
        last: judged.last_at.map_or_else(String::new, day),
        why: line(&why(&judged.why)),
        statement: statement.unwrap_or_default(),
        taken: taken.map_or_else(String::new, |taken| format!("taken up by {} as {}", taken.owner, taken.id)),
        records: judged.refs.iter().map(ToString::to_string).collect(),
    }
}

fn next(judged: &[&Judged]) -> Vec<Next> {
    let mut steps: Vec<Next> = Vec::new();
    for judged in judged {
        let word = Mark::judged(judged).word();
        if let Some(step) = judged.next.as_deref().filter(|_| steps.iter().all(|known| known.word != word)) {
            steps.push(Next { word, step: prose(step) });
        }
    }
    steps
}
