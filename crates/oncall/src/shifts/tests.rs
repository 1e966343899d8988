use super::*;
use crate::planned::{at, overrides, set, weekly};

fn listed(overrides: &State, from: &str, until: &str) -> Vec<String> {
    let spans = shifts(&weekly(), overrides, at(from), at(until));
    let text = |span: Span| format!("{} {} {}", span.from, span.on_call.people.join(" "), span.on_call.because);
    spans.into_iter().map(text).collect()
}

#[test]
fn shifts_begin_before_and_overrides_cut_them() {
    let dentist = overrides([set("2026-01-13T12:00:00Z", "2026-01-13T15:00:00Z", "ada", None)]);
    assert_eq!(
        listed(&dentist, "2026-01-04T00:00:00Z", "2026-01-20T00:00:00Z"),
        [
            "2026-01-04T00:00:00.000Z  nobody",
            "2026-01-05T08:00:00.000Z ada layer weekly, turn 1 of 3",
            "2026-01-12T08:00:00.000Z bob layer weekly, turn 2 of 3",
            "2026-01-13T12:00:00.000Z ada override:1",
            "2026-01-13T15:00:00.000Z bob layer weekly, turn 2 of 3",
            "2026-01-19T08:00:00.000Z cyd layer weekly, turn 3 of 3",
        ]
    );
}

#[test]
fn who_stands_in_for_somebody_does_so_while_it_is_their_turn() {
    let for_bob = overrides([set("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "dan", Some("bob"))]);
    assert_eq!(
        listed(&for_bob, "2026-01-06T00:00:00Z", "2026-01-27T00:00:00Z"),
        [
            "2026-01-06T00:00:00.000Z ada layer weekly, turn 1 of 3",
            "2026-01-12T08:00:00.000Z dan override:1",
            "2026-01-19T08:00:00.000Z cyd layer weekly, turn 3 of 3",
            "2026-01-26T08:00:00.000Z ada layer weekly, turn 1 of 3",
        ]
    );
}

#[test]
fn no_time_has_no_shifts() {
    assert_eq!(listed(&State::default(), "2026-01-06T00:00:00Z", "2026-01-06T00:00:00Z"), [""; 0]);
    assert_eq!(listed(&State::default(), "2026-01-06T00:00:00Z", "2025-01-06T00:00:00Z"), [""; 0]);
}

#[test]
fn ten_thousand_overrides_are_laid_in_order() {
    let hour = |number: i64| {
        let from = at("2026-01-05T08:00:00Z") + evenkeel_time::Duration::hours(number % 500);
        let person = if number % 2 == 0 { "ada" } else { "bob" };
        let until = from + evenkeel_time::Duration::hours(2);
        evenkeel_record::OverrideSet {
            from,
            until,
            ..set("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", person, None)
        }
    };
    let many = overrides((0..10_000).map(hour));
    let spans = shifts(&weekly(), &many, at("2026-01-05T00:00:00Z"), at("2026-02-05T00:00:00Z"));
    assert_eq!(spans.iter().filter(|span| span.on_call.because.to_string().starts_with("override:")).count(), 500);
}
