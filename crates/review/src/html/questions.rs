//! Risk by question, under the four areas.

use evenkeel_lens::{Area, Counts, QuestionReview, QuestionRisk, Review};

use super::bar::Bar;
use crate::number::grouped;
use crate::printable::line;

/// One area.
pub(super) struct AreaView {
    pub(super) title: &'static str,
    pub(super) risk: &'static str,
    pub(super) questions: Vec<QuestionView>,
}

/// One question.
pub(super) struct QuestionView {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) risk: &'static str,
    pub(super) bar: Bar,
    pub(super) practised: String,
    pub(super) contradicted: String,
    pub(super) stale: String,
    pub(super) unknown: String,
}

pub(super) fn areas(review: &Review) -> Vec<AreaView> {
    let view = |(area, risk): &(Area, evenkeel_lens::RiskReview)| AreaView {
        title: area_title(*area),
        risk: risk.risk.as_str(),
        questions: review
            .questions
            .iter()
            .filter(|question| question.area == *area)
            .map(|one| question(review, one))
            .collect(),
    };
    let mut views: Vec<AreaView> = review.areas.iter().map(view).collect();
    views.retain(|area| !area.questions.is_empty());
    views
}

pub(super) const fn area_title(area: Area) -> &'static str {
    match area {
        Area::Organization => "Organization",
        Area::Prepare => "Prepare",
        Area::Operate => "Operate",
        Area::Evolve => "Evolve",
    }
}

fn question(review: &Review, question: &QuestionReview) -> QuestionView {
    let counts: &Counts = &question.risk.counts;
    let risk: QuestionRisk = question.risk.risk;
    QuestionView {
        anchor: super::evidence::question_anchor(review, &question.id),
        id: line(&question.id),
        title: line(&question.title),
        risk: risk.as_str(),
        bar: Bar::of(counts),
        practised: match counts.total() {
            0 => String::new(),
            all => format!("{} of {}", grouped(counts.practised + counts.practised_reported), grouped(all)),
        },
        contradicted: grouped(counts.contradicted),
        stale: grouped(counts.stale),
        unknown: grouped(counts.unknown + counts.no_mechanism),
    }
}
