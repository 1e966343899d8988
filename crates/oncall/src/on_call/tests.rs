use evenkeel_ids::{OverrideId, Seq};
use evenkeel_model::{Layer, ScheduleOverride, Shift};

use super::*;
use crate::planned::{at, civil, hours, layer, names, overrides, schedule, set, weekly};
use crate::{Because, gaps};

fn asked(schedule: &Schedule, overrides: &State, instant: &str) -> (String, String) {
    let found = on_call(schedule, overrides, at(instant));
    (found.people.join(" "), found.because.to_string())
}

fn said(people: &str, because: &str) -> (String, String) {
    (people.to_owned(), because.to_owned())
}

#[test]
fn the_turn_says_who_and_why() {
    let found = on_call(&weekly(), &State::default(), at("2026-01-20T12:00:00Z"));
    assert_eq!(found.people, names(&["cyd"]));
    assert_eq!(found.because, Because::Layer { name: "weekly".into(), turn: 3, turns: 3 });
    assert_eq!(found.because.to_string(), "layer weekly, turn 3 of 3");
    assert_eq!(on_call(&weekly(), &State::default(), at("2026-01-01T00:00:00Z")), OnCall::NOBODY);
    assert_eq!(OnCall::NOBODY.because.to_string(), "nobody");
}

#[test]
fn a_later_layer_counts_where_it_has_anybody() {
    let mut both = weekly();
    let nights = layer("nights", "Europe/Berlin", civil(1, 5, 0), Shift::Days(1), &["dan"]);
    both.layers.push(Layer { restrictions: vec![hours(22, 6)], ..nights });
    let none = State::default();
    assert_eq!(asked(&both, &none, "2026-01-20T20:59:59Z"), said("cyd", "layer weekly, turn 3 of 3"));
    assert_eq!(asked(&both, &none, "2026-01-20T21:00:00Z"), said("dan", "layer nights, turn 1 of 1"));
    assert_eq!(asked(&both, &none, "2026-01-21T04:59:59Z"), said("dan", "layer nights, turn 1 of 1"));
    assert_eq!(asked(&both, &none, "2026-01-21T05:00:00Z"), said("cyd", "layer weekly, turn 3 of 3"));
}

#[test]
fn three_layers_that_follow_the_sun_leave_no_hour_out() {
    let workday = |name: &str, zone: &str, people: &[&str], start, end| Layer {
        restrictions: vec![hours(start, end)],
        ..layer(name, zone, civil(1, 1, 0), Shift::Weeks(1), people)
    };
    // Their workdays meet in winter; wherever the clocks change, the day is widened by an hour at both ends.
    let sun = schedule(vec![
        workday("europe", "Europe/Berlin", &["ada", "bob"], 7, 18),
        workday("america", "America/Los_Angeles", &["eve"], 7, 18),
        workday("asia", "Asia/Kolkata", &["gia", "hal"], 6, 15),
    ]);
    let (from, until) = (at("2026-01-03T00:00:00Z"), at("2027-01-03T00:00:00Z"));
    assert_eq!(gaps(&sun, &State::default(), from, until), []);
    let none = State::default();
    assert_eq!(asked(&sun, &none, "2026-06-01T12:00:00Z"), said("bob", "layer europe, turn 2 of 2"));
    assert_eq!(asked(&sun, &none, "2026-06-01T17:00:00Z"), said("eve", "layer america, turn 1 of 1"));
    assert_eq!(asked(&sun, &none, "2026-06-01T04:00:00Z"), said("hal", "layer asia, turn 2 of 2"));
}

fn written(from: &str, until: &str, people: &[&str], replaces: Option<&str>) -> ScheduleOverride {
    ScheduleOverride { from: at(from), until: at(until), people: names(people), replaces: replaces.map(Into::into) }
}

const DAY: (&str, &str) = ("2026-01-20T00:00:00Z", "2026-01-21T00:00:00Z");
const NOON: &str = "2026-01-20T12:00:00Z";

#[test]
fn overrides_go_over_layers_those_set_go_over_those_written_and_the_later_over_the_earlier() {
    let mut schedule = weekly();
    schedule.overrides = vec![written(DAY.0, DAY.1, &["ada"], None), written(DAY.0, DAY.1, &["bob", "dan"], None)];
    assert_eq!(
        asked(&schedule, &State::default(), NOON),
        said("bob dan", "override of the ops repo from 2026-01-20T00:00:00.000Z until 2026-01-21T00:00:00.000Z")
    );
    let two = overrides([set(DAY.0, DAY.1, "eve", None), set(DAY.0, "2026-01-20T12:00:00.001Z", "fay", None)]);
    assert_eq!(asked(&schedule, &two, NOON), said("fay", "override:2"));
    assert_eq!(asked(&schedule, &two, "2026-01-20T12:00:00.001Z"), said("eve", "override:1"));
    assert_eq!(asked(&schedule, &two, "2026-01-21T00:00:00Z"), said("cyd", "layer weekly, turn 3 of 3"));
    assert_eq!(on_call(&schedule, &two, at(NOON)).because, Because::Override { id: OverrideId(Seq(2)) });
}

#[test]
fn who_stands_in_for_somebody_stands_in_for_nobody_else() {
    let mut schedule = weekly();
    schedule.layers[0].turns = vec![names(&["ada", "bob", "cyd"])];
    let of = |list: &[(&str, &str)]| {
        overrides(list.iter().map(|(person, replaced)| set(DAY.0, DAY.1, person, Some(replaced))))
    };
    let asked = |list: &[(&str, &str)]| asked(&schedule, &of(list), NOON);
    assert_eq!(asked(&[("dan", "bob")]), said("ada dan cyd", "override:1"));
    assert_eq!(asked(&[("dan", "eve")]), said("ada bob cyd", "layer weekly, turn 1 of 1"));
    assert_eq!(
        asked(&[("dan", "bob"), ("eve", "dan")]),
        said("ada eve cyd", "override:2"),
        "in the place of a stand-in"
    );
    assert_eq!(asked(&[("ada", "bob")]), said("ada cyd", "override:1"), "nobody is named twice");
    assert_eq!(asked(&[("dan", "bob"), ("eve", "bob")]), said("ada dan cyd", "override:1"), "bob is gone already");
}

#[test]
fn an_override_of_nobody_and_a_turn_of_nobody_change_nothing() {
    let mut schedule = weekly();
    schedule.overrides = vec![written(DAY.0, DAY.1, &[], None), written(DAY.0, DAY.1, &[], Some("cyd"))];
    assert_eq!(asked(&schedule, &State::default(), NOON), said("cyd", "layer weekly, turn 3 of 3"));
    schedule.layers[0].turns.clear();
    assert_eq!(on_call(&schedule, &State::default(), at(NOON)), OnCall::NOBODY);
}
