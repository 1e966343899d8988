//! Verdicts, risks, bars and links, as every page of the review shows them.

use evenkeel_ids::Seq;
use evenkeel_lens::{Counts, Judged, QuestionRisk, Review, SubjectKind};
use evenkeel_review::{Mark, Report, line, tally, tally_words, window};

use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::link::encoded;
use crate::{Frame, Moment};

/// So long is a bar. Units: those of the drawing.
const BAR: u64 = 1000;

/// A verdict or a risk: its shape, its colour's class, its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) slug: &'static str,
    pub(crate) word: &'static str,
}

/// Verdicts, each as long as its share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) parts: Vec<Part>,
    /// The same in words.
    pub(crate) label: String,
}

/// One verdict in a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) slug: &'static str,
    pub(crate) x: u64,
    pub(crate) width: u64,
}

/// Of what the page is: the same values give the same review.
#[derive(Debug, Clone)]
pub(crate) struct AsOf {
    pub(crate) window: String,
    pub(crate) to: Moment,
    pub(crate) record: Named,
    pub(crate) plan: Named,
    pub(crate) lens: String,
}

impl Verdict {
    pub(crate) const fn of(mark: Mark) -> Self {
        Self { slug: mark.slug(), word: mark.word() }
    }

    pub(crate) const fn judged(judged: &Judged) -> Self {
        Self::of(Mark::judged(judged))
    }

    pub(crate) const fn short(mark: Mark) -> Self {
        Self { slug: mark.slug(), word: mark.short() }
    }

    pub(crate) const fn risk(risk: QuestionRisk) -> Self {
        Self { slug: risk.as_str(), word: risk.as_str() }
    }
}

impl Bar {
    pub(crate) fn of(counts: &Counts) -> Self {
        let (all, mut before) = (counts.total().max(1), 0);
        let part = |(mark, count): (Mark, u64)| {
            let x = before * BAR / all;
            before += count;
            Part { slug: mark.slug(), x, width: (before * BAR / all - x).max(2) }
        };
        Self { parts: tally(counts).into_iter().map(part).collect(), label: tally_words(counts) }
    }
}

impl AsOf {
    pub(crate) fn of(frame: &Frame, review: &Review) -> Self {
        let (seq, plan) = (review.at.seq, review.at.plan.to_string());
        Self {
            window: window(review),
            to: frame.moment(review.at.to),
            record: Named { name: seq.to_string(), href: linked(&frame.root, "/records/{seq}", &seq.0.to_string()) },
            plan: Named { name: review.at.plan.short(), href: linked(&frame.root, "/plans/{hash}", &plan) },
            lens: shown(&review.lens.title),
        }
    }
}

/// A text of others on one line, cut.
pub(crate) fn shown(text: &str) -> String {
    cut(&line(text), TITLE_MAX)
}

/// A practice, leading to its page.
pub(crate) fn practice(frame: &Frame, key: &str, title: &str) -> Named {
    Named { name: shown(title), href: linked(&frame.root, "/review/practices/{key}", key) }
}

/// A subject, leading to its page.
pub(crate) fn subject(frame: &Frame, kind: SubjectKind, name: &str) -> Named {
    let name_shown = match kind {
        SubjectKind::Organization => "the organisation".to_owned(),
        SubjectKind::Workload | SubjectKind::Team => shown(name),
    };
    Named { name: name_shown, href: Some(format!("{}review/subjects/{kind}/{}", frame.root, encoded(name))) }
}

/// The records that a verdict stands on, each leading to what it made.
pub(crate) fn refs(frame: &Frame, refs: &[Seq], most: usize) -> Vec<Named> {
    let one = |seq: &Seq| Named {
        name: seq.to_string(),
        href: linked(&frame.root, "/review/refs/{seq}", &seq.0.to_string()),
    };
    refs.iter().take(most).map(one).collect()
}

/// A query of names and values, those that are empty left out.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// Where somebody takes up a practice for a subject.
pub(crate) fn take_up(
    frame: &Frame,
    report: &Report<'_>,
    practice: &str,
    subject: &str,
    owner: &str,
    step: &str,
) -> String {
    let lens = report.review.lens.hash.to_string();
    let pairs = [("practice", practice), ("subject", subject), ("owner", owner), ("title", step), ("lens", &lens)];
    format!("{}review/take-up{}", frame.root, query(&pairs))
}

/// Where somebody signs a practice for a subject.
pub(crate) fn attest(frame: &Frame, practice: &str, subject: &str) -> String {
    format!("{}review/attest{}", frame.root, query(&[("practice", practice), ("subject", subject)]))
}
