//! A repo that does everything, in its first month.

use std::collections::BTreeSet;

use evenkeel_lens::{ORGANIZATION, PracticeReview, Standing, Verdict};

use crate::scene::{Scene, told};

/// An ops repo that declares everything, and a month in which all of it is done for the workload and the team `shop`.
pub(crate) const EVERYTHING: &str = include_str!("../../lies/everything.script");

/// What of that is declared, before anything is done.
pub(crate) fn registers() -> &'static str {
    EVERYTHING.split_once("\nat ").expect("the script does something in the end").0
}

/// Practices that are not practised after it, and why. Whoever adds a practice adds what it takes to the script.
const NOT_PRACTISED: [(&str, &str); 0] = [];

/// Practices that are practised by what Evenkeel saw itself, whatever it was told besides.
const SEEN: [&str; 19] = [
    "oe.evolve.shared-repository-integrity",
    "oe.operate.actionable-alerts",
    "oe.operate.customer-communication-plan",
    "oe.operate.escalation-paths",
    "oe.operate.event-incident-problem-process",
    "oe.operate.impact-and-recovery-notices",
    "oe.operate.operations-kpis",
    "oe.operate.outcomes-at-risk",
    "oe.operate.prioritise-by-impact",
    "oe.operate.process-per-alert",
    "oe.organization.decision-makers-engaged",
    "oe.organization.escalation-encouraged",
    "oe.organization.operating-model",
    "oe.organization.responsibility-and-ownership",
    "oe.organization.team-agreements",
    "oe.organization.team-load",
    "oe.prepare.game-days",
    "oe.prepare.personnel-capability",
    "oe.prepare.user-experience-telemetry",
];

/// Of whom everything is done.
const WHO: [&str; 2] = ["shop", ORGANIZATION];

fn is(practice: &PracticeReview, wanted: impl Fn(Standing) -> bool) -> bool {
    WHO.iter().filter_map(|name| practice.judged(name)).any(|judged| wanted(judged.standing()))
}

#[test]
fn whoever_does_everything_practises_everything_and_contradicts_nothing() {
    let mut scene = Scene::of(EVERYTHING);
    scene.until("17d");
    let review = scene.review();
    assert_eq!(told(&review, &[Verdict::Contradicted]), [""; 0]);
    let practised = |practice: &PracticeReview| is(practice, |standing| standing.verdict == Verdict::Practised);
    let those = |wanted: &dyn Fn(&PracticeReview) -> bool| -> BTreeSet<&str> {
        review.practices.iter().filter(|practice| wanted(practice)).map(|practice| &*practice.key).collect()
    };
    let known = NOT_PRACTISED.iter().map(|(key, _)| *key).collect();
    assert_eq!(those(&|practice| !practised(practice)), known);
    let seen = Standing { verdict: Verdict::Practised, reported: false };
    assert_eq!(those(&|practice| is(practice, |standing| standing == seen)), BTreeSet::from(SEEN));
}
