use evenkeel_model::Shift;

use super::*;
use crate::planned::{at, civil, layer, overrides, plan, schedule, set, weekly};

fn of(schedules: &[&Schedule], overrides: &State, from: &str, until: &str) -> Vec<(String, f64, u32, u32)> {
    let found = load(&plan(), overrides, schedules.iter().copied(), at(from), at(until));
    found.into_iter().map(|(name, load)| (name.to_string(), load.hours(), load.nights, load.weekend_days)).collect()
}

#[test]
fn a_week_is_168_hours_seven_nights_and_a_weekend() {
    let week = of(&[&weekly()], &State::default(), "2026-01-05T08:00:00Z", "2026-01-12T08:00:00Z");
    assert_eq!(week, [("ada".to_owned(), 168.0, 7, 2)]);
    let spring = of(&[&weekly()], &State::default(), "2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z");
    assert_eq!(spring, [("cyd".to_owned(), 167.0, 7, 2)]);
}

#[test]
fn nights_and_weekends_are_those_of_the_persons_own_wall_clock() {
    // Nine to five in Berlin is three to eleven in New York.
    let day = |person| overrides([set("2026-01-14T08:00:00Z", "2026-01-14T16:00:00Z", person, None)]);
    let instants = ("2026-01-14T08:00:00Z", "2026-01-14T16:00:00Z");
    assert_eq!(of(&[&weekly()], &day("bob"), instants.0, instants.1), [("bob".to_owned(), 8.0, 0, 0)]);
    assert_eq!(of(&[&weekly()], &day("dan"), instants.0, instants.1), [("dan".to_owned(), 8.0, 1, 0)]);
    let saturday = overrides([set("2026-01-17T00:00:00Z", "2026-01-17T04:00:00Z", "dan", None)]);
    let found = of(&[&weekly()], &saturday, "2026-01-17T00:00:00Z", "2026-01-17T04:00:00Z");
    assert_eq!(found, [("dan".to_owned(), 4.0, 1, 0)], "it is Friday evening there");
}

#[test]
fn a_night_in_two_parts_is_one_night_and_two_schedules_at_once_are_one_time() {
    let parts = overrides([set("2026-01-14T22:00:00Z", "2026-01-14T23:00:00Z", "ada", None)]);
    let found = of(&[&weekly()], &parts, "2026-01-14T20:00:00Z", "2026-01-15T03:00:00Z");
    assert_eq!(found, [("ada".to_owned(), 1.0, 1, 0), ("bob".to_owned(), 6.0, 1, 0)]);
    let second = schedule(vec![layer("second", "UTC", civil(1, 1, 0), Shift::Days(1), &["bob"])]);
    let both = of(&[&weekly(), &second], &State::default(), "2026-01-14T20:00:00Z", "2026-01-15T03:00:00Z");
    assert_eq!(both, [("bob".to_owned(), 7.0, 1, 0)]);
}

#[test]
fn somebody_whom_the_plan_does_not_know_has_utc() {
    let gone = schedule(vec![layer("gone", "UTC", civil(1, 1, 0), Shift::Days(1), &["zoe"])]);
    let found = of(&[&gone], &State::default(), "2026-01-14T06:00:00Z", "2026-01-14T22:00:00Z");
    assert_eq!(found, [("zoe".to_owned(), 16.0, 0, 0)]);
}
