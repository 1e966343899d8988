//! Same inputs, same bytes: the review of the busy year, made in several ways, and on both engines.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_evidence::{Evidence, Reading, ReviewFacts};
use evenkeel_ids::Seq;
use evenkeel_lens::{Evaluator, Review};
use evenkeel_review::Report;
use evenkeel_time::Timestamp;

use crate::cluster::Cluster;
use crate::lens::LENS;
use crate::lies::busy;
use crate::scene::{Scene, judged};

/// The review as programs read it, with everything that there is to do.
fn json(review: &Review) -> String {
    let plan = review.improvements(usize::MAX);
    let report = Report { review, plan: &plan, taken: &[], milestones: &[], places: &BTreeMap::new(), version: "test" };
    report.json()
}

/// As of a record, by the store that is given.
fn as_of(scene: &Scene, reading: &mut Reading, (seq, to): (Seq, Timestamp)) -> Review {
    scene.record.review_as_of(reading, &LENS, seq, to).expect("it is judged")
}

/// Judged as of a record, and then brought up to date with a later one, by what changed in between.
fn brought_up_to_date(scene: &Scene, reading: &mut Reading, (seq, to): (Seq, Timestamp), last: Seq) -> Review {
    let journal = scene.record.journal().expect("a journal");
    let mut evaluator = Evaluator::new(Arc::new(LENS.clone()));
    let at = |seq| scene.record.at(seq, to).expect("a record");
    let as_of = reading.at(seq.0, Duration::ZERO).expect("evidence");
    evaluator.full(&mut ReviewFacts::new(as_of, Some(&journal)), at(seq)).expect("it is judged");
    let dirty = reading.now().and_then(|mut now| now.changed_since(seq.0)).expect("what changed");
    let now = reading.now().expect("evidence");
    evaluator.update(&mut ReviewFacts::new(now, Some(&journal)), at(last), &dirty).expect("it is judged").clone()
}

#[test]
fn the_same_year_has_the_same_review_however_it_is_made() {
    let script = busy::script();
    let middle =
        script.match_indices("\nat ").map(|(at, _)| at).find(|at| *at > script.len() * 2 / 3).expect("a middle");
    let mut scene = Scene::of(&script[..middle]);
    let then = (json(&scene.review()), (scene.record.last().expect("a journal"), scene.world.present()));
    scene.play(&script[middle..]);
    scene.until(&format!("{}d", crate::year::DAYS));
    let live = json(&scene.review());
    let last = (scene.record.last().expect("a journal"), scene.world.present());
    assert!(then.1.0 < last.0);

    assert_eq!(json(&busy::played().review()), live, "played again in one go");
    let mut reading = scene.record.reading().expect("evidence");
    assert_eq!(json(&as_of(&scene, &mut reading, then.1)), then.0, "as of a record, then and now");
    scene.record.make_again().expect("the evidence is made again");
    let mut reading = scene.record.reading().expect("evidence");
    assert_eq!(json(&as_of(&scene, &mut reading, last)), live, "with the evidence made again");
    assert_eq!(json(&as_of(&scene, &mut reading, then.1)), then.0, "as of a record, with the evidence made again");

    for records in [1, 10, 100, 1000] {
        let begun = (Seq(last.0.0 - records), last.1);
        assert_eq!(
            json(&brought_up_to_date(&scene, &mut reading, begun, last.0)),
            live,
            "after {records} more records"
        );
    }

    let Some(cluster) = Cluster::start() else { return };
    let mut postgres = Evidence::postgres(&cluster.config());
    let journal = scene.record.journal().expect("a journal");
    postgres.catch_up(&journal, Duration::ZERO, &mut |_| ()).expect("it is projected");
    let mut others = Reading::postgres(&cluster.config()).expect("a database");
    for at in [then.1, last] {
        let (one, other) = (as_of(&scene, &mut reading, at), as_of(&scene, &mut others, at));
        for (mine, theirs) in judged(&one).zip(judged(&other)) {
            assert_eq!(mine, theirs, "SQLite and PostgreSQL");
        }
        assert_eq!(json(&one), json(&other));
    }
}
