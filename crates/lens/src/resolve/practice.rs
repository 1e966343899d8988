//! The page of a practice.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, did_you_mean};
use evenkeel_model::document::{LensDocument, PracticeDocument, Text};
use evenkeel_model::{codes, quoted};
use evenkeel_time::Duration;

use super::block::{Blocks, blocks};
use super::word::{listed, unknown, word};
use super::{folder, known_question};
use crate::practice::{Area, Practice, Question, Tolerance};
use crate::risk::Risk;
use crate::subject::SubjectKind;
use crate::verdict::Verdict;

/// How far back facts count, and how old the last one may be, where nothing is said.
const WINDOW: Duration = Duration(90 * 24 * 3_600_000);

/// The verdicts that a step may move.
const MOVABLE: [Verdict; 5] =
    [Verdict::Unknown, Verdict::Declared, Verdict::Stale, Verdict::Contradicted, Verdict::Attested];

/// The practice, when nothing about it is wrong.
pub(super) fn practice(
    document: &PracticeDocument,
    lens: &LensDocument,
    questions: &[Question],
    diags: &mut Vec<Diagnostic>,
) -> Option<Arc<Practice>> {
    let before = diags.len();
    let words = words(document, lens, questions, diags);
    let attestation = document.attestation.as_ref().filter(|text| &*text.value != "none");
    let mechanism = mechanism(document, diags);
    let next = next(document, diags);
    let Blocks { declared, practised, contradicted } = blocks(document, mechanism, diags);
    let anything = [&declared, &practised, &contradicted].into_iter().any(Option::is_some);
    if document.blocks.is_empty() && !anything && mechanism && attestation.is_none() {
        let headline = "nothing about the practice can be judged: it has no query, and nobody is asked to attest it";
        let diag = Diagnostic::error(codes::INVALID_PRACTICE, place(document), headline);
        diags.push(diag.help("write a block that begins with ```` ```sql practised ````, or `mechanism: none`"));
    }
    let sample = sample(document, diags);
    let tolerance = tolerance(document, diags);
    let whole = !document.faulty && !diags.iter().skip(before).any(Diagnostic::blocks);
    let (key, area, question, subject, risk) = words.filter(|_| whole)?;
    let period = |written: Option<Spanned<Duration>>| written.map_or(WINDOW, |written| written.value);
    let practice = Practice {
        key,
        aliases: document.aliases.iter().map(|alias| Arc::from(&*alias.value)).collect(),
        title: document.title.as_ref().map(|title| Arc::from(&*title.value))?,
        area,
        question,
        subject,
        further: document.further,
        risk,
        window: period(document.window),
        sample,
        freshness: period(document.freshness),
        tolerance,
        attestation: attestation.map(|text| Arc::from(&*text.value)),
        next,
        mechanism,
        declared,
        practised,
        contradicted,
        prose: Arc::from(&*document.prose),
        path: document.path.get(folder(&lens.path).len()..).unwrap_or(&document.path).into(),
    };
    missing_steps(&practice, document, diags);
    Some(Arc::new(practice))
}

fn place(document: &PracticeDocument) -> Span {
    document.key.as_ref().map_or(document.span, |key| key.span)
}

type Words = (Arc<str>, Area, Arc<str>, SubjectKind, Risk);

fn words(
    document: &PracticeDocument,
    lens: &LensDocument,
    questions: &[Question],
    diags: &mut Vec<Diagnostic>,
) -> Option<Words> {
    let area = document.key.as_ref().and_then(|key| area(key, diags));
    for alias in document.aliases.iter().filter(|alias| !is_alias(&alias.value)) {
        let headline = format!("{} is no alias", quoted(&alias.value));
        let diag = Diagnostic::error(codes::INVALID_PRACTICE, alias.span, headline);
        diags.push(diag.help("write the list and the number it has there, such as `aws:OPS10-BP04`"));
    }
    let question = document.question.as_ref().and_then(|question| asked(question, lens, questions, diags));
    let subjects = SubjectKind::ALL.map(|kind| (kind.as_str(), kind));
    let subject = document.subject.as_ref().and_then(|subject| word(subject, "subject", &subjects, diags));
    let risks = Risk::ALL.map(|risk| (risk.as_str(), risk));
    let risk = document.risk.as_ref().and_then(|risk| word(risk, "risk", &risks, diags));
    let key = document.key.as_ref().map(|key| Arc::from(&*key.value));
    Some((key?, area?, question?, subject?, risk?))
}

/// `list.area.slug`, of lower-case letters, digits and `-`.
fn area(key: &Text, diags: &mut Vec<Diagnostic>) -> Option<Area> {
    let plain = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let parts: Vec<&str> = key.value.split('.').collect();
    let area = match parts.as_slice() {
        [_, area, _] if parts.iter().all(plain) => area.parse().ok(),
        _ => None,
    };
    if area.is_none() {
        let headline = format!("{} is no key for a practice", quoted(&key.value));
        let help = format!(
            "write `LENS.AREA.NAME` in lower case, such as `oe.operate.escalation-paths`, with the area {}",
            listed(Area::ALL.iter().map(|area| area.as_str()))
        );
        diags.push(Diagnostic::error(codes::INVALID_PRACTICE, key.span, headline).help(help));
    }
    area
}

fn is_alias(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(list, number)| !list.is_empty() && !number.is_empty() && !text.contains(char::is_whitespace))
}

fn asked(
    question: &Text,
    lens: &LensDocument,
    questions: &[Question],
    diags: &mut Vec<Diagnostic>,
) -> Option<Arc<str>> {
    if let Some(known) = known_question(questions, &question.value) {
        return Some(Arc::clone(&known.id));
    }
    // A question that is there and at fault was reported.
    if lens.questions.iter().any(|known| known.id == *question) {
        return None;
    }
    let headline = format!("the lens has no question {}", quoted(&question.value));
    let mut diag = Diagnostic::error(codes::UNKNOWN_QUESTION, question.span, headline);
    diag = diag.related(lens.name.as_ref().map_or(lens.span, |name| name.span), "the lens");
    diags.push(match did_you_mean(&question.value, questions.iter().map(|question| &*question.id)) {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help("name one of the lens's `questions` by its `id`"),
    });
    None
}

fn mechanism(document: &PracticeDocument, diags: &mut Vec<Diagnostic>) -> bool {
    document.mechanism.as_ref().is_none_or(|text| word(text, "mechanism", &[("none", false)], diags).unwrap_or(true))
}

fn sample(document: &PracticeDocument, diags: &mut Vec<Diagnostic>) -> u32 {
    let Some(written) = document.sample else { return 1 };
    let sample = u32::try_from(written.value).ok().filter(|sample| *sample > 0);
    if sample.is_none() {
        let headline = "`sample` has to be at least 1: nothing at all proves nothing";
        diags.push(Diagnostic::error(codes::INVALID_PRACTICE, written.span, headline));
    }
    sample.unwrap_or(1)
}

fn tolerance(document: &PracticeDocument, diags: &mut Vec<Diagnostic>) -> Tolerance {
    let Some(written) = &document.tolerance else { return Tolerance::NONE };
    let tolerance = Tolerance::spelt(&written.value);
    if tolerance.is_none() {
        let headline = format!("{} is no share from 0 to 1", quoted(&written.value));
        let diag = Diagnostic::error(codes::INVALID_PRACTICE, written.span, headline);
        diags.push(diag.help("write such as `0.1` for one in ten, with at most six digits behind the point"));
    }
    tolerance.unwrap_or_default()
}

fn next(document: &PracticeDocument, diags: &mut Vec<Diagnostic>) -> BTreeMap<Verdict, Arc<str>> {
    let mut next = BTreeMap::new();
    for (verdict, step) in &document.next {
        match MOVABLE.into_iter().find(|known| known.as_str() == &*verdict.value) {
            Some(known) => {
                next.insert(known, Arc::from(&*step.value));
            }
            None => {
                let headline = format!("no step moves a verdict {}", quoted(&verdict.value));
                diags.push(unknown(verdict, headline, MOVABLE.iter().map(|verdict| verdict.as_str())));
            }
        }
    }
    next
}

/// Whoever gets a verdict is told what would move it.
fn missing_steps(practice: &Practice, document: &PracticeDocument, diags: &mut Vec<Diagnostic>) {
    let reachable = [
        (Verdict::Unknown, practice.mechanism),
        (Verdict::Declared, practice.declared.is_some()),
        (Verdict::Stale, practice.practised.is_some()),
        (Verdict::Contradicted, practice.practised.is_some() || practice.contradicted.is_some()),
    ];
    let missing = reachable.into_iter().filter(|(verdict, can)| *can && !practice.next.contains_key(verdict));
    let missing: Vec<&str> = missing.map(|(verdict, _)| verdict.as_str()).collect();
    if !missing.is_empty() {
        let headline = format!("`next` says nothing about {}", listed(missing.iter().copied()));
        let diag = Diagnostic::finding(codes::MISSING_NEXT_STEP, place(document), headline);
        diags.push(diag.help("write the smallest step that would move the verdict, one line each"));
    }
}
