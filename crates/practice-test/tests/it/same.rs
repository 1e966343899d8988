//! Same inputs, same bytes: the review of the busy year, made in several ways, and on both engines.

use std::collections::BTreeMap;
use std::time::Duration;

use evenkeel_evidence::{Evidence, Reading};
use evenkeel_ids::Seq;
use evenkeel_lens::Review;
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
