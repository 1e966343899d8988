//! Every practice against every subject, folded: subjects by question, and of one question by practice.

use std::sync::Arc;

use askama::Template;
use evenkeel_lens::{PracticeReview, QuestionReview, QuestionRisk, Review, SubjectKind, SubjectRisk};
use evenkeel_review::{Mark, Report, SYMBOLS, counted, found};

use crate::incident_named::{Named, cut};
use crate::review::words::{AsOf, Verdict, practice, query, shown, subject};
use crate::workloads::contains;
use crate::workloads_pager::{Pager, stretch};
use crate::{Asked, Frame, Place, Section, Shown};

/// So many cells are drawn on a page, and so many of them with words.
const CELLS_MAX: usize = 280;
const WORDS_MAX: usize = 120;
const ROWS_MAX: usize = 25;
/// Of a question with more practices the first are columns.
const COLUMNS_MAX: usize = 24;
/// A column's head is shown so far. Units: characters.
const HEAD_MAX: usize = 60;

#[derive(Debug, Template)]
#[template(path = "review_matrix.html", whitespace = "minimize")]
struct Matrix {
    frame: Frame,
    as_of: AsOf,
    symbols: &'static str,
    kinds: Vec<Tab>,
    kind: SubjectKind,
    question: Option<Asks>,
    questions: Vec<Asks>,
    q: String,
    team: String,
    count: String,
    columns: Vec<Column>,
    columns_more: usize,
    rows: Vec<Row>,
    words: bool,
    legend: Vec<Verdict>,
    pager: Pager,
}

#[derive(Debug)]
struct Tab {
    name: &'static str,
    href: String,
    here: bool,
}

/// A question, leading to its practices.
#[derive(Debug)]
struct Asks {
    id: String,
    title: String,
    href: String,
    here: bool,
}

#[derive(Debug)]
struct Column {
    short: String,
    name: Named,
    further: bool,
}

#[derive(Debug)]
struct Row {
    subject: Named,
    beside: String,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    verdict: Option<Verdict>,
    beside: String,
}

/// What is asked for.
struct Filter<'a> {
    kind: SubjectKind,
    question: Option<&'a QuestionReview>,
    q: &'a str,
    team: &'a str,
}

pub(crate) fn frame(asked: &Asked<'_>) -> Frame {
    asked.frame(Section::Review, "Matrix of the review")
}

pub(crate) fn show(frame: Frame, place: &Place, report: &Report<'_>) -> Shown {
    let review = report.review;
    let filter = Filter {
        kind: place.last("kind").and_then(|kind| kind.parse().ok()).unwrap_or(SubjectKind::Workload),
        question: place.last("question").and_then(|id| review.questions.iter().find(|one| &*one.id == id)),
        q: place.last("q").unwrap_or_default(),
        team: place.last("team").unwrap_or_default(),
    };
    let practices: Vec<&Arc<PracticeReview>> = filter.question.map_or_else(Vec::new, |question| {
        let of = review.practices.iter().filter(|one| one.question == question.id);
        of.filter(|one| one.subject_kind == filter.kind).collect()
    });
    let drawn = if filter.question.is_some() { practices.len().min(COLUMNS_MAX) } else { review.questions.len() };
    let per = (CELLS_MAX / drawn.max(1)).clamp(1, ROWS_MAX);
    let subjects = subjects(review, &filter);
    let count = subjects.len();
    let (range, pager) = Pager::of(place, count, per);
    let subjects = stretch(subjects, range);
    let words = subjects.len() * drawn <= WORDS_MAX;
    let columns = match filter.question {
        Some(_) => practices.iter().take(COLUMNS_MAX).map(|one| by_practice(&frame, one)).collect(),
        None => review.questions.iter().map(|one| by_question(&frame, filter.kind, one)).collect(),
    };
    let row = |(tier, name): &(u8, Arc<str>)| Row {
        subject: subject(&frame, filter.kind, name),
        beside: if filter.kind == SubjectKind::Organization { String::new() } else { format!("tier {tier}") },
        cells: match filter.question {
            Some(_) => practices.iter().take(COLUMNS_MAX).map(|one| judged(one, name, words)).collect(),
            None => review.questions.iter().map(|one| risk(one, filter.kind, name)).collect(),
        },
    };
    let rows = subjects.iter().map(row).collect();
    Shown::page(Matrix {
        as_of: AsOf::of(&frame, review),
        symbols: SYMBOLS,
        kinds: tabs(&frame, &filter),
        question: filter.question.map(|one| asks(&frame, &filter, one)),
        questions: review.questions.iter().map(|one| asks(&frame, &filter, one)).collect(),
        q: shown(filter.q),
        team: shown(filter.team),
        count: match filter.kind {
            SubjectKind::Organization => "the organisation".to_owned(),
            SubjectKind::Workload | SubjectKind::Team => counted(count, filter.kind.as_str()),
        },
        columns_more: practices.len().saturating_sub(COLUMNS_MAX),
        legend: match filter.question {
            Some(_) => Mark::ALL.map(Verdict::short).into(),
            None => [QuestionRisk::High, QuestionRisk::Medium, QuestionRisk::None].map(Verdict::risk).into(),
        },
        kind: filter.kind,
        columns,
        rows,
        words,
        pager,
        frame,
    })
}

/// Those who are asked for, with their tiers.
fn subjects(review: &Review, filter: &Filter<'_>) -> Vec<(u8, Arc<str>)> {
    let all = review.subjects.names(filter.kind).into_iter().zip(review.subjects.tiers(filter.kind));
    let of_team = |name: &str| {
        filter.team.is_empty()
            || review.subjects.workload(name).and_then(|one| one.team.as_deref()) == Some(filter.team)
    };
    all.filter(|(name, _)| contains(name, filter.q) && of_team(name)).map(|(name, tier)| (tier, name)).collect()
}

fn by_practice(frame: &Frame, of: &PracticeReview) -> Column {
    let name = practice(frame, &of.key, &of.title);
    Column { short: cut(&name.name, HEAD_MAX), name, further: of.further }
}

fn by_question(frame: &Frame, kind: SubjectKind, of: &QuestionReview) -> Column {
    let href = format!("{}review/matrix{}", frame.root, query(&[("kind", kind.as_str()), ("question", &of.id)]));
    Column {
        short: shown(&of.id),
        name: Named { name: shown(&format!("{} {}", of.id, of.title)), href: Some(href) },
        further: false,
    }
}

fn judged(of: &PracticeReview, name: &str, words: bool) -> Cell {
    let Some(judged) = of.judged(name) else { return Cell { verdict: None, beside: String::new() } };
    let beside = if words { found(judged.good, judged.total) } else { String::new() };
    Cell { verdict: Some(Verdict::short(Mark::judged(judged))), beside }
}

fn risk(of: &QuestionReview, kind: SubjectKind, name: &str) -> Cell {
    let its = |one: &SubjectRisk| (one.kind, &*one.subject).cmp(&(kind, name));
    let found = of.risk.subjects.binary_search_by(its).ok().and_then(|at| of.risk.subjects.get(at));
    Cell { verdict: found.map(|found| Verdict::risk(found.risk)), beside: String::new() }
}

fn tabs(frame: &Frame, filter: &Filter<'_>) -> Vec<Tab> {
    let tab = |kind: SubjectKind| Tab {
        name: match kind {
            SubjectKind::Workload => "Workloads",
            SubjectKind::Team => "Teams, with their workloads",
            SubjectKind::Organization => "The organisation",
        },
        href: format!(
            "{}review/matrix{}",
            frame.root,
            query(&[("kind", kind.as_str()), ("question", filter.question.map_or("", |one| &one.id))])
        ),
        here: kind == filter.kind,
    };
    SubjectKind::ALL.map(tab).into()
}

fn asks(frame: &Frame, filter: &Filter<'_>, of: &QuestionReview) -> Asks {
    let pairs = [("kind", filter.kind.as_str()), ("question", &*of.id), ("team", filter.team), ("q", filter.q)];
    Asks {
        id: shown(&of.id),
        title: shown(&of.title),
        href: format!("{}review/matrix{}", frame.root, query(&pairs)),
        here: filter.question.is_some_and(|one| one.id == of.id),
    }
}
