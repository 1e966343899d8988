//! A long time at once gives what step by step gives.

use evenkeel_labels::LabelSet;
use evenkeel_model::{Pace, Rule};
use evenkeel_rules::{RuleChange, SentAlert, Span, replay};
use evenkeel_time::{Duration, Timestamp};

use crate::lab::{Lab, MINUTE, alert, dump, labels, of_group, record};

const NAMES: [&str; 9] = ["a", "b", "c", "d", "e", "f", "slow", "ALERTS", "ALERTS_FOR_STATE"];

fn rules() -> Vec<Rule> {
    let minute = Duration::minutes(1);
    let pace = Pace { query_offset: Some(Duration(30_000)), ..Pace::default() };
    let down = Rule {
        holds_for: Duration::minutes(3),
        keep_firing_for: Duration::minutes(2),
        labels: labels(&[("severity", "page")]),
        annotations: labels(&[("summary", "{{ $labels.job }} {{ $value }}")]),
        ..alert("Down", "up == 0")
    };
    vec![
        record("a", "sum by (job) (rate(requests[5m]))"),
        record("b", "avg_over_time(a[10m]) > 0"),
        down,
        // Reads what is recorded behind it, and itself.
        record("c", "count(d) or vector(0)"),
        record("d", "up == 0"),
        record("e", "e + 1 or vector(1)"),
        alert("Many", "count(ALERTS{alertstate=\"firing\"}) > 1"),
        record("f", "a offset -2m + on (job) up @ end()"),
        of_group("slow", Duration::minutes(5), record("slow", "max_over_time(a[5m])")),
        of_group("slow", Duration::minutes(5), Rule { holds_for: Duration::minutes(5), ..alert("Slow", "slow < 1") }),
        Rule { pace, ..of_group("late", minute, Rule { pace, ..alert("Late", "a > 1.2") }) },
        of_group("late", minute, alert("Joined", "up == on (job) group_left twice")),
        alert("Absent", "absent(up{job=\"a\"})"),
        Rule {
            annotations: labels(&[("all", "{{ range query \"up\" }}{{ .Value }}{{ end }}")]),
            ..alert("Asks", "up{job=\"b\"} == 0")
        },
    ]
}

fn series() -> Vec<String> {
    let mut out = Vec::new();
    for (job, seed) in [("a", 7_u64), ("b", 11), ("c", 13)] {
        let mut random = seed;
        let mut next = move || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % 10
        };
        let up: Vec<_> = (0..240)
            .map(|_| match next() {
                0..=3 => "0",
                4 => "_",
                5 if job == "a" => "stale",
                _ => "1",
            })
            .collect();
        out.push(format!("up{{job=\"{job}\"}} {}", up.join(" ")));
        let mut total = 0;
        let counts: Vec<_> = (0..240)
            .map(|_| {
                total = if next() == 9 { 0 } else { total + next() * 20 };
                total.to_string()
            })
            .collect();
        out.push(format!("requests{{job=\"{job}\"}} {}", counts.join(" ")));
    }
    out.push("twice{job=\"a\"} 0x239".to_owned());
    out.push("twice{job=\"a\", x=\"1\"} _x100 0x20 stale".to_owned());
    out
}

/// Sums of windows that overlap are made of one another: their last digits may differ.
fn digits(value: f64) -> String {
    format!("{value:.11e}")
}

type Dumped<T> = Vec<(String, Vec<(i64, T)>)>;

fn near(dumped: Dumped<f64>) -> Dumped<String> {
    let samples = |samples: Vec<(i64, f64)>| samples.into_iter().map(|(at, value)| (at, digits(value))).collect();
    dumped.into_iter().map(|(labels, found)| (labels, samples(found))).collect()
}

fn rounded(changes: &[RuleChange]) -> Vec<RuleChange> {
    let mut changes = changes.to_vec();
    for alert in changes.iter_mut().flat_map(|change| &mut change.alerts) {
        alert.value = digits(alert.value).parse().expect("a number");
    }
    changes
}

/// Without annotations, which have values in all their digits.
fn told(alerts: &[(Timestamp, SentAlert)]) -> Vec<(Timestamp, SentAlert)> {
    let bare =
        |(at, sent): &(Timestamp, SentAlert)| (*at, SentAlert { annotations: LabelSet::default(), ..sent.clone() });
    alerts.iter().map(bare).collect()
}

#[test]
fn a_long_time_at_once_gives_what_step_by_step_gives() {
    let series = series();
    let series: Vec<&str> = series.iter().map(String::as_str).collect();
    let mut lab = Lab::new(&rules(), &series);
    let (mut alerts, mut changes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for minute in 0..240 {
        let out = lab.at(minute);
        alerts.extend(out.alerts.into_iter().map(|sent| (Timestamp(minute * MINUTE), sent)));
        changes.extend(out.changes);
        problems.extend(out.problems);
    }
    assert!(alerts.len() > 50 && changes.len() > 50 && !problems.is_empty(), "there is something to compare");
    for steps in [11_000, 7] {
        let mut other = Lab::new(&rules(), &series);
        other.given.limits.points_max = steps;
        let span = Span { after: Timestamp(-1), until: Timestamp(239 * MINUTE) };
        let out = replay(&mut other.state, &other.set, &other.store, span, &other.given.options());
        let recorded = evenkeel_rules::Layered::new(&other.store, &out.recorded);
        for name in NAMES {
            assert_eq!(near(dump(&recorded, name)), near(lab.series(name)), "{name} in pieces of {steps}");
        }
        assert_eq!(rounded(&out.changes), rounded(&changes), "in pieces of {steps}");
        assert_eq!(told(&out.alerts), told(&alerts), "in pieces of {steps}");
        assert_eq!(out.problems, problems, "in pieces of {steps}");
        let ends = |lab: &Lab| -> Vec<_> {
            let rules = |group: &evenkeel_rules::GroupState| -> Vec<_> {
                let alert = |alert: &evenkeel_rules::Instance| (alert.labels.clone(), alert.state, alert.active_at);
                let rule = |rule: &evenkeel_rules::RuleState| {
                    (
                        rule.key.clone(),
                        rule.health.clone(),
                        rule.evaluated_at,
                        rule.alerts.values().map(alert).collect(),
                    )
                };
                group.rules.iter().map(rule).collect::<Vec<(_, _, _, Vec<_>)>>()
            };
            lab.state.groups.iter().map(|group| (group.last_at, rules(group))).collect()
        };
        assert_eq!(ends(&other), ends(&lab), "in pieces of {steps}");
    }
}
