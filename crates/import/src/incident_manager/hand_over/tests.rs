//! Layers beside a plain model: who is on call at every hour.

use evenkeel_diagnostic::{SourceId, Span as Place, Spanned};
use evenkeel_time::{Timestamp as Instant, Zone};
use proptest::prelude::*;

use super::*;

fn place() -> Place {
    Place { source: SourceId(0), start: 0, end: 0 }
}

fn rotation(start: &str, hand_overs: HandOvers, on_calls: usize, multiplier: u32) -> Rotation<'static> {
    let start: Instant = start.parse().expect("an instant");
    let recurrence = Recurrence { span: place(), hand_overs, on_calls, multiplier, coverage: None };
    Rotation {
        arn: Spanned::new("arn", place()),
        name: Spanned::new("name", place()),
        contacts: Vec::new(),
        start: Spanned::new(start, place()),
        zone: Zone::named("UTC").expect("a zone"),
        recurrence,
    }
}

/// What a schedule of these layers says, at an hour: the last layer that has anybody.
fn on_call(layers: &[Layer], people: usize, at: DateTime) -> Option<Vec<usize>> {
    let minute_of_week = minutes_between(beginning(at, WEEK), at);
    let one = |layer: &Layer| {
        let since = minutes_between(layer.start, at);
        let is_covered = layer.hours.as_ref().is_none_or(|hours| {
            let mut minute = Hours::default();
            minute.add(u16::try_from(minute_of_week).expect("a minute of a week"), 1);
            !hours.both(&minute).is_empty()
        });
        let length = i64::from(layer.shift.1) * i64::from(if layer.shift.0 == "days" { DAY } else { WEEK });
        let turns = layer.turns(people);
        let turn = usize::try_from(since.div_euclid(length)).ok()? % turns.len();
        is_covered.then(|| turns[turn].clone())
    };
    layers.iter().rev().find_map(one)
}

/// What Incident Manager's shifts say: hand-offs counted one by one from the last before the start.
fn model(times: &[u16], period: u16, people: usize, on_calls: usize, start: DateTime, at: DateTime) -> Vec<usize> {
    let hand_offs = |until: DateTime| {
        let begin = beginning(DateTime::constant(2025, 12, 1, 0, 0, 0, 0), period);
        let minutes = minutes_between(begin, until);
        let (whole, rest) = (minutes / i64::from(period), minutes % i64::from(period));
        let here = times.iter().filter(|time| i64::from(**time) <= rest).count();
        usize::try_from(whole).expect("after the beginning") * times.len() + here
    };
    let turn = hand_offs(at) - hand_offs(start);
    (0..on_calls.min(people)).map(|place| (turn * on_calls.min(people) + place) % people).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_hour_has_the_people_of_its_shift(
        weekly in any::<bool>(),
        times in prop::collection::btree_set(0..WEEK, 1..4),
        people in 1_usize..6,
        on_calls in 1_usize..3,
        start in 0_i64..20_000,
    ) {
        let (period, make): (u16, fn(Vec<u16>) -> HandOvers) =
            if weekly { (WEEK, HandOvers::Weekly) } else { (DAY, HandOvers::Daily) };
        let mut times: Vec<u16> = times.into_iter().map(|time| time % period).collect();
        times.sort_unstable();
        times.dedup();
        let start = moved(DateTime::constant(2026, 1, 1, 0, 0, 0, 0), start);
        let rotation = rotation(&format!("{start}Z"), make(times.clone()), on_calls, 1);
        let layers = layers(&rotation);
        for hour in 0..24 * 40 {
            let at = moved(start, hour * 60);
            let expected = model(&times, period, people, on_calls, start, at);
            prop_assert_eq!(on_call(&layers, people, at), Some(expected), "at {}", at);
        }
    }
}

#[test]
fn one_hand_off_is_one_layer_that_begins_with_the_last() {
    let weekly = rotation("2026-01-07T12:00:00Z", HandOvers::Weekly(vec![9 * 60]), 1, 2);
    let found = layers(&weekly);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].start.to_string().as_str(), found[0].begins_on_time), ("2026-01-05T09:00:00", false));
    assert_eq!((found[0].shift, found[0].turns(3)), (("weeks", 2), vec![vec![0], vec![1], vec![2]]));
}

#[test]
fn a_month_is_four_weeks_from_the_last_hand_off() {
    let monthly = rotation("2026-03-10T00:00:00Z", HandOvers::Monthly(vec![(31, 540)]), 1, 1);
    let found = layers(&monthly);
    assert_eq!((found[0].start.to_string().as_str(), found[0].shift), ("2026-02-28T09:00:00", ("weeks", 4)));
}
