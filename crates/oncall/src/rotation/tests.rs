use super::*;
use crate::planned::{at, civil, layer};

/// The turns that begin within, as `from person`.
fn begins(layer: &Layer, from: &str, until: &str) -> Vec<String> {
    let rotation = Rotation::of(layer);
    let people = |number| rotation.turn(number).map_or_else(String::new, |turn| turn.people.join(" "));
    let found = rotation.between(at(from), at(until));
    found.into_iter().map(|(from, number)| format!("{from} {}", people(number))).collect()
}

#[test]
fn a_day_over_a_change_of_the_clocks_has_23_or_25_hours() {
    let daily = layer("daily", "Europe/Berlin", civil(1, 1, 9), Shift::Days(1), &["ada", "bob"]);
    assert_eq!(
        begins(&daily, "2026-03-28T08:00:00Z", "2026-03-30T12:00:00Z"),
        ["2026-03-28T08:00:00.000Z ada", "2026-03-29T07:00:00.000Z bob", "2026-03-30T07:00:00.000Z ada"]
    );
    assert_eq!(
        begins(&daily, "2026-10-24T07:00:00Z", "2026-10-26T12:00:00Z"),
        ["2026-10-24T07:00:00.000Z ada", "2026-10-25T08:00:00.000Z bob", "2026-10-26T08:00:00.000Z ada"]
    );
}

#[test]
fn a_hand_over_that_is_left_out_comes_an_hour_later_and_one_shown_twice_comes_first() {
    let daily = layer("daily", "Europe/Berlin", civil(1, 1, 2), Shift::Days(1), &["ada", "bob"]);
    assert_eq!(
        begins(&daily, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"),
        ["2026-03-28T12:00:00.000Z ada", "2026-03-29T01:00:00.000Z bob"]
    );
    assert_eq!(
        begins(&daily, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"),
        ["2026-10-24T12:00:00.000Z ada", "2026-10-25T00:00:00.000Z bob"]
    );
}

#[test]
fn a_shift_of_no_length_is_left_out() {
    let hourly =
        layer("hourly", "Europe/Berlin", civil(3, 29, 0), Shift::Hours(1), &["ada", "bob", "cyd", "dan", "eve"]);
    assert_eq!(
        begins(&hourly, "2026-03-28T23:00:00Z", "2026-03-29T02:30:00Z"),
        [
            "2026-03-28T23:00:00.000Z ada",
            "2026-03-29T00:00:00.000Z bob",
            "2026-03-29T01:00:00.000Z dan",
            "2026-03-29T02:00:00.000Z eve",
        ],
        "three o'clock comes with two o'clock, which is cyd's"
    );
}

#[test]
fn of_hand_overs_that_come_in_another_order_the_last_by_number_counts() {
    // From one to three nothing is shown: two o'clock comes after three.
    let hourly =
        layer("hourly", "Antarctica/Troll", civil(3, 29, 0), Shift::Hours(1), &["ada", "bob", "cyd", "dan", "eve"]);
    assert_eq!(
        begins(&hourly, "2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z"),
        ["2026-03-29T00:00:00.000Z ada", "2026-03-29T01:00:00.000Z dan", "2026-03-29T02:00:00.000Z eve"]
    );
}

#[test]
fn an_hour_that_is_shown_twice_is_one_shift_of_two_hours() {
    let hourly = layer("hourly", "Europe/Berlin", civil(10, 25, 0), Shift::Hours(1), &["ada", "bob", "cyd", "dan"]);
    assert_eq!(
        begins(&hourly, "2026-10-24T22:00:00Z", "2026-10-25T02:30:00Z"),
        [
            "2026-10-24T22:00:00.000Z ada",
            "2026-10-24T23:00:00.000Z bob",
            "2026-10-25T00:00:00.000Z cyd",
            "2026-10-25T02:00:00.000Z dan",
        ]
    );
}

#[test]
fn before_its_start_and_from_its_end_on_a_layer_has_nobody() {
    let weekly = layer("weekly", "Europe/Berlin", civil(1, 5, 9), Shift::Weeks(1), &["ada"]);
    let weekly = Layer { end: Some(civil(2, 2, 9)), ..weekly };
    let somebody = |instant| Rotation::of(&weekly).on_call(at(instant)).is_some();
    assert_eq!(["2026-01-05T07:59:59.999Z", "2026-01-05T08:00:00Z"].map(somebody), [false, true]);
    assert_eq!(["2026-02-02T07:59:59.999Z", "2026-02-02T08:00:00Z"].map(somebody), [true, false]);
}

#[test]
fn no_year_and_no_shift_is_too_far() {
    for shift in [Shift::Hours(0), Shift::Hours(1), Shift::Weeks(u32::MAX)] {
        for start in [evenkeel_time::Civil::MIN, civil(1, 5, 9), evenkeel_time::Civil::MAX] {
            let layer = layer("far", "Europe/Berlin", start, shift, &["ada", "bob"]);
            for at in [Timestamp(i64::MIN), Timestamp(0), Timestamp::MAX] {
                let _ = Rotation::of(&layer).on_call(at);
            }
        }
    }
}
