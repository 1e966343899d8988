//! A part of a review: one subject, or one practice. What is left is a review again, so that every format can show it.

use std::sync::Arc;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_lens::{Counts, Judged, PracticeReview, QuestionReview, Review, RiskReview, SubjectKind, SubjectRisk};

/// Nothing is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotThere {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What a review says of one subject: `shop`, or `workload:shop` where a team is called so too.
///
/// # Errors
/// [`NotThere`] when nobody of that name was judged.
pub fn subject(review: &Review, name: &str) -> Result<Review, NotThere> {
    let told = name.split_once(':').and_then(|(kind, bare)| Some((vec![kind.parse().ok()?], bare)));
    let (kinds, bare): (Vec<SubjectKind>, &str) = told.unwrap_or_else(|| (SubjectKind::ALL.to_vec(), name));
    let known = |kind: SubjectKind| review.subjects.names(kind);
    let found = kinds.into_iter().find(|kind| known(*kind).iter().any(|known| &**known == bare));
    let Some(kind) = found else {
        let all: Vec<Arc<str>> = SubjectKind::ALL.into_iter().flat_map(known).collect();
        let help = match nearest(bare, &all) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "subjects are the workloads and teams of the ops repo, and `organization`".to_owned(),
        };
        return Err(NotThere { message: format!("nobody called `{name}` was judged"), help });
    };
    let its = |found: SubjectKind, subject: &str| found == kind && subject == bare;
    let verdicts = |practice: &PracticeReview, judged: &Judged| its(practice.subject_kind, &judged.subject);
    Ok(narrowed(review, verdicts, |risk| its(risk.kind, &risk.subject)))
}

/// What a review says of one practice, by key or alias.
///
/// # Errors
/// [`NotThere`] when no practice is called so.
pub fn practice(review: &Review, name: &str) -> Result<Review, NotThere> {
    let whole = |name: &str| review.practice(name).map(|practice| Arc::clone(&practice.key));
    let key =
        whole(name).or_else(|| whole(&format!("oe.{name}"))).or_else(|| by_slug(review, name)).ok_or_else(|| {
            let known: Vec<Arc<str>> = review.practices.iter().map(|practice| Arc::clone(&practice.key)).collect();
            let help = match nearest(name, &known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`evenkeel review --all` lists the keys".to_owned(),
            };
            NotThere { message: format!("no practice is called `{name}`"), help }
        })?;
    Ok(narrowed(review, |practice, _| practice.key == key, |_| true))
}

/// The key that ends so, where only one does: whoever leaves out the area means the slug.
fn by_slug(review: &Review, name: &str) -> Option<Arc<str>> {
    let mut ending = review.practices.iter().filter(|practice| practice.key.rsplit('.').next() == Some(name));
    let found = ending.next()?;
    ending.next().is_none().then(|| Arc::clone(&found.key))
}

fn nearest<'a>(name: &str, known: &'a [Arc<str>]) -> Option<&'a str> {
    did_you_mean(name, known.iter().map(|known| &**known))
}

fn narrowed(
    review: &Review,
    keep: impl Fn(&PracticeReview, &Judged) -> bool,
    counts_for: impl Fn(&SubjectRisk) -> bool,
) -> Review {
    let mut narrow = review.clone();
    narrow.practices = review.practices.iter().filter_map(|practice| part(practice, &keep)).collect();
    narrow.counts = counts(&narrow.practices, |practice| !practice.further);
    narrow.further = counts(&narrow.practices, |practice| practice.further);
    let of = |question: &QuestionReview| {
        counts(&narrow.practices, |practice| !practice.further && practice.question == question.id)
    };
    for question in &mut narrow.questions {
        question.risk = risk(&question.risk, of(question), &counts_for);
    }
    narrow.questions.retain(|question| narrow.practices.iter().any(|practice| practice.question == question.id));
    for (area, area_risk) in &mut narrow.areas {
        let of = counts(&narrow.practices, |practice| !practice.further && practice.area == *area);
        *area_risk = risk(area_risk, of, &counts_for);
    }
    narrow.areas.retain(|(area, _)| narrow.practices.iter().any(|practice| practice.area == *area));
    narrow
}

fn part(
    practice: &Arc<PracticeReview>,
    keep: &impl Fn(&PracticeReview, &Judged) -> bool,
) -> Option<Arc<PracticeReview>> {
    let kept = practice.verdicts.iter().filter(|judged| keep(practice, judged));
    let verdicts: Vec<Judged> = kept.cloned().collect();
    let counts = Counts::of(&verdicts);
    (!verdicts.is_empty()).then(|| Arc::new(PracticeReview { verdicts, counts, ..PracticeReview::clone(practice) }))
}

fn risk(whole: &RiskReview, counts: Counts, counts_for: &impl Fn(&SubjectRisk) -> bool) -> RiskReview {
    let subjects: Vec<SubjectRisk> = whole.subjects.iter().filter(|risk| counts_for(risk)).cloned().collect();
    let worst = subjects.iter().map(|risk| risk.risk).min().unwrap_or(whole.risk);
    RiskReview { risk: worst, counts, subjects }
}

fn counts(practices: &[Arc<PracticeReview>], wanted: impl Fn(&PracticeReview) -> bool) -> Counts {
    let wanted = practices.iter().filter(|practice| wanted(practice));
    wanted.fold(Counts::default(), |sum, practice| sum.plus(&practice.counts))
}
