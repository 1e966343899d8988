use evenkeel_model::Shift;

use super::*;
use crate::planned::{EVERY_DAY, at, civil, hours, layer, overrides, schedule, set, weekly};

#[test]
fn the_time_before_a_schedule_begins_is_a_gap() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    assert_eq!(gaps(&weekly(), &State::default(), from, until), [(from, at("2026-01-05T08:00:00Z"))]);
    assert_eq!(gaps(&schedule(vec![]), &State::default(), from, until), [(from, until)]);
    assert_eq!(gaps(&weekly(), &State::default(), until, from), []);
}

#[test]
fn what_a_stand_in_covers_is_what_was_covered() {
    let (from, until) = (at("2026-01-04T00:00:00Z"), at("2026-01-06T00:00:00Z"));
    let begins = at("2026-01-05T08:00:00Z");
    let stand_in = overrides([set("2026-01-04T00:00:00Z", "2026-01-06T00:00:00Z", "dan", Some("ada"))]);
    assert_eq!(gaps(&weekly(), &stand_in, from, until), [(from, begins)]);
    let instead = overrides([set("2026-01-04T06:00:00Z", "2026-01-04T12:00:00Z", "dan", None)]);
    let wanted = [(from, at("2026-01-04T06:00:00Z")), (at("2026-01-04T12:00:00Z"), begins)];
    assert_eq!(gaps(&weekly(), &instead, from, until), wanted);
}

#[test]
fn windows_that_meet_leave_no_gap_and_the_hour_left_out_leaves_none() {
    let mut days_and_nights = schedule(vec![layer("all", "Europe/Berlin", civil(1, 5, 9), Shift::Days(1), &["ada"])]);
    days_and_nights.layers[0].restrictions = vec![hours(3, 22), hours(22, 2)];
    let (from, until) = (at("2026-03-27T12:00:00Z"), at("2026-03-29T12:00:00Z"));
    let night = (at("2026-03-28T01:00:00Z"), at("2026-03-28T02:00:00Z"));
    assert_eq!(gaps(&days_and_nights, &State::default(), from, until), [night], "on the 29th two o'clock is three");
}

#[test]
fn a_weekend_without_anybody_is_one_gap_a_week() {
    let mut office = weekly();
    let workdays = EVERY_DAY & !0b100_0001;
    office.layers[0].restrictions = vec![evenkeel_time::WeeklyWindow { weekdays: workdays, start: 0, end: 1440 }];
    let found = gaps(&office, &State::default(), at("2026-03-23T00:00:00Z"), at("2026-04-04T00:00:00Z"));
    let weekend = (at("2026-03-27T23:00:00Z"), at("2026-03-29T22:00:00Z"));
    assert_eq!(found, [weekend, (at("2026-04-03T22:00:00Z"), at("2026-04-04T00:00:00Z"))]);
}
