use evenkeel_model::Shift;

use super::*;
use crate::planned::{at, civil, layer, names, overrides, schedule, set, weekly};

#[test]
fn now_and_next_have_exact_ends() {
    let now = current(&weekly(), &State::default(), at("2026-01-14T12:00:00Z"));
    assert_eq!(now.on_call.people, names(&["bob"]));
    assert_eq!((now.since, now.until), (Some(at("2026-01-12T08:00:00Z")), Some(at("2026-01-19T08:00:00Z"))));
    let next = next_after(&weekly(), &State::default(), at("2026-01-14T12:00:00Z")).expect("cyd is next");
    assert_eq!(next.on_call.people, names(&["cyd"]));
    assert_eq!((next.since, next.until), (Some(at("2026-01-19T08:00:00Z")), Some(at("2026-01-26T08:00:00Z"))));
}

#[test]
fn a_shift_begins_with_its_first_instant_and_ends_before_its_end() {
    let begins = at("2026-01-12T08:00:00Z");
    assert_eq!(current(&weekly(), &State::default(), begins).since, Some(begins));
    assert_eq!(current(&weekly(), &State::default(), begins - Duration::millis(1)).until, Some(begins));
}

#[test]
fn what_never_changes_has_no_ends_and_nobody_next() {
    let alone = schedule(vec![layer("alone", "Europe/Berlin", civil(1, 5, 9), Shift::Weeks(1), &["ada"])]);
    let at = at("2036-06-01T00:00:00Z");
    let now = current(&alone, &State::default(), at);
    assert_eq!((now.since, now.until, now.on_call.people), (None, None, names(&["ada"])));
    assert_eq!(next_after(&alone, &State::default(), at), None);
    assert_eq!(current(&schedule(vec![]), &State::default(), at).on_call, OnCall::NOBODY);
}

#[test]
fn the_next_may_be_nobody_and_may_be_far() {
    let mut ending = weekly();
    ending.layers[0].end = Some(civil(1, 12, 9));
    let next = next_after(&ending, &State::default(), at("2026-01-06T00:00:00Z")).expect("it ends");
    assert_eq!((next.on_call, next.until), (OnCall::NOBODY, None));
    let alone = schedule(vec![layer("alone", "Europe/Berlin", civil(1, 5, 9), Shift::Weeks(1), &["ada"])]);
    let in_a_year = overrides([set("2027-01-20T00:00:00Z", "2027-01-21T00:00:00Z", "bob", None)]);
    let now = current(&alone, &in_a_year, at("2026-01-06T00:00:00Z"));
    assert_eq!((now.since, now.until), (Some(at("2026-01-05T08:00:00Z")), Some(at("2027-01-20T00:00:00Z"))));
}

#[test]
fn no_instant_is_too_far() {
    for at in [Timestamp(i64::MIN), Timestamp::MAX] {
        assert_eq!(current(&schedule(vec![]), &State::default(), at).on_call, OnCall::NOBODY);
        let _ = current(&weekly(), &State::default(), at);
        let _ = next_after(&weekly(), &State::default(), at);
    }
}
