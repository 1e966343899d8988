//! What comes out of tests.

use std::collections::BTreeSet;

use evenkeel_rule_test::coverage;

use crate::folder::{RULES, judged, loaded};

#[test]
fn what_comes_out_otherwise_is_said_where_it_is_expected() {
    let tests = r#"
rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - name: alerts
    input_series:
      - { series: 'up{job="web", instance="a"}', values: "1 0x20" }
    alert_rule_test:
      - { eval_time: 6m, alertname: Down, exp_alerts: [{ exp_labels: { severity: ticket, job: web, instance: a }, exp_annotations: { summary: a of web is down since 0 } }] }
      - { eval_time: 6m, alertname: Always }
      - { eval_time: 2m, alertname: Down, exp_alerts: [{}] }
      - { eval_time: 2m, alertname: Nobody, exp_alerts: [] }
  - name: samples
    input_series:
      - { series: up, values: "1 2" }
    promql_expr_test:
      - { expr: up, eval_time: 1m, exp_samples: [{ labels: up, value: 3 }] }
      - { expr: "up * on () up > 1 and on (x) nothing", eval_time: 1m }
      - { expr: "up * on (job) (up or label_replace(up, \"x\", \"y\", \"\", \"\"))", eval_time: 1m }
      - { expr: "up[5m]", eval_time: 1m }
  - promql_expr_test:
      - { expr: vector(1), exp_samples: [{ value: 1 }] }
"#;
    let judged = judged(&[("rules.yml", RULES), ("t.test.yml", tests)]);
    let said: Vec<_> = judged.iter().map(|(name, failures)| (&**name, failures.join("\n"))).collect();
    let [(one, alerts), (two, samples), (three, nothing)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((*one, *two, *three, &**nothing), ("alerts", "samples", "test 3", ""));
    assert_eq!(
        alerts,
        "t.test.yml:11 the alert `Down` should fire at 2m and does not, 1 times [expected here] \
         [expected and not there: {alertname=\"Down\"}]\n\
         t.test.yml:9 the alert `Down` fires at 6m otherwise than expected [the label `severity` is `page`] \
         [expected and not there: {alertname=\"Down\", instance=\"a\", job=\"web\", severity=\"ticket\"} with \
         {summary=\"a of web is down since 0\"}; there and not expected: {alertname=\"Down\", instance=\"a\", \
         job=\"web\", severity=\"page\"} with {summary=\"a of web is down since 0\"}]\n\
         t.test.yml:10 the alert `Always` fires at 6m and should not, 1 times [expected here] \
         [there and not expected: {alertname=\"Always\"}]"
    );
    let samples: Vec<_> = samples.lines().collect();
    let [value, many, range] = samples.as_slice() else { panic!("{samples:?}") };
    assert_eq!(
        *value,
        "t.test.yml:17 the expression gives something else at 1m than expected [] [expected `up 3`; found `up 2`]"
    );
    assert!(many.contains("the expression fails at 1m: "), "{many}");
    assert!(range.contains("rule result is not a vector or scalar"), "{range}");
}

#[test]
fn a_rule_that_fails_ends_the_test_and_is_named() {
    let rules = "groups: [{ name: g, rules: [{ record: x, expr: up * on (job) other }] }]";
    let tests = r#"
rule_files: ["*.yml", "../elsewhere.yml"]
tests: [{ promql_expr_test: [{ expr: "1", exp_samples: [{ value: 1 }] }] }]
"#;
    let unreached = judged(&[("rules.yml", rules), ("t.test.yml", tests)]);
    assert!(
        unreached
            .iter()
            .all(|(_, failures)| failures.iter().all(|failure| failure.contains("are not in the ops repo")))
    );
    let tests = r#"
rule_files: ["r*.yml"]
tests:
  - input_series: [{ series: "up", values: 1 }, { series: 'other{x="1"}', values: 1 }, { series: 'other{x="2"}', values: 1 }]
    promql_expr_test: [{ expr: "1", exp_samples: [{ value: 1 }] }]
"#;
    let failed = judged(&[("rules.yml", rules), ("t.test.yml", tests)]);
    let said = failed.iter().flat_map(|(_, failures)| failures).next().expect("a failure");
    assert!(said.starts_with("t.test.yml:4 the rule `x` fails at 0s: found duplicate series"), "{said}");
    assert!(said.contains("it is in the group `g` of rules.yml"), "{said}");
}

#[test]
fn tests_touch_what_they_name_and_what_that_reads() {
    let tests = r#"
rule_files: [rules.yml]
tests:
  - alert_rule_test: [{ eval_time: 1m, alertname: Few }]
"#;
    let more = "groups: [{ name: g, rules: [{ record: other, expr: up }, { record: 'all:up:sum', expr: up }] }]";
    let loaded = loaded(&[("rules.yml", RULES), ("t.test.yml", tests), ("more.yml", more)]);
    let covered = coverage(&loaded.documents, &loaded.paths);
    let names = |names: &BTreeSet<Box<str>>| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&covered.read), ["all:up:sum", "job:up:sum"]);
    assert_eq!(names(&covered.unread), ["late", "other"]);
    let alerts: Vec<_> = covered.alerts.iter().map(|(file, name)| format!("{file} {name}")).collect();
    assert_eq!(alerts, ["rules.yml Few"]);
}
