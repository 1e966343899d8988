use proptest::prelude::*;

use super::*;
use crate::Civil;

const EVERY_DAY: u8 = 0b111_1111;
const HOUR: u16 = 60;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn window(weekdays: u8, start: u16, end: u16) -> WeeklyWindow {
    WeeklyWindow { weekdays, start, end }
}

fn berlin() -> Zone {
    Zone::named("Europe/Berlin").expect("bundled")
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let friday_night = window(1 << 5, 22 * HOUR, 6 * HOUR);
    for (instant, inside) in [
        ("2026-11-20T20:59:59Z", false),
        ("2026-11-20T21:00:00Z", true),
        ("2026-11-21T04:59:59Z", true),
        ("2026-11-21T05:00:00Z", false),
        ("2026-11-21T21:00:00Z", false),
    ] {
        assert_eq!(friday_night.contains(&berlin(), at(instant)), inside, "{instant}");
    }
    assert_eq!(friday_night.end_after(&berlin(), at("2026-11-20T23:00:00Z")), Some(at("2026-11-21T05:00:00Z")));
    assert_eq!(friday_night.end_after(&berlin(), at("2026-11-21T23:00:00Z")), None);
}

#[test]
fn a_whole_day_and_a_day_from_nine_to_nine() {
    let always = window(EVERY_DAY, 0, 1440);
    let from_nine = window(EVERY_DAY, 9 * HOUR, 9 * HOUR);
    for instant in ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T22:59:59Z"] {
        assert!(always.contains(&berlin(), at(instant)) && from_nine.contains(&berlin(), at(instant)), "{instant}");
    }
    assert!(!window(0, 0, 1440).contains(&berlin(), at("2026-03-29T00:59:59Z")));
}

#[test]
fn a_window_over_a_change_of_the_clocks_is_as_long_as_it_is() {
    let zone = berlin();
    let of = |window: WeeklyWindow, from, until| window.instants(&zone, at(from), at(until)).collect::<Vec<_>>();
    let nights = window(EVERY_DAY, 2 * HOUR, 3 * HOUR);
    let autumn = of(nights, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");
    assert_eq!(autumn, [(at("2026-10-25T00:00:00Z"), at("2026-10-25T02:00:00Z"))], "the hour comes twice");
    assert_eq!(of(nights, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"), [], "the hour is left out");
    let spring = of(window(EVERY_DAY, 150, 4 * HOUR), "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
    assert_eq!(spring, [(at("2026-03-29T01:30:00Z"), at("2026-03-29T02:00:00Z"))], "it starts in the hour left out");
    let night = of(window(EVERY_DAY, 22 * HOUR, 6 * HOUR), "2026-03-29T00:00:00Z", "2026-03-29T04:00:00Z");
    assert_eq!(night, [(at("2026-03-28T21:00:00Z"), at("2026-03-29T04:00:00Z"))], "one that is under way, whole");
}

#[test]
fn no_instant_is_too_far() {
    for at in [Timestamp(i64::MIN), Timestamp::MAX] {
        let _ = window(EVERY_DAY, 0, 1440).contains(&berlin(), at);
        let _ = window(EVERY_DAY, 0, 1440).end_after(&berlin(), at);
    }
    assert_eq!(window(EVERY_DAY, 0, 1440).instants(&berlin(), Timestamp::MAX, Timestamp(0)).count(), 0);
}

/// By the definition, over every day that could matter and many that cannot.
fn naive(window: WeeklyWindow, zone: &Zone, at: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let today = Civil { minute: 0, ..zone.civil(at) };
    let days = (-9..=9).map(|days| today.plus_days(days));
    days.filter(|day| window.weekdays & (1 << day.weekday()) != 0)
        .map(|day| {
            let next_day = i64::from(window.end <= window.start);
            let end = day.plus_days(next_day).plus_minutes(window.end.into());
            (zone.instant(Civil { minute: window.start, ..day }), zone.instant(end))
        })
        .filter(|(from, until)| *from <= at && at < *until)
        .collect()
}

const ZONES: [&str; 7] = [
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "America/Sao_Paulo",
    "Antarctica/Troll",
    "America/Juneau",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn inside_is_between_the_instants_of_start_and_end(
        name in prop::sample::select(&ZONES[..]),
        (year, near, off) in (prop_oneof![Just(1867), Just(1969), Just(1993), Just(2011), 1990..2066_i16], 0..366_i64, -4000..4000_i64),
        weekdays in prop_oneof![Just(EVERY_DAY), 1..=EVERY_DAY],
        (start, end) in prop_oneof![(0..1440_u16, 0..=1440_u16), (0..24_u16, 0..=24_u16).prop_map(|(a, b)| (a * 60, b * 60))],
    ) {
        let zone = Zone::named(name).expect("bundled");
        let day = zone.instant(Civil { year, month: 1, day: 1, minute: 0 }.plus_days(near));
        let change = zone.period(day.0).until;
        let at = Timestamp(if off % 3 != 0 && change.abs() < 1 << 42 { change } else { day.0 } + off * 60_000);
        let window = window(weekdays, start, end);
        let wanted = naive(window, &zone, at);
        prop_assert_eq!(window.contains(&zone, at), !wanted.is_empty());
        prop_assert_eq!(window.end_after(&zone, at), wanted.iter().map(|span| span.1).max());
        prop_assert_eq!(window.instants(&zone, at, Timestamp(at.0 + 1)).collect::<Vec<_>>(), wanted);
    }
}
