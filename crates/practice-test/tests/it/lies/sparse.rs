//! Telling little is no lie: what is not said is not a miss.

use evenkeel_fact::{Envelope, FactKind, Field, Sort, kinds};
use evenkeel_lens::Verdict;

use super::everything::registers;
use crate::scene::{Scene, told};

/// Words that say that something went wrong. Nothing is told with them here.
const WRONG: [&str; 22] = [
    "aborted",
    "cancelled",
    "changed",
    "changes-requested",
    "deferred",
    "dropped",
    "expired",
    "failed",
    "failure",
    "held",
    "identified",
    "made",
    "manual",
    "occurred",
    "proposed",
    "refused",
    "rejected",
    "rolled-back",
    "started",
    "stopped",
    "unanswered",
    "violated",
];

/// Practices of which the very thing is that something is said, and what.
const UNSAID: [(&str, &str); 4] = [
    ("oe.organization.process-owners", "what people said after a run led to nothing in a month"),
    ("oe.evolve.drivers-for-improvement", "an improvement has no driver"),
    ("oe.evolve.feedback-loops", "what anybody said led to nothing in two months"),
    ("oe.evolve.lessons-shared", "a lesson is answered neither way in a month"),
];

/// What is told of a field that every fact of its kind has to say.
fn values(field: &Field) -> Vec<String> {
    let good = |word: &&&str| !WRONG.contains(*word);
    match field.sort {
        Sort::Word(words) => words.iter().filter(good).map(|word| (*word).to_owned()).collect(),
        Sort::Flag => vec!["true".to_owned()],
        Sort::Whole if field.name == "findings" => vec!["0".to_owned()],
        Sort::Whole => vec!["10".to_owned()],
        Sort::Instant => vec!["2026-01-10T00:00:00Z".to_owned()],
        Sort::List => vec!["shop,platform".to_owned()],
        Sort::Text if field.name == "environment" => vec!["production".to_owned()],
        Sort::Text => vec!["something".to_owned()],
    }
}

/// Facts of a kind that say only what they have to, and nothing bad, in every way there is.
fn sparse(kind: &FactKind) -> Vec<String> {
    let mut lines = vec![format!("{} workload=shop", kind.name)];
    for (part, name) in [(Envelope::Team, " team=shop"), (Envelope::Person, " person=ada")] {
        lines.iter_mut().filter(|_| kind.demands(part)).for_each(|line| line.push_str(name));
    }
    for field in kind.fields.iter().filter(|field| field.required) {
        let with = |line: &String| {
            values(field).into_iter().map(|value| format!("{line} {}={value}", field.name)).collect::<Vec<_>>()
        };
        lines = lines.iter().flat_map(with).collect();
    }
    lines
}

#[test]
fn what_is_not_said_is_not_a_miss() {
    let mut scene = Scene::of(registers());
    scene.until("1d");
    for (at, line) in kinds().iter().flat_map(|kind| sparse(kind)).enumerate() {
        for time in 0..5 {
            scene.play(&format!("record {line} key={at}-{time}"));
        }
    }
    scene.until("100d");
    let review = scene.review();
    let contradicted = review.practices.iter().filter(|practice| practice.counts.contradicted > 0);
    let contradicted: Vec<&str> = contradicted.map(|practice| &*practice.key).collect();
    assert_eq!(contradicted, UNSAID.map(|(key, _)| key), "{:#?}", told(&review, &[Verdict::Contradicted]));
}

/// A month of a team of which nobody tells anything but its forge, by webhook, as it tells things.
#[test]
fn whoever_only_has_a_forge_is_not_contradicted_by_it() {
    let mut scene = Scene::of(registers());
    for week in 0..4 {
        let (day, commit) = (week * 7 + 1, format!("{week:040x}"));
        let of = format!("workload=shop repository=acme/shop commit={commit}");
        for (hour, line) in [
            (
                8,
                format!(
                    "code-review key=review-{week} workload=shop repository=acme/shop number={week} reviewer=bob state=approved"
                ),
            ),
            (
                9,
                format!(
                    "merge key=merge-{week} {of} number={week} branch=main author=ada merged_by=ada size=40 files=3"
                ),
            ),
            (9, format!("push key=push-{week} {of} branch=main commits=1 forced=false")),
            (10, format!("pipeline key=pipeline-{week} {of} outcome=success duration_ms=240000")),
            (11, format!("release key=release-{week} {of} version=v1.{week}")),
            (12, deployed(week, "staging", "succeeded", &commit)),
            (13, deployed(week, "production", if week == 2 { "failed" } else { "succeeded" }, &commit)),
        ] {
            scene.play(&format!("at {day}d{hour}h record {line}"));
        }
    }
    scene.until("29d");
    assert_eq!(told(&scene.review(), &[Verdict::Contradicted]), [""; 0]);
}

fn deployed(week: u32, environment: &str, outcome: &str, commit: &str) -> String {
    let production = environment == "production";
    format!(
        "deployment key={environment}-{week} workload=shop environment={environment} production={production} \
         version=v1.{week} commit={commit} outcome={outcome}"
    )
}
