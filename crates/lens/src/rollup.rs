//! What verdicts add up to: the risk of questions and areas, per workload, team and organisation.
//!
//! A subject's risk is the highest that one of its verdicts gives. A team has its workloads' in its own, and the
//! organisation everybody's. Practices beyond those that count give none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::practice::{Area, Lens};
use crate::review::{Counts, PracticeReview, QuestionReview, RiskReview, SubjectRisk};
use crate::risk::{QuestionRisk, Risk};
use crate::subject::{ORGANIZATION, SubjectKind, Subjects};
use crate::verdict::Verdict;

/// The risk that one verdict gives.
#[must_use]
pub const fn risk_of(risk: Risk, verdict: Verdict) -> QuestionRisk {
    match (verdict, risk) {
        (Verdict::NotApplicable | Verdict::Practised | Verdict::Attested, _) => QuestionRisk::None,
        (Verdict::Contradicted | Verdict::Stale | Verdict::Unknown | Verdict::NoMechanism, Risk::High) => {
            QuestionRisk::High
        }
        (
            Verdict::Contradicted | Verdict::Stale | Verdict::Unknown | Verdict::NoMechanism | Verdict::Declared,
            Risk::High | Risk::Medium | Risk::Low,
        ) => QuestionRisk::Medium,
    }
}

/// The questions of a lens, each with the risk of its practices.
pub(crate) fn questions(lens: &Lens, practices: &[Arc<PracticeReview>], subjects: &Subjects) -> Vec<QuestionReview> {
    let question = |question: &crate::practice::Question| QuestionReview {
        id: Arc::clone(&question.id),
        title: Arc::clone(&question.title),
        area: question.area,
        risk: risk(&of_question(practices, &question.id), subjects),
    };
    lens.questions.iter().map(question).collect()
}

/// The areas that have practices that count.
pub(crate) fn areas(practices: &[Arc<PracticeReview>], subjects: &Subjects) -> Vec<(Area, RiskReview)> {
    let own = Area::ALL.into_iter().map(|area| (area, of_area(practices, area)));
    own.filter(|(_, own)| !own.is_empty()).map(|(area, own)| (area, risk(&own, subjects))).collect()
}

pub(crate) fn of_question<'a>(practices: &'a [Arc<PracticeReview>], id: &str) -> Vec<&'a PracticeReview> {
    let own = practices.iter().filter(|practice| !practice.further && &*practice.question == id);
    own.map(Arc::as_ref).collect()
}

pub(crate) fn of_area(practices: &[Arc<PracticeReview>], area: Area) -> Vec<&PracticeReview> {
    let own = practices.iter().filter(|practice| !practice.further && practice.area == area);
    own.map(Arc::as_ref).collect()
}

/// The verdicts on all these practices, counted.
pub(crate) fn counts<'a>(practices: impl IntoIterator<Item = &'a PracticeReview>) -> Counts {
    practices.into_iter().fold(Counts::default(), |sum, practice| sum.plus(&practice.counts))
}

fn has(practices: &[&PracticeReview], kind: SubjectKind) -> bool {
    practices.iter().any(|practice| practice.subject_kind == kind)
}

/// The highest risk that one subject's own verdicts give.
fn own(practices: &[&PracticeReview], kind: SubjectKind, subject: &str) -> QuestionRisk {
    let own = practices.iter().filter(|practice| practice.subject_kind == kind);
    let risk = |practice: &&PracticeReview| Some(risk_of(practice.risk, practice.judged(subject)?.verdict));
    own.filter_map(risk).min().unwrap_or(QuestionRisk::None)
}

fn risk(practices: &[&PracticeReview], subjects: &Subjects) -> RiskReview {
    let mut entries = Vec::new();
    let mut of_team: BTreeMap<&str, QuestionRisk> = BTreeMap::new();
    if has(practices, SubjectKind::Workload) {
        for (workload, risk) in subjects.workloads.iter().zip(workload_risks(practices, subjects)) {
            entries.push(SubjectRisk { kind: SubjectKind::Workload, subject: Arc::clone(&workload.name), risk });
            if let Some(team) = &workload.team {
                let known = of_team.entry(team).or_insert(QuestionRisk::None);
                *known = risk.min(*known);
            }
        }
    }
    let own_teams = has(practices, SubjectKind::Team);
    for team in &subjects.teams {
        let below = of_team.get(&*team.name).copied();
        let own = own_teams.then(|| own(practices, SubjectKind::Team, &team.name));
        if let Some(risk) = [below, own].into_iter().flatten().min() {
            entries.push(SubjectRisk { kind: SubjectKind::Team, subject: Arc::clone(&team.name), risk });
        }
    }
    if has(practices, SubjectKind::Organization) {
        let risk = own(practices, SubjectKind::Organization, ORGANIZATION);
        entries.push(SubjectRisk { kind: SubjectKind::Organization, subject: ORGANIZATION.into(), risk });
    }
    finished(practices, entries)
}

fn finished(practices: &[&PracticeReview], subjects: Vec<SubjectRisk>) -> RiskReview {
    let risk = subjects.iter().map(|entry| entry.risk).min().unwrap_or(QuestionRisk::None);
    RiskReview { risk, counts: counts(practices.iter().copied()), subjects }
}

/// Shape: by workload. The verdicts of a practice are in the same order.
fn workload_risks(practices: &[&PracticeReview], subjects: &Subjects) -> Vec<QuestionRisk> {
    let mut risks = vec![QuestionRisk::None; subjects.workloads.len()];
    for practice in practices.iter().filter(|practice| practice.subject_kind == SubjectKind::Workload) {
        for (risk, judged) in risks.iter_mut().zip(&practice.verdicts) {
            *risk = risk_of(practice.risk, judged.verdict).min(*risk);
        }
    }
    risks
}

/// Brings a risk up to date after the verdicts on some subjects changed. The subjects themselves are the same.
pub(crate) fn refresh(
    risk: &mut RiskReview,
    practices: &[&PracticeReview],
    subjects: &Subjects,
    changed: &BTreeSet<Arc<str>>,
) {
    let team_of = |name: &Arc<str>| subjects.workload(name).and_then(|workload| workload.team.clone());
    let teams: BTreeSet<Arc<str>> = changed.iter().filter_map(team_of).chain(changed.iter().cloned()).collect();
    let mut entries = std::mem::take(&mut risk.subjects);
    for entry in entries.iter_mut().filter(|entry| entry.kind != SubjectKind::Team) {
        if changed.contains(&entry.subject) {
            entry.risk = own(practices, entry.kind, &entry.subject);
        }
    }
    let mut of_team: BTreeMap<&Arc<str>, QuestionRisk> = BTreeMap::new();
    let workloads = entries.iter().filter(|entry| entry.kind == SubjectKind::Workload);
    for (workload, entry) in subjects.workloads.iter().zip(workloads) {
        if let Some(team) = workload.team.as_ref().filter(|team| teams.contains(*team)) {
            let known = of_team.entry(team).or_insert(QuestionRisk::None);
            *known = entry.risk.min(*known);
        }
    }
    for entry in &mut entries {
        if entry.kind == SubjectKind::Team && teams.contains(&entry.subject) {
            let below = of_team.get(&entry.subject).copied().unwrap_or(QuestionRisk::None);
            entry.risk = below.min(own(practices, SubjectKind::Team, &entry.subject));
        }
    }
    *risk = finished(practices, entries);
}
