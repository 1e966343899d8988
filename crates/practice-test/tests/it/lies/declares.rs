//! A repo that declares everything and does nothing.

use std::path::Path;

use evenkeel_lens::{Review, Verdict};

use super::everything::registers;
use crate::lens::LENS;
use crate::scene::{Scene, told};

/// The one thing that files contradict by themselves: a lesson that concerns a team, and that it has not answered in a month.
const UNANSWERED: &str = "oe.evolve.lessons-shared";

/// Practices whose documents are in no register: priorities stand in the one document of the organisation.
const ELSEWHERE: [&str; 1] = ["oe.operate.prioritise-by-impact"];

/// Nothing but files says anything.
fn assert_only_declared(review: &Review, declared_at_least: u64) {
    let happened = [Verdict::Practised, Verdict::Stale, Verdict::Attested, Verdict::NotApplicable];
    assert_eq!(told(review, &happened), [""; 0]);
    let mut contradicted = told(review, &[Verdict::Contradicted]);
    contradicted.retain(|line| !line.starts_with(UNANSWERED));
    assert_eq!(contradicted, [""; 0]);
    let declared = review.counts.declared + review.further.declared;
    assert!(declared >= declared_at_least, "only {declared} are declared");
}

#[test]
fn the_example_that_does_nothing_is_never_more_than_declared() {
    let mut scene = Scene::new();
    scene.adopt(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/platform"));
    // Its Prometheus runs. Where the alert that always fires stays away, there is an incident, and nobody answers it.
    for tens_of_minutes in 0..100 * 144 {
        scene.play(&format!("at {tens_of_minutes}0m push Watchdog end=100d"));
    }
    scene.until("100d");
    assert_only_declared(&scene.review(), 300);
}

#[test]
fn all_sorts_of_registers_alone_are_never_more_than_declared() {
    let mut scene = Scene::of(registers());
    scene.until("100d");
    let review = scene.review();
    assert_only_declared(&review, 100);
    // Whatever can be declared is, for somebody.
    let silent = review.practices.iter().zip(&LENS.practices).filter(|(judged, practice)| {
        practice.declared.is_some() && judged.counts.declared == 0 && &*judged.key != UNANSWERED
    });
    assert_eq!(silent.map(|(judged, _)| &*judged.key).collect::<Vec<_>>(), ELSEWHERE);
}

#[test]
fn the_example_that_is_left_alone_for_a_day_practises_nothing_either() {
    let mut scene = Scene::new();
    scene.adopt(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/platform"));
    scene.until("1d");
    let review = scene.review();
    assert_eq!(told(&review, &[Verdict::Practised, Verdict::Stale]), [""; 0]);
    let contradicted = told(&review, &[Verdict::Contradicted]);
    assert!(
        contradicted.iter().any(|line| line.starts_with("oe.operate.escalation-paths metrics ")),
        "{contradicted:#?}"
    );
}
