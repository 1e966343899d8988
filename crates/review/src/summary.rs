//! What a review comes to, in sentences that every format for people begins with.

use evenkeel_lens::{Counts, QuestionRisk, Review, SubjectKind};

use crate::date::{self, length, spoken};
use crate::groups::First;
use crate::mark::Mark;
use crate::number::{counted, grouped, percent, size};

/// The lines above everything else.
#[derive(Debug)]
pub struct Summary {
    /// Such as `Operational excellence`.
    pub title: String,
    /// `90 days to 20 November 2026`.
    pub window: String,
    /// `63 practices (67 rows, 4 aliases), further 42`.
    pub practices: String,
    /// `12 workloads, 4 teams, the organisation`.
    pub subjects: String,
    /// What it comes to, in sentences.
    pub sentences: Vec<String>,
}

impl Summary {
    /// Of a review, or of a part of one.
    #[must_use]
    pub fn of(review: &Review) -> Self {
        let further = review.practices.iter().filter(|practice| practice.further).count();
        Self {
            title: review.lens.title.to_string(),
            window: window(review),
            practices: format!(
                "{} ({}, {}), further {}",
                counted(review.practices_total, "practice"),
                counted(review.rows, "row"),
                aliases(review.aliases()),
                size(further)
            ),
            subjects: subjects(review),
            sentences: sentences(review),
        }
    }
}

/// `90 days to 20 November 2026`, or the longest where practices have different ones.
#[must_use]
pub fn window(review: &Review) -> String {
    let mut windows = review.practices.iter().map(|practice| practice.window);
    let longest = review.practices.iter().map(|practice| practice.window).max().unwrap_or(review.at.to - review.from);
    let to = spoken(review.at.to);
    if windows.all(|window| window == longest) {
        format!("{} to {to}", length(longest))
    } else {
        format!("at most {} to {to}", length(longest))
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn aliases(count: usize) -> String {
    if count == 1 { "1 alias".to_owned() } else { format!("{} aliases", size(count)) }
}

/// Who was judged; of a part of a review those who are in it.
fn subjects(review: &Review) -> String {
    let judged = |kind: SubjectKind| {
        let of = review.practices.iter().filter(|practice| practice.subject_kind == kind);
        of.map(|practice| practice.verdicts.len()).max().unwrap_or_default()
    };
    let count = |kind, word| Some(judged(kind)).filter(|count| *count > 0).map(|count| counted(count, word));
    let organization = (judged(SubjectKind::Organization) > 0).then(|| "the organisation".to_owned());
    let parts = [count(SubjectKind::Workload, "workload"), count(SubjectKind::Team, "team"), organization];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nobody to judge".to_owned() } else { parts.join(", ") }
}

fn sentences(review: &Review) -> Vec<String> {
    let counts = &review.counts;
    let all = counts.total();
    if all == 0 {
        return vec!["There is nobody to judge: the plan has no workload and no team.".to_owned()];
    }
    let mut sentences = vec![practised(counts, all), failing(review), unknown(counts)];
    sentences.push(questions(review));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn practised(counts: &Counts, all: u64) -> String {
    let verdicts = if all == 1 { "1 verdict".to_owned() } else { format!("{} verdicts", grouped(all)) };
    let seen = counts.practised;
    let mut sentence = match seen {
        0 => format!("Of {verdicts} none is practised by what Evenkeel saw"),
        1 => format!("Of {verdicts} 1 ({}) is practised by what Evenkeel saw", percent(seen, all)),
        _ => format!("Of {verdicts} {} ({}) are practised by what Evenkeel saw", grouped(seen), percent(seen, all)),
    };
    let mut apart = Vec::new();
    if counts.practised_reported > 0 {
        apart.push(format!("{} by what it was told", grouped(counts.practised_reported)));
    }
    if counts.attested > 0 {
        let rest = if counts.attested == 1 { "rests" } else { "rest" };
        apart.push(format!("{} {rest} on a signed statement", grouped(counts.attested)));
    }
    if !apart.is_empty() {
        sentence.push_str("; ");
        sentence.push_str(&apart.join(", "));
    }
    sentence.push('.');
    sentence
}

fn failing(review: &Review) -> String {
    let counts = &review.counts;
    let First { contradicted, .. } = First::of(review);
    let practices = contradicted.iter().filter(|group| !group.practice.further).count();
    let mut sentence = match (counts.contradicted, practices) {
        (0, _) => "Nothing is contradicted".to_owned(),
        (1, _) => "1 is contradicted: the record shows it failing when it was needed".to_owned(),
        (count, 1) => format!("{} are contradicted, all on one practice", grouped(count)),
        (count, practices) => format!(
            "{} are contradicted, on {} practices: the record shows them failing when they were needed",
            grouped(count),
            size(practices)
        ),
    };
    if counts.stale > 0 {
        let (were, no) = if counts.stale == 1 { ("was", "it") } else { ("were", "them") };
        sentence.push_str(&format!("; {} {were} practised once, and nothing fresh shows {no}", grouped(counts.stale)));
    }
    sentence.push('.');
    sentence
}

fn unknown(counts: &Counts) -> String {
    match (counts.declared, counts.unknown + counts.no_mechanism) {
        (0, 0) => String::new(),
        (declared, 0) => format!("{} are declared and not yet seen to happen.", grouped(declared)),
        (0, unknown) => format!("Of {} nothing is known.", grouped(unknown)),
        (declared, unknown) => format!(
            "{} are declared and not yet seen to happen; of {} nothing is known.",
            grouped(declared),
            grouped(unknown)
        ),
    }
}

fn questions(review: &Review) -> String {
    let all = review.questions.len();
    let high = review.questions.iter().filter(|question| question.risk.risk == QuestionRisk::High).count();
    match (high, all) {
        (_, 0) => String::new(),
        (0, 1) => "The question they answer is not at high risk.".to_owned(),
        (_, 1) => "The question they answer is at high risk.".to_owned(),
        (0, _) => format!("None of the {} questions is at high risk.", size(all)),
        (1, _) => format!("1 of the {} questions is at high risk.", size(all)),
        (_, _) => format!("{} of the {} questions are at high risk.", size(high), size(all)),
    }
}

/// What the numbers of the report are of, as pairs of what and which.
#[must_use]
pub fn provenance(review: &Review, version: &str) -> Vec<(&'static str, String)> {
    let at = &review.at;
    vec![
        ("plan", at.plan.to_string()),
        ("last record", format!("{}, hash {}", at.seq, at.head)),
        ("lens", format!("{}, hash {}", review.lens.name, review.lens.hash)),
        ("windows", format!("end {}, the longest begins {}", date::minute(at.to), date::minute(review.from))),
        ("made by", format!("Evenkeel {version}")),
    ]
}

/// The marks in the order of a legend, with what each means.
pub(crate) fn legend() -> impl Iterator<Item = (Mark, &'static str)> {
    Mark::ALL.into_iter().map(|mark| (mark, mark.meaning()))
}
