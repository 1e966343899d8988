//! A milestone stays as it was set.

use evenkeel_record::Body;

use super::*;
use crate::planned::{Lived, NOON};

fn incoming() -> IncomingMilestone {
    IncomingMilestone {
        name: "2026-q1".into(),
        seq: Seq(0),
        head: Hash([7; 32]),
        lens_hash: "5a5a".into(),
        window_end: NOON,
        counts: [("practised".into(), 12)].into(),
    }
}

#[test]
fn a_milestone_is_held_by_its_name() {
    let mut lived = Lived::default();
    let body = decide_milestone(&lived.state, lived.last(), &incoming()).expect("it is taken");
    lived.take(NOON, Body::MilestoneSet(body));
    let known = lived.state.milestone("2026-q1").expect("it is held");
    assert_eq!((known.id, known.at, known.head, known.counts.len()), (MilestoneId(Seq(1)), NOON, Hash([7; 32]), 1));
    assert!(lived.state.needs(&lived.records[0]).is_some());
    let again = decide_milestone(&lived.state, lived.last(), &incoming()).expect_err("the name is taken");
    assert_eq!(again.to_string(), "milestone:1 is named `2026-q1` already");
}

#[test]
fn each_slip_is_refused_with_what_to_do() {
    let refused = |incoming: IncomingMilestone| {
        let refusal = decide_milestone(&Lived::default().state, Seq(3), &incoming).expect_err("it is not taken");
        format!("{}: {refusal}; {}", refusal.code(), refusal.help())
    };
    assert_eq!(
        refused(IncomingMilestone { name: "".into(), ..incoming() }),
        "invalid-name: `` is no name for a milestone; give it a name of at most 200 bytes, in one line"
    );
    assert_eq!(
        refused(IncomingMilestone { seq: Seq(4), ..incoming() }),
        "ahead-of-records: record #4 is not there yet; the last is #3; set it from a review of this journal"
    );
    assert!(refused(IncomingMilestone { lens_hash: " ".into(), ..incoming() }).starts_with("invalid-lens: "));
    let counts = (0..=100).map(|n| (n.to_string().into(), 1)).collect();
    assert!(refused(IncomingMilestone { counts, ..incoming() }).starts_with("invalid-counts: "));
}

#[test]
fn only_so_many_are_held() {
    let mut lived = Lived::default();
    let body = decide_milestone(&lived.state, Seq(0), &incoming()).expect("it is taken");
    for n in 0..MILESTONES_MAX {
        lived.take(NOON, Body::MilestoneSet(MilestoneSet { name: n.to_string().into(), ..body.clone() }));
    }
    let refusal = decide_milestone(&lived.state, Seq(0), &incoming()).expect_err("too many");
    assert_eq!(refusal.code(), "too-many-milestones");
}
