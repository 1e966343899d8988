//! Every practice against every subject.
//!
//! A few subjects stand side by side, with words, and the practices below each other. Many stand below each other, with
//! one mark for each practice. Very many stand team by team, with the worst mark and how many workloads have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_lens::{Counts, Judged, PracticeReview, Review, SubjectKind};

use super::evidence::anchor;
use crate::mark::Mark;
use crate::number::{counted, found, grouped};
use crate::printable::line;

/// So many subjects fit side by side.
const BESIDE_MAX: usize = 5;
/// So many stand below each other, one by one.
const BELOW_MAX: usize = 200;

/// So many lines fit on a sheet.
const SHEET_LINES: usize = 20;

/// One table.
pub(super) struct Matrix {
    pub(super) title: String,
    pub(super) says: String,
    /// Whether it fits on a sheet of paper.
    pub(super) whole: bool,
    pub(super) form: Form,
}

/// How it is laid out.
pub(super) enum Form {
    /// Practices below each other, subjects beside each other.
    Few { subjects: Vec<String>, questions: Vec<FewQuestion> },
    /// Subjects below each other, practices beside each other.
    Many { corner: &'static str, spans: Vec<Span>, practices: Vec<Head>, rows: Vec<Row> },
}

impl Matrix {
    pub(super) const fn is_wide(&self) -> bool {
        matches!(self.form, Form::Many { .. })
    }
}

impl Form {
    fn lines(&self) -> usize {
        match self {
            Self::Few { questions, .. } => questions.iter().map(|question| question.rows.len() + 1).sum(),
            Self::Many { rows, .. } => rows.len(),
        }
    }
}

/// The practices of a question.
pub(super) struct FewQuestion {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) rows: Vec<FewRow>,
}

/// One practice.
pub(super) struct FewRow {
    pub(super) head: Head,
    pub(super) cells: Vec<Cell>,
}

/// A practice in a head.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) anchor: String,
}

/// A question above its practices.
pub(super) struct Span {
    pub(super) id: String,
    pub(super) short: String,
    pub(super) title: String,
    pub(super) width: usize,
}

/// One subject, or one team's workloads.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) beside: String,
    pub(super) cells: Vec<Cell>,
}

/// One verdict; its slug is empty where there is none.
pub(super) struct Cell {
    pub(super) slug: &'static str,
    pub(super) word: &'static str,
    /// Of few subjects what was found, of teams how many workloads.
    pub(super) beside: String,
}

impl Cell {
    const NONE: Self = Self { slug: "", word: "", beside: String::new() };

    fn of(mark: Mark, beside: String) -> Self {
        Self { slug: mark.slug(), word: mark.word(), beside }
    }
}

pub(super) fn matrices(review: &Review) -> Vec<Matrix> {
    let tables = SubjectKind::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]);
    tables.filter_map(|(kind, further)| matrix(review, kind, further)).collect()
}

fn matrix(review: &Review, kind: SubjectKind, further: bool) -> Option<Matrix> {
    let all = review.practices.iter().map(|practice| &**practice);
    let practices: Vec<&PracticeReview> =
        all.filter(|practice| practice.subject_kind == kind && practice.further == further).collect();
    let mut subjects: Vec<&Arc<str>> =
        practices.iter().flat_map(|practice| practice.verdicts.iter().map(|judged| &judged.subject)).collect();
    subjects.sort();
    subjects.dedup();
    if subjects.is_empty() {
        return None;
    }
    // Those that most hangs on stand first.
    subjects.sort_by_key(|name| review.subjects.tier(kind, name));
    let title = match kind {
        SubjectKind::Workload => "Workloads",
        SubjectKind::Team => "Teams",
        SubjectKind::Organization => "The organisation",
    };
    let practised = match kind {
        SubjectKind::Organization => counted(practices.len(), "practice"),
        SubjectKind::Workload | SubjectKind::Team => {
            format!("{} for {}", counted(practices.len(), "practice"), counted(subjects.len(), kind.as_str()))
        }
    };
    let (says, form) = match subjects.len() {
        0..=BESIDE_MAX => (format!("{practised}, with what was found."), few(review, &practices, &subjects)),
        count if count <= BELOW_MAX || kind != SubjectKind::Workload => {
            (format!("{practised}, one mark for each."), many(review, kind, &practices, &subjects))
        }
        _ => {
            let says = format!("{practised}, team by team: the worst verdict, and how many workloads have it.");
            (says, by_team(review, &practices, &subjects))
        }
    };
    let title = if further { format!("{title}: further practices") } else { title.to_owned() };
    let whole = form.lines() <= SHEET_LINES;
    Some(Matrix { title, says, whole, form })
}

fn few(review: &Review, practices: &[&PracticeReview], subjects: &[&Arc<str>]) -> Form {
    let questions = review.questions.iter().map(|question| {
        let of = practices.iter().filter(|practice| practice.question == question.id);
        let rows = of.map(|practice| FewRow {
            head: head(review, practice),
            cells: subjects.iter().map(|name| practice.judged(name).map_or(Cell::NONE, with_found)).collect(),
        });
        FewQuestion { id: line(&question.id), title: line(&question.title), rows: rows.collect() }
    });
    let questions = questions.filter(|question| !question.rows.is_empty()).collect();
    Form::Few { subjects: subjects.iter().map(|name| line(name)).collect(), questions }
}

fn with_found(judged: &Judged) -> Cell {
    let mark = Mark::judged(judged);
    Cell { word: mark.short(), ..Cell::of(mark, found(judged.good, judged.total)) }
}

fn many(review: &Review, kind: SubjectKind, practices: &[&PracticeReview], subjects: &[&Arc<str>]) -> Form {
    let (shown, rest) = subjects.split_at_checked(BELOW_MAX).unwrap_or((subjects, &[]));
    let mark = |judged: &Judged| Cell::of(Mark::judged(judged), String::new());
    let cell = |practice: &PracticeReview, name: &str| practice.judged(name).map_or(Cell::NONE, mark);
    let row = |name: &Arc<str>| Row {
        name: line(name),
        beside: format!("tier {}", review.subjects.tier(kind, name)),
        cells: practices.iter().map(|practice| cell(practice, name)).collect(),
    };
    let mut rows: Vec<Row> = shown.iter().map(|name| row(name)).collect();
    if !rest.is_empty() {
        let more = counted(rest.len(), &format!("more {kind}"));
        rows.push(together(more, "together".to_owned(), rest, practices));
    }
    let corner = match kind {
        SubjectKind::Workload => "Workload",
        SubjectKind::Team => "Team",
        SubjectKind::Organization => "Subject",
    };
    Form::Many { corner, spans: spans(review, practices), practices: heads(review, practices), rows }
}

fn by_team(review: &Review, practices: &[&PracticeReview], subjects: &[&Arc<str>]) -> Form {
    let mut teams: BTreeMap<Option<&str>, Vec<&Arc<str>>> = BTreeMap::new();
    for name in subjects {
        let team = review.subjects.workload(name).and_then(|workload| workload.team.as_deref());
        teams.entry(team).or_default().push(name);
    }
    let best = |names: &[&Arc<str>]| names.iter().map(|name| review.subjects.tier(SubjectKind::Workload, name)).min();
    let mut teams: Vec<(Option<&str>, Vec<&Arc<str>>)> = teams.into_iter().collect();
    teams.sort_by_key(|(team, names)| (team.is_none(), best(names)));
    let workloads = |names: &[&Arc<str>]| counted(names.len(), "workload");
    let (shown, rest) = teams.split_at_checked(BELOW_MAX).unwrap_or((&teams, &[]));
    let row = |(team, names): &(Option<&str>, Vec<&Arc<str>>)| {
        together(team.map_or_else(|| "no team".to_owned(), line), workloads(names), names, practices)
    };
    let mut rows: Vec<Row> = shown.iter().map(row).collect();
    if !rest.is_empty() {
        let names: Vec<&Arc<str>> = rest.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        rows.push(together(counted(rest.len(), "more team"), workloads(&names), &names, practices));
    }
    Form::Many { corner: "Team", spans: spans(review, practices), practices: heads(review, practices), rows }
}

/// Several subjects in one line: the worst verdict on each practice, and how many have it.
fn together(name: String, beside: String, subjects: &[&Arc<str>], practices: &[&PracticeReview]) -> Row {
    let cells = practices.iter().map(|practice| {
        let all = || subjects.iter().filter_map(|name| practice.judged(name));
        // The same order in which the lens finds the worst.
        let worst = all().min_by_key(|judged| (judged.verdict.badness(), !judged.reported)).map(Mark::judged);
        let alike = |mark: Mark| grouped(mark.count(&Counts::of(all())));
        worst.map_or(Cell::NONE, |mark| Cell::of(mark, alike(mark)))
    });
    Row { name, beside, cells: cells.collect() }
}

fn spans(review: &Review, practices: &[&PracticeReview]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for practice in practices {
        match spans.last_mut() {
            Some(span) if *span.id == *line(&practice.question) => span.width += 1,
            Some(_) | None => {
                let question = review.questions.iter().find(|question| question.id == practice.question);
                let title = question.map_or_else(String::new, |question| line(&question.title));
                spans.push(Span { id: line(&practice.question), short: String::new(), title, width: 1 });
            }
        }
    }
    for span in &mut spans {
        // Above a single column there is no room for more than what tells it from the others.
        let narrow = span.width == 1;
        span.short = if narrow { span.id.rsplit('-').next().unwrap_or_default().to_owned() } else { span.id.clone() };
    }
    spans
}

fn heads(review: &Review, practices: &[&PracticeReview]) -> Vec<Head> {
    practices.iter().map(|practice| head(review, practice)).collect()
}

fn head(review: &Review, practice: &PracticeReview) -> Head {
    Head { title: line(&practice.title), anchor: anchor(review, &practice.key) }
}
