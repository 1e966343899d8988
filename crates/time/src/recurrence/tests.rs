//! The RFC's own examples, changes of the clocks, and rules that never give anything.

use super::*;

fn occurrences(rule: &str, start: &str, zone: &str) -> Vec<String> {
    let rule: Recurrence = rule.parse().expect("a rule");
    let zone = Zone::named(zone).expect("a zone");
    let start = WallTime::parse_basic(start).expect("a start");
    let shown = |at: Timestamp| zone.civil(at);
    rule.occurrences(start, &zone, 1_000_000)
        .take(40)
        .map(shown)
        .map(|at| format!("{:04}-{:02}-{:02}T{:02}:{:02}", at.year, at.month, at.day, at.minute / 60, at.minute % 60))
        .collect()
}

/// The first dates.
fn check(rule: &str, start: &str, dates: &str) {
    let found = occurrences(rule, start, "America/New_York");
    let expect: Vec<&str> = dates.split_whitespace().collect();
    let shown: Vec<&str> = found.iter().take(expect.len()).map(|at| at.get(..expect[0].len()).unwrap_or("")).collect();
    assert_eq!(shown, expect, "{rule}");
}

/// Source: RFC 5545, section 3.8.5.3.
#[test]
fn the_examples_of_the_rfc() {
    let start = "19970902T090000";
    check("FREQ=DAILY;COUNT=10;INTERVAL=10", start, "1997-09-02 1997-09-12 1997-09-22");
    check(
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "19980101T090000",
        "1998-01-01 1998-01-02",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        start,
        "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30",
    );
    check("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "19970905T090000", "1997-09-05 1997-10-03 1997-11-07");
    check(
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "19970907T090000",
        "1997-09-07 1997-09-28 1997-11-02 1997-11-30",
    );
    check(
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "19970928T090000",
        "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26",
    );
    check("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11", "19970910T090000", "1997-09-10 1997-09-11 1999-03-10");
    check(
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "19970101T090000",
        "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09",
    );
    check("FREQ=YEARLY;BYDAY=20MO", "19970519T090000", "1997-05-19 1998-05-18 1999-05-17");
    check("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512T090000", "1997-05-12 1998-05-11 1999-05-17");
    check("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", start, "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13");
    check(
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "19961105T090000",
        "1996-11-05 2000-11-07 2004-11-02",
    );
    check("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904T090000", "1997-09-04 1997-10-07 1997-11-06");
    check("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "19970929T090000", "1997-09-29 1997-10-30 1997-11-27");
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "19970805T090000",
        "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "19970805T090000",
        "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
    );
    check(
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "20070115T090000",
        "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30",
    );
    check("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", start, "1997-09-02T09:00 1997-09-02T12:00 1997-09-02T15:00");
    check(
        "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        start,
        "1997-09-02T09:00 1997-09-02T10:30 1997-09-02T12:00 1997-09-02T13:30",
    );
    check(
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10",
        start,
        "1997-09-02T09:00 1997-09-02T09:20 1997-09-02T09:40 1997-09-02T10:00",
    );
    assert_eq!(occurrences("FREQ=DAILY;UNTIL=19970904", start, "America/New_York").len(), 3);
    assert_eq!(occurrences("FREQ=DAILY;COUNT=7", start, "America/New_York").len(), 7);
}

#[test]
fn what_is_not_said_comes_from_the_start() {
    check("FREQ=YEARLY;BYWEEKNO=20", "19970514T090000", "1997-05-14 1998-05-13 1999-05-19");
    check("FREQ=YEARLY", "20240229T090000", "2024-02-29 2028-02-29 2032-02-29");
    check("FREQ=MONTHLY", "20260131T090000", "2026-01-31 2026-03-31 2026-05-31");
    check("FREQ=MONTHLY;BYDAY=MO,-1FR", "20260101T090000", "2026-01-05 2026-01-12 2026-01-19 2026-01-26 2026-01-30");
}

#[test]
fn a_time_that_is_left_out_comes_later_and_one_shown_twice_comes_once() {
    let forward = occurrences("FREQ=DAILY;COUNT=3", "20260328T023000", "Europe/Berlin");
    assert_eq!(forward, ["2026-03-28T02:30", "2026-03-29T03:30", "2026-03-30T02:30"]);
    let back = occurrences("FREQ=HOURLY;COUNT=4", "20261025T013000", "Europe/Berlin");
    assert_eq!(back, ["2026-10-25T01:30", "2026-10-25T02:30", "2026-10-25T03:30", "2026-10-25T04:30"]);
    // 02:45 is shown as 03:45, which comes after 03:00, and again as itself.
    let in_order = occurrences("FREQ=DAILY;COUNT=4;BYHOUR=2,3;BYMINUTE=0,45", "20260329T000000", "Europe/Berlin");
    assert_eq!(in_order, ["2026-03-29T03:00", "2026-03-29T03:45"]);
}

#[test]
fn an_end_in_utc_is_an_instant_and_one_without_is_on_the_wall() {
    let start = "20260601T090000";
    assert_eq!(occurrences("FREQ=DAILY;UNTIL=20260603T070000Z", start, "Europe/Berlin").len(), 3);
    assert_eq!(occurrences("FREQ=DAILY;UNTIL=20260603T065959Z", start, "Europe/Berlin").len(), 2);
    assert_eq!(occurrences("FREQ=DAILY;UNTIL=20260603T085959", start, "Europe/Berlin").len(), 2);
    assert_eq!(occurrences("FREQ=DAILY;UNTIL=20260531", start, "Europe/Berlin").len(), 0);
}

fn end(rule: &str) -> (Option<Timestamp>, bool) {
    let rule: Recurrence = rule.parse().expect("a rule");
    let start = WallTime::parse_basic("20260101T090000").expect("a start");
    let mut found = rule.occurrences(start, &Zone::UTC, 200_000);
    (found.next(), found.gave_up())
}

#[test]
fn what_never_comes_is_known_and_what_cannot_be_known_is_said() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=4294967295;BYYEARDAY=366;BYMONTH=1",
        "FREQ=DAILY;UNTIL=20251231T235959Z",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=SECONDLY;BYMONTH=6;BYMONTHDAY=31",
    ] {
        assert_eq!(end(rule), (None, false), "{rule}");
    }
    // It does come: what cannot match is stepped over, so that seconds are not looked at one by one.
    assert!(end("FREQ=SECONDLY;INTERVAL=7919;BYHOUR=3;BYMINUTE=3;BYSECOND=3;BYMONTH=1;BYDAY=MO").0.is_some());
    assert!(end("FREQ=HOURLY;INTERVAL=24;BYHOUR=5").1);
    let all_day = "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2;BYSECOND=0,1,2";
    assert!(end(all_day).0.is_some());
}

#[test]
fn faults_have_places() {
    for (rule, place) in [
        ("", 0..0),
        ("COUNT=1", 0..7),
        ("FREQ=FORTNIGHTLY", 0..16),
        ("FREQ=DAILY;INTERVAL=0", 11..21),
        ("FREQ=DAILY;BYMONTH=13", 11..21),
        ("FREQ=DAILY;BYDAY=MON", 11..20),
        ("FREQ=DAILY;BYDAY=ÄÖ", 11..21),
        ("FREQ=DAILY;FREQ=DAILY", 11..21),
        ("FREQ=DAILY;UNTIL=20260230", 11..25),
        ("FREQ=DAILY;RSCALE=HEBREW", 11..24),
        ("FREQ=DAILY;COUNT", 11..16),
        ("FREQ=DAILY;BYSETPOS=0", 11..21),
    ] {
        assert_eq!(rule.parse::<Recurrence>().map_err(|fault| fault.place), Err(place), "{rule}");
    }
    assert!("freq=daily;X-WHO=me;byday=mo;".parse::<Recurrence>().is_ok());
}

proptest::proptest! {
    #[test]
    fn any_rule_is_read_or_refused_and_walked_in_order(text in "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|SECONDLY)(;(BYDAY=(-?[1-5])?(MO|SU)|BYMONTHDAY=-?[1-3][0-9]?|BYSETPOS=-?[0-9]|INTERVAL=[0-9]{1,10}|BYHOUR=2,3|BYMINUTE=0,30,59|UNTIL=2026[0-1][0-9][0-3][0-9]|COUNT=[0-9]|BYWEEKNO=-?[0-5][0-9]|[A-Z=;,0-9]{0,9})){0,5}") {
        let Ok(rule) = text.parse::<Recurrence>() else { return Ok(()) };
        let zone = Zone::named("Pacific/Apia").expect("a zone");
        let found: Vec<Timestamp> = rule.occurrences(WallTime::parse_basic("20111228T023000").expect("a start"), &zone, 20_000).take(50).collect();
        proptest::prop_assert!(found.is_sorted_by(|a, b| a < b));
    }
}
