//! Months where clocks change, and where years end.

use evenkeel_model::{Layer, Shift};

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

/// Ada and bob by days in Berlin, from nine o'clock.
fn daily() -> Schedule {
    let turns = [["ada"], ["bob"]].map(|turn| turn.map(Arc::from).to_vec()).to_vec();
    let start = Civil { year: 2025, month: 1, day: 1, minute: 9 * 60 };
    let (name, zone) = ("daily".into(), zone("Europe/Berlin"));
    let layer =
        Layer { name, zone: zone.clone(), start, end: None, shift: Shift::Days(1), turns, restrictions: Vec::new() };
    Schedule { name: "primary".into(), zone, layers: vec![layer], overrides: Vec::new() }
}

fn shown(text: &str, zone: &Zone) -> Month {
    let now = at("2026-03-10T12:00:00Z");
    Month::of(&daily(), &State::default(), month(Some(text), now, zone), now, zone)
}

#[test]
fn every_day_is_there_once_and_weeks_begin_on_monday() {
    let march = shown("2026-03", &zone("Europe/Berlin"));
    assert_eq!(
        (march.name.as_str(), march.before.as_str(), march.after.as_str()),
        ("March 2026", "2026-02", "2026-04")
    );
    let days: Vec<&Day> = march.weeks.iter().flatten().collect();
    assert_eq!((days.len(), days[0].date.as_str()), (42, "2026-02-23"));
    assert_eq!(days.iter().filter(|day| day.of_month).count(), 31);
    assert_eq!(days.iter().filter(|day| day.today).map(|day| day.date.as_str()).collect::<Vec<_>>(), ["2026-03-10"]);
    let dates: Vec<&str> = days.iter().map(|day| day.date.as_str()).collect();
    assert!(dates.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn hand_over_stays_at_nine_where_the_clocks_change() {
    let march = shown("2026-03", &zone("Europe/Berlin"));
    let days: Vec<&Day> = march.weeks.iter().flatten().collect();
    for day in &days {
        let from: Vec<Option<&str>> = day.turns.iter().map(|turn| turn.from.as_deref()).collect();
        assert_eq!(from, [None, Some("09:00")], "{}", day.date);
    }
    let changes: Vec<&str> = days.iter().filter(|day| day.clocks_change).map(|day| day.date.as_str()).collect();
    assert_eq!(changes, ["2026-03-29"]);
}

#[test]
fn on_another_clock_the_same_turns_begin_at_its_own_time() {
    let march = shown("2026-03", &zone("America/New_York"));
    let of = |date: &str| {
        let day = march.weeks.iter().flatten().find(|day| day.date == date).expect("a day");
        day.turns.iter().filter_map(|turn| turn.from.clone()).collect::<Vec<_>>()
    };
    // New York goes forward on 8 March, Berlin on the 29th.
    assert_eq!([of("2026-03-07"), of("2026-03-09"), of("2026-03-30")], [["03:00"], ["04:00"], ["03:00"]]);
}

#[test]
fn a_month_that_is_none_or_too_far_is_the_present_one() {
    let now = at("2026-12-31T23:30:00Z");
    let named = |text| written(month(text, now, &zone("Europe/Berlin")));
    assert_eq!(named(None), "2027-01");
    for text in ["", "2026", "2026-13", "9999-01", "x-01"] {
        assert_eq!(named(Some(text)), "2027-01", "{text}");
    }
    assert_eq!(named(Some("2026-11")), "2026-11");
}

#[test]
fn initials_remind_of_names() {
    let all = ["ada", "ada-lovelace", "x", "grace.brewster.hopper", "åsa"].map(initials);
    assert_eq!(all, ["AD", "AL", "X", "GH", "ÅS"]);
}
