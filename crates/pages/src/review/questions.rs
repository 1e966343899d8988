//! Risk by question, under the areas.

use evenkeel_lens::{Area, QuestionReview, Review};
use evenkeel_review::grouped;

use super::words::{Bar, Verdict, query, shown};
use crate::Frame;

/// One area.
#[derive(Debug)]
pub(super) struct AreaView {
    pub(super) title: String,
    pub(super) risk: Verdict,
    pub(super) questions: Vec<QuestionView>,
}

/// One question.
#[derive(Debug)]
pub(super) struct QuestionView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) risk: Verdict,
    pub(super) bar: Bar,
    /// Empty: only practices beyond those that count.
    pub(super) practised: String,
    pub(super) contradicted: u64,
    pub(super) stale: u64,
    pub(super) unknown: u64,
}

pub(super) fn areas(frame: &Frame, review: &Review) -> Vec<AreaView> {
    let of = |area: Area| review.questions.iter().filter(move |question| question.area == area);
    let view = |(area, risk): &(Area, evenkeel_lens::RiskReview)| AreaView {
        title: evenkeel_review::capital(area.as_str()),
        risk: Verdict::risk(risk.risk),
        questions: of(*area).map(|one| question(frame, review, one)).collect(),
    };
    let mut views: Vec<AreaView> = review.areas.iter().map(view).collect();
    views.retain(|area| !area.questions.is_empty());
    views
}

fn question(frame: &Frame, review: &Review, question: &QuestionReview) -> QuestionView {
    let counts = &question.risk.counts;
    let first = review.practices.iter().find(|practice| practice.question == question.id);
    let kind = first.map_or("workload", |practice| practice.subject_kind.as_str());
    QuestionView {
        id: shown(&question.id),
        title: shown(&question.title),
        href: format!("{}review/matrix{}", frame.root, query(&[("kind", kind), ("question", &question.id)])),
        risk: Verdict::risk(question.risk.risk),
        bar: Bar::of(counts),
        practised: match counts.total() {
            0 => String::new(),
            all => format!("{} of {}", grouped(counts.practised + counts.practised_reported), grouped(all)),
        },
        contradicted: counts.contradicted,
        stale: counts.stale,
        unknown: counts.unknown + counts.no_mechanism,
    }
}
