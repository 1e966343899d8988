//! The real promtool judges the same tests the same way.

use std::process::Command;

use crate::folder::{RULES, judged};

const PROMTOOL: &str = "promtool";

/// Tests that pass, and tests that fail, each by itself.
const TESTS: [(&str, &str); 14] = [
    (
        "pending",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], alert_rule_test: [{ eval_time: 4m, alertname: Down }] }",
    ),
    (
        "firing",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], alert_rule_test: [{ eval_time: 5m, alertname: Down, exp_alerts: [{ exp_labels: { severity: page, job: a, instance: x }, exp_annotations: { summary: x of a is down since 0 } }] }] }",
    ),
    (
        "firing between evaluations",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], alert_rule_test: [{ eval_time: 5m59s, alertname: Down, exp_alerts: [{ exp_labels: { severity: page, job: a, instance: x }, exp_annotations: { summary: x of a is down since 0 } }] }] }",
    ),
    (
        "a label too few",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], alert_rule_test: [{ eval_time: 5m, alertname: Down, exp_alerts: [{ exp_labels: { severity: page, job: a }, exp_annotations: { summary: x of a is down since 0 } }] }] }",
    ),
    (
        "no annotation",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], alert_rule_test: [{ eval_time: 5m, alertname: Down, exp_alerts: [{ exp_labels: { severity: page, job: a, instance: x } }] }] }",
    ),
    ("one that is not there", "{ alert_rule_test: [{ eval_time: 0, alertname: Always, exp_alerts: [{}, {}] }] }"),
    ("always", "{ alert_rule_test: [{ eval_time: 0, alertname: Always, exp_alerts: [{}] }] }"),
    (
        "chain",
        "{ external_labels: { cluster: north }, input_series: [{ series: 'up{job=\"a\"}', values: '1 1 1' }], alert_rule_test: [{ eval_time: 2m, alertname: Few, exp_alerts: [{ exp_labels: { cluster: north } }] }], promql_expr_test: [{ expr: 'all:up:sum', eval_time: 2m, exp_samples: [{ labels: 'all:up:sum', value: 1 }] }] }",
    ),
    (
        "stale",
        "{ input_series: [{ series: 'up{job=\"a\"}', values: '1 stale' }], promql_expr_test: [{ expr: 'job:up:sum', eval_time: 59s, exp_samples: [{ labels: 'job:up:sum{job=\"a\"}', value: 1 }] }, { expr: 'job:up:sum', eval_time: 1m }] }",
    ),
    (
        "later than the last evaluation",
        "{ interval: 10s, input_series: [{ series: up, values: '1 2 3 4 5 6' }], promql_expr_test: [{ expr: up, eval_time: 30s, exp_samples: [{ labels: up, value: 1 }] }] }",
    ),
    (
        "not later than the last evaluation",
        "{ interval: 10s, input_series: [{ series: up, values: '1 2 3 4 5 6' }], promql_expr_test: [{ expr: up, eval_time: 30s, exp_samples: [{ labels: up, value: 4 }] }] }",
    ),
    (
        "alerts as series",
        "{ input_series: [{ series: 'up{job=\"a\",instance=\"x\"}', values: '0x20' }], promql_expr_test: [{ expr: 'count by (alertname, alertstate) (ALERTS{alertname=~\"Down|Always\"})', eval_time: 4m, exp_samples: [{ labels: '{alertname=\"Always\",alertstate=\"firing\"}', value: 1 }, { labels: '{alertname=\"Down\",alertstate=\"pending\"}', value: 1 }] }, { expr: 'ALERTS_FOR_STATE{alertname=\"Down\"}', eval_time: 4m, exp_samples: [{ labels: 'ALERTS_FOR_STATE{alertname=\"Down\",severity=\"page\",job=\"a\",instance=\"x\"}', value: 0 }] }] }",
    ),
    ("a number", "{ promql_expr_test: [{ expr: time(), eval_time: 1m, exp_samples: [{ value: 60 }] }] }"),
    ("nothing where something is", "{ promql_expr_test: [{ expr: vector(1), eval_time: 1m }] }"),
];

#[test]
fn promtool_judges_the_same() {
    if Command::new(PROMTOOL).arg("--version").output().is_err() {
        eprintln!("skipped: {PROMTOOL} is not installed");
        return;
    }
    // Debian 12's does not know `keep_firing_for`.
    let rules = RULES.replace("        keep_firing_for: 3m\n", "");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("rules.yml"), &rules).expect("a file");
    for (name, test) in TESTS {
        // Debian 12's takes no interval for none at all, and puts all values at the beginning.
        let test = if test.contains("interval:") { test.to_owned() } else { test.replacen('{', "{ interval: 1m,", 1) };
        let text = format!(
            "rule_files: [rules.yml]\nevaluation_interval: 1m\ngroup_eval_order: [up, behind]\ntests:\n  - {test}\n"
        );
        let ours = judged(&[("rules.yml", &rules), ("t.test.yml", &text)]);
        let passed = ours.iter().all(|(_, failures)| failures.is_empty()) && !ours.is_empty();
        let path = folder.path().join("t.test.yml");
        std::fs::write(&path, &text).expect("a file");
        let theirs = Command::new(PROMTOOL).args(["test", "rules"]).arg(&path).output().expect("promtool runs");
        let said = String::from_utf8_lossy(&theirs.stderr).into_owned() + &String::from_utf8_lossy(&theirs.stdout);
        assert_eq!(passed, theirs.status.success(), "{name}: ours {ours:?}, promtool {said}");
    }
}
