//! Alerts: pending, firing, kept, ended; and what does not change them.

use evenkeel_model::{Pace, Rule};
use evenkeel_rules::{AlertState, Defaults, Health, RuleSet};
use evenkeel_time::{Duration, Timestamp};

use crate::lab::{Lab, MINUTE, alert, labels};

fn down() -> Rule {
    Rule { holds_for: Duration::minutes(2), ..alert("Down", "up == 0") }
}

#[test]
fn an_alert_is_pending_then_fires_then_ends_and_says_so_once_each() {
    let rule = Rule {
        labels: labels(&[("severity", "page")]),
        annotations: labels(&[("summary", "{{ $labels.job }} is {{ $value }}")]),
        ..down()
    };
    let mut lab = Lab::new(&[rule], &["up{job=\"a\"} 1 0 0 0 0 1 1", "up{job=\"b\"} 1 0 1 1 1 1 1"]);
    let mut said = Vec::new();
    for minute in 0..7 {
        let out = lab.at(minute);
        assert_eq!(out.problems, [], "minute {minute}");
        let changes = out.changes.iter().flat_map(|change| &change.alerts);
        said.extend(changes.map(|alert| (minute, alert.labels.get("job").to_owned(), alert.state.as_str())));
        if minute == 3 {
            let [sent] = out.alerts.as_slice() else { panic!("{:?}", out.alerts) };
            assert_eq!(sent.labels, labels(&[("alertname", "Down"), ("job", "a"), ("severity", "page")]));
            assert_eq!(sent.annotations, labels(&[("summary", "a is 0")]));
            assert_eq!((sent.starts_at.0, sent.ends_at.0), (3 * MINUTE, 7 * MINUTE));
            assert_eq!(sent.generator_url, "https://keel.example.com/graph?g0.expr=up+%3D%3D+0&g0.tab=1");
        }
        if minute == 5 {
            assert_eq!(out.alerts.first().map(|sent| sent.ends_at.0), Some(5 * MINUTE));
        }
    }
    let said: Vec<_> = said.iter().map(|(minute, job, state)| (*minute, &**job, *state)).collect();
    assert_eq!(
        said,
        [(1, "a", "pending"), (1, "b", "pending"), (2, "b", "inactive"), (3, "a", "firing"), (5, "a", "inactive")]
    );
    assert_eq!(
        lab.series("ALERTS"),
        [
            (
                r#"{alertname="Down", alertstate="firing", job="a", severity="page"}"#.to_owned(),
                vec![(3, 1.0), (4, 1.0), (5, -1.0)]
            ),
            (
                r#"{alertname="Down", alertstate="pending", job="a", severity="page"}"#.to_owned(),
                vec![(1, 1.0), (2, 1.0), (3, -1.0)]
            ),
            (
                r#"{alertname="Down", alertstate="pending", job="b", severity="page"}"#.to_owned(),
                vec![(1, 1.0), (2, -1.0)]
            ),
        ]
    );
    let since = lab.series("ALERTS_FOR_STATE");
    assert_eq!(
        since.first().map(|(_, samples)| samples.clone()),
        Some(vec![(1, 60.0), (2, 60.0), (3, 60.0), (4, 60.0), (5, -1.0)])
    );
}

#[test]
fn an_alert_is_kept_for_as_long_as_its_rule_says_and_no_longer() {
    let rule = Rule { keep_firing_for: Duration::minutes(2), ..alert("Down", "up == 0") };
    let mut lab = Lab::new(&[rule], &["up 0 1 0 1 1 1 1"]);
    let mut states = Vec::new();
    let mut changes = Vec::new();
    for minute in 0..6 {
        let out = lab.at(minute);
        states.push(lab.states(0).first().map(|(state, _)| *state));
        changes.extend(
            out.changes
                .iter()
                .flat_map(|change| &change.alerts)
                .map(|alert| (minute, alert.state.as_str(), alert.kept_since.map(|since| since.0 / MINUTE))),
        );
    }
    let firing = Some("firing");
    assert_eq!(states, [firing, firing, firing, firing, firing, None]);
    let expected = [
        (0, "firing", None),
        (1, "firing", Some(1)),
        (2, "firing", None),
        (3, "firing", Some(3)),
        (5, "inactive", Some(3)),
    ];
    assert_eq!(changes, expected);
}

#[test]
fn an_evaluation_that_fails_leaves_alerts_as_they_are_and_sends_them_on() {
    let rule = alert("Many", "up == on (job) other == 0");
    let mut lab =
        Lab::new(&[rule], &["up{job=\"a\"} 0x9", "other{job=\"a\"} 0x9", "other{job=\"a\", x=\"1\"} _ 0 0 _ _"]);
    assert_eq!(lab.at(0).problems, []);
    assert_eq!(lab.states(0).len(), 1);
    for minute in 1..4 {
        let out = lab.at(minute);
        let [problem] = out.problems.as_slice() else { panic!("{:?}", out.problems) };
        assert!(problem.error.contains("duplicate series"), "{}", problem.error);
        assert!(matches!(&lab.state.rule(0, 0).expect("a rule").health, Health::Failed(_)));
        assert_eq!(lab.states(0).first().map(|(state, _)| *state), Some("firing"), "it goes on");
        assert!(out.changes.is_empty());
        assert_eq!(out.alerts.len(), usize::from(minute == 2), "sent again after more than a minute");
    }
}

#[test]
fn what_exceeds_the_limit_fails_and_changes_nothing() {
    let rule = Rule { pace: Pace { limit: 1, ..Pace::default() }, ..alert("Down", "up == 0") };
    let mut lab = Lab::new(&[rule], &["up{job=\"a\"} 0 0 0", "up{job=\"b\"} 1 0 1"]);
    lab.at(0);
    let out = lab.at(1);
    assert_eq!(out.problems.first().map(|problem| &*problem.error), Some("exceeded limit of 1 with 2 alerts"));
    assert_eq!(lab.states(0).len(), 1);
    assert_eq!(lab.at(2).problems, []);
}

#[test]
fn two_series_that_are_one_alert_are_an_error() {
    let rule = Rule { labels: labels(&[("job", "all")]), ..alert("Down", "up == 0") };
    let mut lab = Lab::new(&[rule], &["up{job=\"a\"} 0", "up{job=\"b\"} 0"]);
    let out = lab.at(0);
    let error = "vector contains metrics with the same labelset after applying alert labels";
    assert_eq!(out.problems.first().map(|problem| &*problem.error), Some(error));
}

#[test]
fn labels_are_filled_in_taken_away_and_asked_for() {
    let rule = Rule {
        labels: labels(&[
            ("severity", "{{ if gt $value 5.0 }}page{{ else }}ticket{{ end }}"),
            ("bad", "{{ nothing }}"),
        ]),
        unlabelled: vec!["zone".into()],
        annotations: labels(&[
            ("jobs", "{{ range query \"up\" }}{{ .Labels.job }} {{ end }}"),
            ("in", "{{ $externalLabels.dc }}"),
        ]),
        ..alert("Deep", "queue > 1")
    };
    let mut lab = Lab::new(&[rule], &["queue{zone=\"x\"} 7", "up{job=\"a\"} 1", "up{job=\"b\"} 1"]);
    lab.given.external = labels(&[("dc", "north"), ("severity", "none")]);
    let out = lab.at(0);
    let [sent] = out.alerts.as_slice() else { panic!("{out:?}") };
    let bad = "<error expanding template: there is no function `nothing`>";
    assert_eq!(sent.labels, labels(&[("alertname", "Deep"), ("bad", bad), ("severity", "page"), ("dc", "north")]));
    assert_eq!(sent.annotations, labels(&[("jobs", "a b "), ("in", "north")]));
}

#[test]
fn annotations_are_filled_in_again_only_now_and_then() {
    let rule = Rule { annotations: labels(&[("value", "{{ $value }}")]), ..alert("High", "load > 1") };
    let mut lab = Lab::new(&[rule], &["load 2+1x20"]);
    lab.given.annotate_after = Duration::minutes(5);
    let mut said = Vec::new();
    for minute in 0..9 {
        said.extend(lab.at(minute).alerts.iter().map(|sent| (minute, sent.annotations.get("value").to_owned())));
    }
    let said: Vec<_> = said.iter().map(|(minute, value)| (*minute, &**value)).collect();
    assert_eq!(said, [(0, "2"), (2, "2"), (4, "2"), (6, "8"), (8, "8")]);
}

#[test]
fn pending_and_firing_alerts_come_back_from_records() {
    let rules = [down(), alert("Slow", "up == 0")];
    let series = ["up{job=\"a\"} 0x30"];
    let mut lab = Lab::new(&rules, &series);
    let mut records = Vec::new();
    for minute in 0..2 {
        for change in lab.at(minute).changes {
            records.extend(change.alerts.into_iter().map(|alert| (change.rule.clone(), alert)));
        }
    }
    let states: Vec<_> = records.iter().map(|(rule, alert)| (&*rule.name, alert.state)).collect();
    assert_eq!(states, [("Down", AlertState::Pending), ("Slow", AlertState::Firing)]);
    // Ten minutes nobody looked: they do not count as time in which it held.
    let mut again = Lab::new(&rules, &series);
    again.state = evenkeel_rules::State::new(&again.set, Timestamp(11 * MINUTE));
    again.state.restore(records, Duration::minutes(10));
    let first = again.at(12);
    let seen: Vec<_> = first.changes.iter().map(|change| (&*change.rule.name, change.alerts.len())).collect();
    assert_eq!(seen, [("Down", 1)], "that it waits longer is on record, that it fires is already");
    assert_eq!(again.states(0), [("firing", r#"{alertname="Down", job="a"}"#.to_owned())]);
    let fired: Vec<_> = again
        .state
        .groups
        .iter()
        .flat_map(|group| &group.rules)
        .flat_map(|rule| rule.alerts.values())
        .map(|alert| (alert.active_at.0 / MINUTE, alert.fired_at.map(|at| at.0 / MINUTE)))
        .collect();
    assert_eq!(fired, [(10, Some(12)), (0, Some(0))]);
}

#[test]
fn alerts_of_a_rule_that_is_gone_end_and_those_of_the_others_stay() {
    let mut lab = Lab::new(&[alert("A", "up == 0"), alert("B", "up == 0")], &["up 0x9"]);
    lab.at(0);
    lab.set = RuleSet::new(&[alert("B", "up == 0"), alert("C", "up == 0")], Defaults::default());
    lab.state.adopt(&lab.set, Timestamp(30_000));
    let out = lab.at(1);
    let changes: Vec<_> = out
        .changes
        .iter()
        .flat_map(|change| &change.alerts)
        .map(|alert| (alert.labels.get("alertname").to_owned(), alert.state.as_str()))
        .collect();
    assert_eq!(changes, [("A".to_owned(), "inactive"), ("C".to_owned(), "firing")]);
    let sent: Vec<_> = out.alerts.iter().map(|sent| (sent.labels.get("alertname"), sent.ends_at.0 / MINUTE)).collect();
    assert_eq!(sent, [("A", 1), ("C", 5)]);
    let ended = lab.series("ALERTS").into_iter().find(|(labels, _)| labels.contains("\"A\""));
    assert_eq!(ended.map(|(_, samples)| samples), Some(vec![(0, 1.0), (1, -1.0)]));
}
