//! One subject: the verdict of every practice on it, and what to do first.

use std::cmp::Reverse;

use askama::Template;
use evenkeel_lens::{Counts, Judged, ORGANIZATION, PracticeReview, Review, SubjectKind};
use evenkeel_review::{Mark, Report, SYMBOLS, Stretch, found, line, prose, why};

use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::review::words::{AsOf, Bar, Verdict, attest, practice, query, refs, shown, take_up};
use crate::{Asked, Frame, Place, Section, Shown};

/// So many are told in full.
const FULL_MAX: usize = 12;
const RECORDS_MAX: usize = 3;

#[derive(Debug, Template)]
#[template(path = "review_subject.html", whitespace = "minimize")]
struct OneSubject {
    frame: Frame,
    as_of: AsOf,
    symbols: &'static str,
    name: String,
    kind: SubjectKind,
    tier: String,
    page: Option<String>,
    workloads: Option<String>,
    owner: Option<Named>,
    bar: Bar,
    further: Option<Bar>,
    first: Vec<Full>,
    first_more: usize,
    questions: Vec<Question>,
}

/// One that is not settled.
#[derive(Debug)]
struct Full {
    practice: Named,
    further: bool,
    verdict: Verdict,
    why: String,
    next: Vec<Stretch>,
    records: Vec<Named>,
    taken: Option<String>,
    take_up: Option<String>,
    attest: Option<String>,
}

#[derive(Debug)]
struct Question {
    id: String,
    title: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    practice: Named,
    further: bool,
    verdict: Verdict,
    found: String,
}

pub(crate) fn frame(asked: &Asked<'_>) -> Frame {
    asked.frame(Section::Review, format!("Review of {}", cut(asked.place.named("name"), TITLE_MAX)))
}

pub(crate) fn show(frame: Frame, place: &Place, report: &Report<'_>) -> Shown {
    let (review, name) = (report.review, place.named("name"));
    let kind = place.named("kind").parse::<SubjectKind>().ok();
    let Some(kind) = kind.filter(|kind| review.subjects.names(*kind).iter().any(|known| &**known == name)) else {
        return Shown::not_there(
            format!("Nobody called `{}` is judged.", shown(name)),
            "Workloads and teams of the ops repo are judged, and the organisation.",
        );
    };
    let judged: Vec<(&PracticeReview, &Judged)> = judged(review, kind, name);
    let counts =
        |further: bool| Counts::of(judged.iter().filter(|(of, _)| of.further == further).map(|(_, judged)| *judged));
    let mut open: Vec<&(&PracticeReview, &Judged)> =
        judged.iter().filter(|(_, judged)| !judged.verdict.settled()).collect();
    open.sort_by_key(|(of, judged)| (of.further, of.risk, Reverse(Mark::judged(judged))));
    let first = open.iter().take(FULL_MAX).map(|(of, judged)| full(&frame, report, of, judged)).collect();
    Shown::page(OneSubject {
        as_of: AsOf::of(&frame, review),
        symbols: SYMBOLS,
        name: if kind == SubjectKind::Organization { "The organisation".to_owned() } else { shown(name) },
        tier: if kind == SubjectKind::Organization {
            String::new()
        } else {
            format!("tier {}", review.subjects.tier(kind, name))
        },
        page: match kind {
            SubjectKind::Workload => linked(&frame.root, "/workloads/{name}", name),
            SubjectKind::Team => linked(&frame.root, "/teams/{name}", name),
            SubjectKind::Organization => None,
        },
        workloads: (kind == SubjectKind::Team)
            .then(|| format!("{}review/matrix{}", frame.root, query(&[("kind", "workload"), ("team", name)]))),
        owner: (kind == SubjectKind::Workload)
            .then(|| review.subjects.owner(kind, name))
            .flatten()
            .map(|owner| Named::document(&frame.root, &owner)),
        bar: Bar::of(&counts(false)),
        further: Some(counts(true)).filter(|further| further.total() > 0).map(|further| Bar::of(&further)),
        first,
        first_more: open.len().saturating_sub(FULL_MAX),
        questions: questions(&frame, review, &judged),
        kind,
        frame,
    })
}

fn judged<'a>(review: &'a Review, kind: SubjectKind, name: &str) -> Vec<(&'a PracticeReview, &'a Judged)> {
    let name = if kind == SubjectKind::Organization { ORGANIZATION } else { name };
    let of_kind = review.practices.iter().filter(|of| of.subject_kind == kind);
    of_kind.filter_map(|of| Some((&**of, of.judged(name)?))).collect()
}

fn full(frame: &Frame, report: &Report<'_>, of: &PracticeReview, judged: &Judged) -> Full {
    let taken = report.taken(&of.key, &judged.subject);
    let owner = report.review.subjects.owner(of.subject_kind, &judged.subject);
    let owner = owner.map_or_else(String::new, |owner| owner.to_string());
    let step = judged.next.as_deref().unwrap_or(&of.title);
    Full {
        practice: practice(frame, &of.key, &of.title),
        further: of.further,
        verdict: Verdict::judged(judged),
        why: cut(&line(&why(&judged.why)), 2 * TITLE_MAX),
        next: judged.next.as_deref().map(|next| prose(&shown(next))).unwrap_or_default(),
        records: refs(frame, &judged.refs, RECORDS_MAX),
        taken: taken.map(|taken| format!("taken up by {} as {}", shown(&taken.owner.to_string()), taken.id)),
        take_up: (frame.may_respond && taken.is_none())
            .then(|| take_up(frame, report, &of.key, &judged.subject, &owner, &shown(step))),
        attest: (frame.may_respond && of.attestation.is_some() && judged.attested.is_none())
            .then(|| attest(frame, &of.key, &judged.subject)),
    }
}

fn questions(frame: &Frame, review: &Review, judged: &[(&PracticeReview, &Judged)]) -> Vec<Question> {
    let question = |asked: &evenkeel_lens::QuestionReview| Question {
        id: shown(&asked.id),
        title: shown(&asked.title),
        lines: judged
            .iter()
            .filter(|(of, _)| of.question == asked.id)
            .map(|(of, judged)| Line {
                practice: practice(frame, &of.key, &of.title),
                further: of.further,
                verdict: Verdict::short(Mark::judged(judged)),
                found: found(judged.good, judged.total),
            })
            .collect(),
    };
    let all = review.questions.iter().map(question);
    all.filter(|question| !question.lines.is_empty()).collect()
}
