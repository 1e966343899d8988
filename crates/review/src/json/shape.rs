//! The fields of a review in JSON.

use std::sync::Arc;

use evenkeel_lens::{
    Attestation, Counts, Improvement, Judged, PracticeReview, QuestionReview, RiskReview, SubjectKind, Subjects,
};
use evenkeel_time::Timestamp;
use serde::{Serialize, Serializer};

use super::FORM;
use crate::mark::Mark;
use crate::plan::taken;
use crate::report::Milestone;
use crate::{Report, TakenUp};

/// What is printed.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    form: u32,
    version: &'a str,
    lens: LensName<'a>,
    plan: String,
    record: u64,
    head: String,
    window: Window,
    rows: usize,
    practices_total: usize,
    aliases: usize,
    further_total: usize,
    counts: Tally,
    further_counts: Tally,
    subjects: SubjectLists<'a>,
    questions: Vec<QuestionShape<'a>>,
    areas: Vec<AreaShape<'a>>,
    #[serde(serialize_with = "practices")]
    practices: &'a Report<'a>,
    #[serde(serialize_with = "improvements")]
    improvements: &'a Report<'a>,
    milestones: Vec<MilestoneShape<'a>>,
}

pub(super) fn document<'a>(report: &'a Report<'a>) -> Document<'a> {
    let (review, at) = (report.review, &report.review.at);
    Document {
        form: FORM,
        version: report.version,
        lens: LensName { name: &review.lens.name, title: &review.lens.title, hash: review.lens.hash.to_string() },
        plan: at.plan.to_string(),
        record: at.seq.0,
        head: at.head.to_string(),
        window: Window { from: review.from.to_string(), to: at.to.to_string() },
        rows: review.rows,
        practices_total: review.practices_total,
        aliases: review.aliases(),
        further_total: review.practices.iter().filter(|practice| practice.further).count(),
        counts: Tally::of(&review.counts),
        further_counts: Tally::of(&review.further),
        subjects: SubjectLists::of(&review.subjects),
        questions: review.questions.iter().map(QuestionShape::of).collect(),
        areas: review
            .areas
            .iter()
            .map(|(area, risk)| AreaShape { area: area.as_str(), risk: RiskShape::of(risk) })
            .collect(),
        practices: report,
        improvements: report,
        milestones: report.milestones.iter().map(MilestoneShape::of).collect(),
    }
}

#[derive(Serialize)]
struct LensName<'a> {
    name: &'a str,
    title: &'a str,
    hash: String,
}

#[derive(Serialize)]
struct Window {
    from: String,
    to: String,
}

/// Verdicts of each sort, by the word that is printed.
#[derive(Serialize)]
pub(super) struct Tally {
    practised: u64,
    #[serde(rename = "practised (reported)")]
    practised_reported: u64,
    attested: u64,
    #[serde(rename = "not applicable")]
    not_applicable: u64,
    declared: u64,
    unknown: u64,
    #[serde(rename = "unknown: no mechanism yet")]
    no_mechanism: u64,
    stale: u64,
    contradicted: u64,
}

impl Tally {
    pub(super) const fn of(counts: &Counts) -> Self {
        Self {
            practised: counts.practised,
            practised_reported: counts.practised_reported,
            attested: counts.attested,
            not_applicable: counts.not_applicable,
            declared: counts.declared,
            unknown: counts.unknown,
            no_mechanism: counts.no_mechanism,
            stale: counts.stale,
            contradicted: counts.contradicted,
        }
    }
}

#[derive(Serialize)]
struct SubjectLists<'a> {
    workloads: Vec<WorkloadShape<'a>>,
    teams: Vec<TeamShape<'a>>,
}

#[derive(Serialize)]
struct WorkloadShape<'a> {
    name: &'a str,
    tier: u8,
    team: Option<&'a str>,
    owner: Option<String>,
}

#[derive(Serialize)]
struct TeamShape<'a> {
    name: &'a str,
}

impl<'a> SubjectLists<'a> {
    fn of(subjects: &'a Subjects) -> Self {
        let workloads = subjects.workloads.iter().map(|workload| WorkloadShape {
            name: &workload.name,
            tier: workload.tier,
            team: workload.team.as_deref(),
            owner: workload.owner.as_ref().map(ToString::to_string),
        });
        let teams = subjects.teams.iter().map(|team| TeamShape { name: &team.name });
        Self { workloads: workloads.collect(), teams: teams.collect() }
    }
}

#[derive(Serialize)]
struct RiskShape<'a> {
    risk: &'static str,
    counts: Tally,
    subjects: Vec<SubjectRiskShape<'a>>,
}

#[derive(Serialize)]
struct SubjectRiskShape<'a> {
    kind: &'static str,
    subject: &'a str,
    risk: &'static str,
}

impl<'a> RiskShape<'a> {
    fn of(risk: &'a RiskReview) -> Self {
        let subjects = risk.subjects.iter().map(|risk| SubjectRiskShape {
            kind: risk.kind.as_str(),
            subject: &risk.subject,
            risk: risk.risk.as_str(),
        });
        Self { risk: risk.risk.as_str(), counts: Tally::of(&risk.counts), subjects: subjects.collect() }
    }
}

#[derive(Serialize)]
struct QuestionShape<'a> {
    id: &'a str,
    title: &'a str,
    area: &'static str,
    #[serde(flatten)]
    risk: RiskShape<'a>,
}

impl<'a> QuestionShape<'a> {
    fn of(question: &'a QuestionReview) -> Self {
        let risk = RiskShape::of(&question.risk);
        Self { id: &question.id, title: &question.title, area: question.area.as_str(), risk }
    }
}

#[derive(Serialize)]
struct AreaShape<'a> {
    area: &'static str,
    #[serde(flatten)]
    risk: RiskShape<'a>,
}

#[derive(Serialize)]
struct PracticeShape<'a> {
    key: &'a str,
    aliases: &'a [Arc<str>],
    title: &'a str,
    area: &'static str,
    question: &'a str,
    subject: &'static str,
    further: bool,
    risk: &'static str,
    window: String,
    sample: u32,
    attestation: Option<&'a str>,
    verdict: String,
    good: i64,
    total: i64,
    last_at: Option<String>,
    refs: Vec<u64>,
    counts: Tally,
    #[serde(serialize_with = "verdicts")]
    verdicts: (&'a Report<'a>, &'a PracticeReview),
}

fn practices<S: Serializer>(report: &&Report<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(report.review.practices.iter().map(|practice| shape(report, practice)))
}

fn shape<'a>(report: &'a Report<'a>, practice: &'a PracticeReview) -> PracticeShape<'a> {
    let overall = practice.overall();
    PracticeShape {
        key: &practice.key,
        aliases: &practice.aliases,
        title: &practice.title,
        area: practice.area.as_str(),
        question: &practice.question,
        subject: practice.subject_kind.as_str(),
        further: practice.further,
        risk: practice.risk.as_str(),
        window: practice.window.to_string(),
        sample: practice.sample,
        attestation: practice.attestation.as_deref(),
        verdict: overall.standing.to_string(),
        good: overall.good,
        total: overall.total,
        last_at: overall.last_at.map(|at| at.to_string()),
        refs: overall.refs.iter().map(|seq| seq.0).collect(),
        counts: Tally::of(&practice.counts),
        verdicts: (report, practice),
    }
}

#[derive(Serialize)]
struct VerdictShape<'a> {
    subject: &'a str,
    tier: u8,
    verdict: &'static str,
    good: i64,
    total: i64,
    last_at: Option<String>,
    refs: Vec<u64>,
    fresh_until: Option<String>,
    why: String,
    attested: Option<AttestedShape<'a>>,
    next: Option<&'a str>,
}

fn verdicts<S: Serializer>(
    (report, practice): &(&Report<'_>, &PracticeReview),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let kind = practice.subject_kind;
    let tier = |judged: &Judged| report.review.subjects.tier(kind, &judged.subject);
    serializer.collect_seq(practice.verdicts.iter().map(|judged| VerdictShape {
        subject: &judged.subject,
        tier: tier(judged),
        verdict: Mark::judged(judged).word(),
        good: judged.good,
        total: judged.total,
        last_at: instant(judged.last_at),
        refs: judged.refs.iter().map(|seq| seq.0).collect(),
        fresh_until: instant(judged.fresh_until),
        why: judged.why.to_string(),
        attested: judged.attested.as_deref().map(AttestedShape::of),
        next: judged.next.as_deref(),
    }))
}

fn instant(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}

#[derive(Serialize)]
struct AttestedShape<'a> {
    record: u64,
    person: &'a str,
    statement: Option<&'a str>,
    at: String,
    expires_at: String,
    not_applicable: bool,
}

impl<'a> AttestedShape<'a> {
    fn of(attestation: &'a Attestation) -> Self {
        Self {
            record: attestation.record.0,
            person: &attestation.person,
            statement: attestation.statement.as_deref(),
            at: attestation.at.to_string(),
            expires_at: attestation.expires_at.to_string(),
            not_applicable: attestation.not_applicable,
        }
    }
}

#[derive(Serialize)]
struct ImprovementShape<'a> {
    practice: &'a str,
    title: &'a str,
    question: &'a str,
    further: bool,
    kind: &'static str,
    subject: &'a str,
    tier: u8,
    risk: &'static str,
    verdict: &'static str,
    good: i64,
    total: i64,
    why: String,
    next: Option<&'a str>,
    owner: Option<String>,
    taken: Option<TakenShape>,
}

#[derive(Serialize)]
struct TakenShape {
    id: String,
    owner: String,
    opened_at: String,
    reopened: u32,
}

fn improvements<S: Serializer>(report: &&Report<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(report.plan.iter().map(|one| improvement(one, taken(report.taken, one))))
}

fn improvement<'a>(improvement: &'a Improvement, taken: Option<&TakenUp>) -> ImprovementShape<'a> {
    let kind: SubjectKind = improvement.kind;
    ImprovementShape {
        practice: &improvement.practice,
        title: &improvement.title,
        question: &improvement.question,
        further: improvement.further,
        kind: kind.as_str(),
        subject: &improvement.subject,
        tier: improvement.tier,
        risk: improvement.risk.as_str(),
        verdict: Mark::of(improvement.standing).word(),
        good: improvement.good,
        total: improvement.total,
        why: improvement.why.to_string(),
        next: improvement.next.as_deref(),
        owner: improvement.owner.as_ref().map(ToString::to_string),
        taken: taken.map(|taken| TakenShape {
            id: taken.id.to_string(),
            owner: taken.owner.to_string(),
            opened_at: taken.opened_at.to_string(),
            reopened: taken.reopened,
        }),
    }
}

#[derive(Serialize)]
struct MilestoneShape<'a> {
    name: &'a str,
    to: String,
    counts: Tally,
}

impl<'a> MilestoneShape<'a> {
    fn of(milestone: &'a Milestone) -> Self {
        Self { name: &milestone.name, to: milestone.to.to_string(), counts: Tally::of(&milestone.counts) }
    }
}
