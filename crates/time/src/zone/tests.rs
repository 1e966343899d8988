use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn civil(year: i16, month: u8, day: u8, minute: u16) -> Civil {
    Civil { year, month, day, minute }
}

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("bundled")
}

#[test]
fn a_time_that_is_left_out_comes_later_and_one_shown_twice_is_the_first() {
    let half_past = |month, day, hour: u16| civil(2026, month, day, hour * 60 + 30);
    for (name, time, instant) in [
        ("Europe/Berlin", half_past(3, 29, 1), "2026-03-29T00:30:00Z"),
        ("Europe/Berlin", half_past(3, 29, 2), "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", half_past(3, 29, 3), "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", half_past(10, 25, 2), "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", half_past(10, 25, 3), "2026-10-25T02:30:00Z"),
        ("America/New_York", half_past(3, 8, 2), "2026-03-08T07:30:00Z"),
        ("America/New_York", half_past(11, 1, 1), "2026-11-01T05:30:00Z"),
        ("Australia/Lord_Howe", half_past(10, 4, 2), "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", civil(2026, 10, 4, 135), "2026-10-03T15:45:00Z"),
        ("Pacific/Apia", civil(2011, 12, 30, 600), "2011-12-30T20:00:00Z"),
        ("Pacific/Apia", civil(2011, 12, 31, 600), "2011-12-30T20:00:00Z"),
        ("Asia/Kolkata", half_past(1, 1, 0), "2025-12-31T19:00:00Z"),
        ("UTC", half_past(1, 1, 0), "2026-01-01T00:30:00Z"),
    ] {
        assert_eq!(zone(name).instant(time), at(instant), "{name} {time:?}");
    }
}

#[test]
fn the_wall_clock_shows_minutes_cut_off() {
    let berlin = zone("Europe/Berlin");
    assert_eq!(berlin.civil(at("2026-03-29T00:59:59.999Z")), civil(2026, 3, 29, 119));
    assert_eq!(berlin.civil(at("2026-03-29T01:00:00Z")), civil(2026, 3, 29, 180));
    assert_eq!(Zone::UTC.civil(Timestamp(-1)), civil(1969, 12, 31, 1439));
}

#[test]
fn no_year_is_too_far() {
    for zone in ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/Santiago"].map(zone) {
        for at in [Timestamp(i64::MIN), Timestamp(0), Timestamp::MAX] {
            let shown = zone.civil(at);
            assert_eq!(zone.civil(zone.instant(shown)), shown, "{zone:?}");
        }
        assert_eq!(zone.civil(Timestamp::MAX), Civil::MAX);
        assert!(zone.instant(Civil::MIN) < zone.instant(Civil::MAX));
    }
}

#[test]
fn zones_are_equal_by_name_and_local_is_none() {
    assert_eq!(zone("Europe/Berlin"), zone("Europe/Berlin"));
    assert_ne!(zone("Europe/Berlin"), zone("Europe/Vienna"));
    assert!(Zone::named("Mars/Olympus").is_err() && Zone::named("Local").is_err());
}

/// With every sort of change: of half an hour, of two, of a day either way, and at odd seconds long ago.
const ZONES: [&str; 11] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Africa/Casablanca",
    "America/Santiago",
    "Antarctica/Troll",
    "Europe/Dublin",
    "UTC",
];

/// Years of which the table knows, and years of which it does not.
fn minutes() -> impl Strategy<Value = i64> {
    let minute = |year| Civil { year, ..civil(0, 1, 1, 0) }.minute_number();
    let table = minute(1998)..minute(2062);
    prop_oneof![table, minute(1800)..minute(2200)]
}

fn jiff_time(civil: Civil) -> jiff::civil::DateTime {
    let [month, day] = [civil.month, civil.day].map(u8::cast_signed);
    let [hour, minute] = [civil.minute / 60, civil.minute % 60].map(|part| i8::try_from(part).expect("below 60"));
    jiff::civil::date(civil.year, month, day).at(hour, minute, 0, 0)
}

/// A minute within two hours of a change of the clocks.
fn near_change() -> impl Strategy<Value = (&'static str, i64)> {
    (prop::sample::select(&ZONES[..]), minutes(), -180..180_i64).prop_map(|(name, minute, off)| {
        let found = zone(name).period(minute * MINUTE).until / MINUTE;
        (name, if found.abs() < 1 << 40 { found + zone(name).wall(found) / MINUTE - found + off } else { minute })
    })
}

fn anywhere() -> impl Strategy<Value = (&'static str, i64)> {
    (prop::sample::select(&ZONES[..]), minutes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn instants_and_wall_clocks_are_those_of_the_zone_data((name, minute) in prop_oneof![near_change(), anywhere()]) {
        let data = TimeZoneDatabase::bundled().get(name).expect("bundled");
        let civil = Civil::from_minute_number(minute);
        let wanted = data.to_ambiguous_timestamp(jiff_time(civil)).compatible().expect("in range");
        prop_assert_eq!(zone(name).instant(civil), Timestamp(wanted.as_millisecond()));

        let at = jiff::Timestamp::from_millisecond(minute * MINUTE).expect("in range");
        prop_assert_eq!(jiff_time(zone(name).civil(Timestamp(minute * MINUTE))), data.to_datetime(at).round(
            jiff::civil::DateTimeRound::new().smallest(jiff::Unit::Minute).mode(jiff::RoundMode::Floor)).expect("in range"));
    }
}
