//! Recorded series.

use evenkeel_model::{Pace, Rule};
use evenkeel_time::Duration;

use crate::lab::{Lab, alert, labels, record};

#[test]
fn what_is_recorded_is_seen_by_the_rules_behind_and_marked_when_it_ends() {
    let rules = [
        Rule {
            labels: labels(&[("kind", "sum")]),
            unlabelled: vec!["zone".into()],
            ..record("job:up:sum", "sum by (job, zone) (up)")
        },
        record("all:up:sum", "sum(job:up:sum)"),
        alert("Few", "all:up:sum < 2"),
    ];
    let mut lab = Lab::new(&rules, &["up{job=\"a\", zone=\"x\"} 1 1 stale", "up{job=\"b\"} 1 0 1"]);
    for minute in 0..3 {
        assert_eq!(lab.at(minute).problems, []);
    }
    assert_eq!(
        lab.series("job:up:sum"),
        [
            (r#"{job="a", kind="sum"}"#.to_owned(), vec![(0, 1.0), (1, 1.0), (2, -1.0)]),
            (r#"{job="b", kind="sum"}"#.to_owned(), vec![(0, 1.0), (1, 0.0), (2, 1.0)]),
        ]
    );
    assert_eq!(lab.series("all:up:sum"), [("{}".to_owned(), vec![(0, 2.0), (1, 1.0), (2, 1.0)])]);
    assert_eq!(lab.states(2), [("firing", r#"{alertname="Few"}"#.to_owned())]);
}

#[test]
fn a_number_is_a_series_without_labels() {
    let mut lab = Lab::new(&[record("now", "time()")], &[]);
    lab.at(3);
    assert_eq!(lab.series("now"), [("{}".to_owned(), vec![(3, 180.0)])]);
}

#[test]
fn series_that_become_one_and_too_many_of_them_are_errors() {
    let same = Rule { labels: labels(&[("job", "all")]), ..record("x", "up") };
    let many = Rule { pace: Pace { limit: 1, ..Pace::default() }, group: "h".into(), ..record("y", "up") };
    let bad = Rule { group: "i".into(), ..record("z", "sum(") };
    let text = Rule { group: "i".into(), ..record("z", "\"a\"") };
    let mut lab = Lab::new(&[same, many, bad, text], &["up{job=\"a\"} 1", "up{job=\"b\"} 1"]);
    let out = lab.at(0);
    let errors: Vec<_> = out.problems.iter().map(|problem| &*problem.error).collect();
    let [one, two, three, four] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(*one, "vector contains metrics with the same labelset after applying rule labels");
    assert_eq!(*two, "exceeded limit of 1 with 2 series");
    assert!(!three.is_empty());
    assert_eq!(*four, "rule result is not a vector or scalar");
}

#[test]
fn an_offset_asks_for_and_records_what_was() {
    let pace = Pace { query_offset: Some(Duration::minutes(1)), ..Pace::default() };
    let rule = |rule| Rule { pace, ..rule };
    let mut lab = Lab::new(&[rule(record("x", "load")), rule(alert("A", "x > 1"))], &["load 1 2 3"]);
    for minute in 0..4 {
        lab.at(minute);
    }
    assert_eq!(lab.series("x"), [("{}".to_owned(), vec![(0, 1.0), (1, 2.0), (2, 3.0)])]);
    let alerts = lab.series("ALERTS");
    assert_eq!(alerts.first().map(|(_, samples)| samples.clone()), Some(vec![(1, 1.0), (2, 1.0)]));
}
