//! Facts that are made up: many of them, of long ago, about nobody, and signed.

use std::collections::BTreeSet;

use evenkeel_evidence::{Cell, Limits};
use evenkeel_evidence_sql::{Source, tables};
use evenkeel_fact::{FactKind, Sort, kinds};
use evenkeel_lens::{Review, Rows, Standing, Verdict};

use super::everything::{EVERYTHING, registers};
use crate::lens::LENS;
use crate::scene::{Scene, judged, told};

/// What the plan that is adopted leaves in the evidence without anybody doing anything.
const OF_THE_PLAN: [&str; 6] = ["catalogue", "findings", "links", "owners", "plans", "starts"];

/// Everything that is told in the script that does everything, as one line each, about an incident that there is not.
fn facts() -> impl Iterator<Item = String> {
    let lines = EVERYTHING.lines().filter_map(|line| line.split_once("record ").map(|(_, fact)| fact));
    lines.filter(|fact| !fact.starts_with("observed ")).map(|fact| fact.replace("$incident", "incident:7"))
}

/// The same fact as another one of its kind.
fn again(fact: &str, number: u32) -> String {
    fact.replacen("key=", &format!("key={number}-"), 1)
}

/// A fact that says everything that its kind can say.
fn whole(kind: &FactKind) -> String {
    let mut line = format!("{} key=all-of-it workload=shop team=shop person=ada", kind.name);
    for field in kind.fields {
        let value = match field.sort {
            Sort::Text => "incident:7",
            Sort::Whole => "1",
            Sort::Flag => "true",
            Sort::List => "shop,platform",
            Sort::Word(words) => words.first().expect("a word"),
            Sort::Instant => "2026-01-05T00:00:00Z",
        };
        line.push_str(&format!(" {}={value}", field.name));
    }
    line
}

/// How many rows a table has now.
fn rows(scene: &Scene, table: &str) -> i64 {
    let mut reading = scene.record.reading().expect("evidence");
    let mut now = reading.now().expect("evidence");
    let answer = now.query(&format!("SELECT count(*) AS n FROM {table}"), Limits::default()).expect("an answer");
    match answer.rows.first().and_then(|row| row.first()) {
        Some(Cell::Whole(count)) => *count,
        other => panic!("{table}: {other:?}"),
    }
}

fn count(review: &Review, standing: Standing) -> u64 {
    review.counts.plus(&review.further).get(standing)
}

const SEEN: Standing = Standing { verdict: Verdict::Practised, reported: false };
const TOLD: Standing = Standing { verdict: Verdict::Practised, reported: true };

#[test]
fn thousands_of_facts_by_one_source_show_nothing_as_seen() {
    let mut scene = Scene::of(registers());
    scene.until("2d");
    for number in 0..16 {
        facts().for_each(|fact| scene.play(&format!("record {}", again(&fact, number))));
    }
    kinds().iter().for_each(|kind| scene.play(&format!("record {}", whole(kind))));
    scene.until("3d");
    let review = scene.review();
    assert!(scene.record.last().expect("a journal").0 > 2000);
    assert_eq!(count(&review, SEEN), 0, "{:#?}", told(&review, &[Verdict::Practised]));
    assert!(count(&review, TOLD) > 60, "{:?} {:?}", review.counts, review.further);
    for (judged, practice) in review.practices.iter().zip(&LENS.practices) {
        let seen_only = practice.practised.as_ref().is_some_and(|block| block.rows == Rows::Observed);
        assert!(!seen_only || judged.counts.practised_reported == 0, "{} is practised by what was told", judged.key);
    }
    for table in tables() {
        let expected = match table.source {
            Source::Fact(_) => true,
            Source::Documents(_) => continue,
            Source::Observed if OF_THE_PLAN.contains(&table.name) => continue,
            Source::Observed => false,
        };
        assert_eq!(rows(&scene, table.name) > 0, expected, "{}", table.name);
    }
}

#[test]
fn what_was_seen_to_fail_is_not_talked_away() {
    let mut scene = Scene::of(registers());
    scene.play(
        "at 1d10h push NoOrders{workload=shop} summary:down end=2d\nat 1d11h push NoOrders{workload=shop} resolved",
    );
    scene.until("2d");
    let before = scene.review();
    for number in 0..6 {
        facts().for_each(|fact| scene.play(&format!("record {}", again(&fact, number))));
    }
    scene.until("3d");
    let after = scene.review();
    let failed = |review: &Review| -> BTreeSet<String> {
        let those = judged(review).filter(|(_, judged)| judged.verdict == Verdict::Contradicted);
        those.map(|(key, judged)| format!("{key} {}", judged.subject)).collect()
    };
    // That people can do it, drills may show as well as incidents: a re-test that is told is a re-test.
    let retested: Vec<String> = failed(&before).difference(&failed(&after)).cloned().collect();
    assert_eq!(retested, ["oe.prepare.personnel-capability shop"]);
    assert!(failed(&before).len() >= 6, "{:#?}", failed(&before));
}

#[test]
fn the_same_told_again_counts_once() {
    let mut scene = Scene::of("ops minimal");
    for size in 1..50 {
        scene.play(&format!(
            "record deployment key=d workload=shop environment=production outcome=succeeded reversible=true size={}",
            size / 2
        ));
    }
    scene.until("1d");
    let review = scene.review();
    assert_eq!(rows(&scene, "deployments"), 1);
    let practice = review.practice("oe.prepare.frequent-small-reversible-changes").expect("the practice");
    assert_eq!(practice.judged("shop").map(|judged| (judged.verdict, judged.total)), Some((Verdict::Unknown, 1)));
}

#[test]
fn a_signature_is_never_more_than_a_signature() {
    let mut scene = Scene::of(registers());
    scene.until("1d");
    let nothing = scene.review();
    for (key, judged) in judged(&nothing) {
        let subject = &judged.subject;
        scene.play(&format!("attest {subject} practice={key} person=cleo expires=20d \"we do all of this\""));
    }
    scene.until("2d");
    let review = scene.review();
    let all = review.counts.plus(&review.further);
    assert_eq!((all.attested, all.total()), (all.total(), nothing.counts.plus(&nothing.further).total()));
    scene.until("22d");
    let none: Vec<_> = judged(&scene.review()).map(|(_, judged)| judged.verdict).filter(|is| is.settled()).collect();
    assert_eq!(none, []);
}

#[test]
fn facts_of_long_ago_count_in_their_time() {
    let mut scene = Scene::of(registers());
    for fact in facts() {
        scene.play(&format!("record {fact} at=2020-01-05T00:00:00Z"));
    }
    scene.until("1d");
    let review = scene.review();
    assert_eq!(told(&review, &[Verdict::Practised]), [""; 0]);
    assert!(count(&review, Standing { verdict: Verdict::Stale, reported: false }) > 50);
}

#[test]
fn a_fact_counts_from_when_it_happened_and_not_from_when_it_was_told() {
    let mut scene = Scene::of(registers());
    // 80 days before the beginning; the window is 90 days long.
    let fact = "record obligation key=region workload=shop obligation=data-in-europe event=complied";
    scene.play(&format!("{fact} at=2025-10-17T00:00:00Z"));
    let mut is = |at: &str| {
        scene.until(at);
        let review = scene.review();
        review
            .practice("oe.organization.compliance-requirements")
            .and_then(|one| one.judged("shop"))
            .map(|one| one.standing())
    };
    assert_eq!(is("9d"), Some(TOLD));
    assert_eq!(is("11d"), Some(Standing { verdict: Verdict::Stale, reported: false }));
}

#[test]
fn facts_about_what_is_not_in_the_plan_are_refused() {
    let mut scene = Scene::of("ops minimal");
    let deployed = "record deployment key=d environment=production outcome=succeeded";
    let tries = [
        (format!("{deployed} workload=ghost"), "no workload named `ghost`"),
        (format!("{deployed} workload=shop team=ghosts"), "no team named `ghosts`"),
        (format!("{deployed} workload=shop person=casper"), "no person named `casper`"),
        (format!("{deployed} workload=shop at=2026-03-01T00:00:00Z"), "it is said to have happened at"),
    ];
    for (line, why) in &tries {
        scene.play(line);
        scene.play(&format!("expect refused {why}"));
    }
    scene.review();
    assert_eq!(rows(&scene, "deployments"), 0);
}
