use evenkeel_ids::Seq;
use evenkeel_record::OverrideRemoved;

use super::*;
use crate::planned::{at, overrides, record, set};

const ID: OverrideId = OverrideId(Seq(1));

fn one() -> State {
    overrides([set("2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z", "bob", None)])
}

fn removed(state: &mut State, when: &str) {
    state.apply(&record(9, at(when), Body::OverrideRemoved(OverrideRemoved { id: ID })));
}

#[test]
fn one_that_is_removed_before_it_begins_is_gone() {
    let mut state = one();
    removed(&mut state, "2026-06-01T00:00:00Z");
    assert_eq!(state, State::default());
}

#[test]
fn one_that_is_removed_while_it_holds_ends_there() {
    let mut state = one();
    removed(&mut state, "2026-06-03T00:00:00Z");
    assert_eq!(state.get(ID).map(|found| found.until), Some(at("2026-06-03T00:00:00Z")));
    removed(&mut state, "2026-06-02T00:00:00Z");
    assert_eq!(state.overrides().count(), 1);
}

#[test]
fn one_that_is_over_stays_as_it_was_and_is_forgotten_after_35_days() {
    let mut state = one();
    removed(&mut state, "2026-06-08T00:00:00Z");
    assert_eq!(state, one());
    state.pass(at("2026-07-13T00:00:00Z"));
    assert_eq!(state, one());
    state.pass(at("2026-07-13T00:00:00.001Z"));
    assert_eq!(state, State::default());
}

#[test]
fn any_record_lets_time_pass() {
    let mut state = one();
    removed(&mut state, "2027-01-01T00:00:00Z");
    assert_eq!(state, State::default());
}

#[test]
fn a_body_may_be_erased_once_its_override_is_forgotten() {
    let set = record(
        1,
        at("2026-01-01T00:00:00Z"),
        Body::OverrideSet(set("2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z", "bob", None)),
    );
    assert!(one().needs(&set).is_some());
    assert_eq!(State::default().needs(&set), None);
    let removal = record(2, at("2026-01-01T00:00:00Z"), Body::OverrideRemoved(OverrideRemoved { id: ID }));
    assert!(State::default().needs(&removal).is_some());
}

#[test]
fn what_is_written_reads_back_whole() {
    let all = ["bob", "cyd", "bob"].map(|person| set("2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z", person, None));
    let state = overrides(all);
    let text = serde_json::to_string(&state).expect("text");
    assert_eq!(serde_json::from_str::<State>(&text).expect("a state"), state);
    let people: Vec<&str> = state.of_schedule("primary").map(|each| &*each.person).collect();
    assert_eq!(people, ["bob", "cyd", "bob"]);
    assert_eq!(state.of_schedule("secondary").count(), 0);
}

#[test]
fn the_same_one_twice_is_one() {
    let body = || Body::OverrideSet(set("2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z", "bob", None));
    let mut state = one();
    state.apply(&record(1, at("2026-01-01T00:00:00Z"), body()));
    assert_eq!(state, one());
}
