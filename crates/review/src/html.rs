//! A review as one HTML file: to be looked at, printed, and sent on.
//!
//! It needs no script and nothing from elsewhere. Every text is escaped by the template; what a verdict is, is said by a
//! shape and a word and never by colour alone. Its size is bounded whatever is judged: more than 200 workloads are shown
//! team by team, and evidence shows the worst of each practice and counts the rest.

mod bar;
mod evidence;
mod exposed;
mod first;
mod matrix;
mod next;
mod questions;
mod trend;

use askama::Template;
use evenkeel_lens::{Counts, QuestionRisk};

use crate::Report;
use crate::mark::{Mark, tally};
use crate::number::{grouped, percent};
use crate::printable::line;
use crate::summary::{Summary, capital, legend, provenance};
use bar::Bar;

/// The shapes of verdicts and risks as symbols `m-SLUG`, for pages that draw them by `use`.
pub const SYMBOLS: &str = include_str!("../templates/review/symbols.html");

/// The page, ready to be filled in. Everything in it is text.
#[derive(Template)]
#[template(path = "review.html", whitespace = "minimize")]
struct Page {
    style: &'static str,
    title: String,
    window: String,
    practices: String,
    subjects: String,
    lead: String,
    sentences: Vec<String>,
    figures: Vec<Figure>,
    bar: Bar,
    further: Option<(String, Bar)>,
    legend: Vec<LegendLine>,
    first: Vec<first::Part>,
    practised: Option<first::Part>,
    areas: Vec<questions::AreaView>,
    exposed: Vec<exposed::Part>,
    steps: Vec<next::Line>,
    steps_more: String,
    trend: Option<trend::Trend>,
    matrices: Vec<matrix::Matrix>,
    /// Whether the first of them needs a wide sheet of paper.
    wide: bool,
    evidence: Vec<evidence::Part>,
    provenance: Vec<(&'static str, String)>,
    key: String,
}

/// One large number.
struct Figure {
    number: String,
    what: &'static str,
    beside: String,
    slug: &'static str,
}

struct LegendLine {
    slug: &'static str,
    word: &'static str,
    meaning: &'static str,
    count: String,
}

impl Report<'_> {
    /// The review as one HTML file.
    #[must_use]
    pub fn html(&self) -> String {
        self.page().render().expect("text can always be written")
    }

    fn page(&self) -> Page {
        let review = self.review;
        let Summary { title, window, practices, subjects, sentences } = Summary::of(review);
        let (lead, sentences) = match sentences.split_first() {
            Some((lead, rest)) => (lead.clone(), rest.to_vec()),
            None => (String::new(), Vec::new()),
        };
        let further = review.further.total();
        let further = (further > 0).then(|| {
            let text = format!("{} verdicts on practices beyond those that count", grouped(further));
            (text, Bar::of(&review.further))
        });
        let (steps, steps_more) = next::lines(self);
        let matrices = matrix::matrices(review);
        Page {
            style: include_str!("../templates/review.css"),
            title: line(&title),
            window: capital(&window),
            practices,
            subjects,
            lead,
            sentences,
            figures: figures(self),
            bar: Bar::of(&review.counts),
            further,
            legend: legend().map(|(mark, meaning)| legend_line(self, mark, meaning)).collect(),
            first: first::parts(review),
            practised: first::practised(review),
            areas: questions::areas(review),
            exposed: exposed::parts(review),
            steps,
            steps_more,
            trend: trend::Trend::of(self),
            wide: matrices.first().is_some_and(matrix::Matrix::is_wide),
            matrices,
            evidence: evidence::parts(self),
            provenance: provenance(review, self.version),
            key: review.practices.first().map_or_else(String::new, |practice| line(&practice.key)),
        }
    }
}

fn legend_line(report: &Report<'_>, mark: Mark, meaning: &'static str) -> LegendLine {
    LegendLine { slug: mark.slug(), word: mark.word(), meaning, count: grouped(mark.count(&report.review.counts)) }
}

fn figures(report: &Report<'_>) -> Vec<Figure> {
    let counts = &report.review.counts;
    let all = counts.total();
    if all == 0 {
        return Vec::new();
    }
    let questions = &report.review.questions;
    let high = questions.iter().filter(|question| question.risk.risk == QuestionRisk::High).count();
    let of = |mark: Mark, what| {
        let count = mark.count(counts);
        let beside = format!("{} of {}", percent(count, all), grouped(all));
        figure(grouped(count), what, beside, mark.slug())
    };
    vec![
        of(Mark::Practised, "practised, and seen"),
        of(Mark::Contradicted, "contradicted"),
        of(Mark::Stale, "stale"),
        figure(high.to_string(), "questions at high risk", format!("of {}", questions.len()), "h"),
    ]
}

/// What there is none of has no colour.
fn figure(number: String, what: &'static str, beside: String, slug: &'static str) -> Figure {
    let slug = if number == "0" { "nil" } else { slug };
    Figure { number, what, beside, slug }
}

/// Marks with how many have them, for a line of small marks.
#[derive(Clone)]
struct Chip {
    slug: &'static str,
    word: &'static str,
    count: String,
}

fn chips(counts: &Counts) -> Vec<Chip> {
    // The worst first.
    let chip = |(mark, count): (Mark, u64)| Chip { slug: mark.slug(), word: mark.word(), count: grouped(count) };
    tally(counts).into_iter().rev().map(chip).collect()
}
