//! The review at a glance: what it comes to, what matters first, where the risk is, what to do next, how it moves.

mod first;
mod questions;
mod steps;
mod trend;
pub(crate) mod words;

use askama::Template;
use evenkeel_lens::{QuestionRisk, Review};
use evenkeel_review::{Mark, Report, SYMBOLS, Summary, grouped, percent};

use crate::{Asked, Frame, Place, Section, Shown};
use first::Part;
use questions::AreaView;
use steps::Step;
use trend::Trend;
use words::{AsOf, Bar, Verdict};

#[derive(Debug, Template)]
#[template(path = "review_overview.html", whitespace = "minimize")]
struct Overview {
    frame: Frame,
    as_of: AsOf,
    symbols: &'static str,
    practices: String,
    subjects: String,
    lead: String,
    sentences: Vec<String>,
    figures: Vec<Figure>,
    bar: Bar,
    legend: Vec<Legend>,
    first: Vec<Part>,
    areas: Vec<AreaView>,
    steps: Vec<Step>,
    steps_more: usize,
    trend: Option<Trend>,
}

/// One large number.
#[derive(Debug)]
struct Figure {
    number: String,
    what: &'static str,
    beside: String,
    slug: &'static str,
}

#[derive(Debug)]
struct Legend {
    verdict: Verdict,
    meaning: &'static str,
    count: String,
}

/// The frame of the review at a glance.
pub(crate) fn frame(asked: &Asked<'_>) -> Frame {
    asked.frame(Section::Review, "Review")
}

pub(crate) fn show(frame: Frame, _place: &Place, report: &Report<'_>) -> Shown {
    let review = report.review;
    let Summary { practices, subjects, sentences, .. } = Summary::of(review);
    let (lead, sentences) = match sentences.split_first() {
        Some((lead, rest)) => (lead.clone(), rest.to_vec()),
        None => (String::new(), Vec::new()),
    };
    let (steps, steps_more) = steps::steps(&frame, report, steps::FIRST);
    Shown::page(Overview {
        as_of: AsOf::of(&frame, review),
        symbols: SYMBOLS,
        practices,
        subjects,
        lead,
        sentences,
        figures: figures(review),
        bar: Bar::of(&review.counts),
        legend: Mark::ALL.map(|mark| legend(review, mark)).into(),
        first: first::parts(&frame, review),
        areas: questions::areas(&frame, review),
        steps,
        steps_more,
        trend: Trend::of(report),
        frame,
    })
}

fn legend(review: &Review, mark: Mark) -> Legend {
    Legend { verdict: Verdict::of(mark), meaning: mark.meaning(), count: grouped(mark.count(&review.counts)) }
}

fn figures(review: &Review) -> Vec<Figure> {
    let all = review.counts.total();
    if all == 0 {
        return Vec::new();
    }
    let high = review.questions.iter().filter(|question| question.risk.risk == QuestionRisk::High).count();
    let of = |mark: Mark, what| {
        let count = mark.count(&review.counts);
        let slug = if count == 0 { "nil" } else { mark.slug() };
        Figure { number: grouped(count), what, beside: format!("{} of {}", percent(count, all), grouped(all)), slug }
    };
    let questions = Figure {
        number: high.to_string(),
        what: "questions at high risk",
        beside: format!("of {}", review.questions.len()),
        slug: if high == 0 { "nil" } else { "x" },
    };
    vec![
        of(Mark::Practised, "practised, and seen"),
        of(Mark::Contradicted, "contradicted"),
        of(Mark::Stale, "stale"),
        questions,
    ]
}
