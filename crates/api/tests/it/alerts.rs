//! `/alerts`: what is taken, and how it is shown.

use evenkeel_engine::Limits;
use evenkeel_time::Duration;
use serde_json::{Value, json};

use crate::bench::{Bench, options};

fn names(alerts: &Value) -> Vec<&str> {
    let alerts = alerts.as_array().expect("a list");
    alerts.iter().filter_map(|alert| alert.pointer("/labels/alertname").and_then(Value::as_str)).collect()
}

#[tokio::test]
async fn an_alert_is_shown_as_alertmanager_shows_it() {
    let bench = Bench::new();
    assert_eq!(bench.json("/api/v2/alerts").await, json!([]));
    bench
        .alerts(&json!([{
            "labels": {"alertname": "Down", "severity": "page", "empty": ""},
            "annotations": {"summary": "it is down"},
            "startsAt": "2026-01-02T04:00:00+01:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus.example/graph?g0.expr=up",
            "unknown": {"is": ["ignored"]},
        }]))
        .await;
    let expected = json!([{
        "annotations": {"summary": "it is down"},
        "endsAt": "2026-01-02T03:09:05.678Z",
        "fingerprint": "b8f0273cee3e6d28",
        "receivers": [{"name": "pager"}, {"name": "team"}],
        "startsAt": "2026-01-02T03:00:00.000Z",
        "status": {"inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"},
        "updatedAt": "2026-01-02T03:04:05.678Z",
        "generatorURL": "http://prometheus.example/graph?g0.expr=up",
        "labels": {"alertname": "Down", "severity": "page"},
    }]);
    assert_eq!(bench.json("/api/v2/alerts").await, expected);
    assert_eq!(bench.json("/alertmanager/api/v2/alerts").await, expected);
}

#[tokio::test]
async fn times_that_are_not_said_are_filled_in() {
    let bench = Bench::new();
    bench.alerts(&json!([{"labels": {"alertname": "A"}}])).await;
    bench.alerts(&json!([{"labels": {"alertname": "B"}, "endsAt": "2026-01-02T05:00:00Z", "annotations": null}])).await;
    let alerts = bench.json("/api/v2/alerts").await;
    let mut times: Vec<_> = alerts.as_array().expect("a list").iter().map(|a| (&a["startsAt"], &a["endsAt"])).collect();
    times.sort_by_key(|(_, end)| end.to_string());
    assert_eq!(times[0], (&json!("2026-01-02T03:04:05.678Z"), &json!("2026-01-02T03:09:05.678Z")));
    assert_eq!(times[1], (&json!("2026-01-02T03:04:05.678Z"), &json!("2026-01-02T05:00:00.000Z")));
    assert!(alerts[0].get("generatorURL").is_none());
}

#[tokio::test]
async fn resolved_alerts_are_not_listed() {
    let bench = Bench::new();
    bench.alerts(&json!([{"labels": {"alertname": "A"}}, {"labels": {"alertname": "B"}}])).await;
    bench.alerts(&json!([{"labels": {"alertname": "A"}, "endsAt": "2026-01-02T03:04:05Z"}])).await;
    assert_eq!(names(&bench.json("/api/v2/alerts").await), ["B"]);
    bench.advance(Duration::minutes(5));
    assert_eq!(bench.json("/api/v2/alerts").await, json!([]));
}

#[tokio::test]
async fn an_end_before_now_of_something_unknown_is_taken_and_changes_nothing() {
    let bench = Bench::new();
    let over = json!([{"labels": {"a": "b"}, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-01T01:00:00Z"}]);
    bench.alerts(&over).await;
    assert_eq!(bench.json("/api/v2/alerts").await, json!([]));
}

#[tokio::test]
async fn what_suppresses_an_alert_is_named() {
    let bench = Bench::new();
    bench
        .alerts(&json!([
            {"labels": {"alertname": "Cause", "severity": "page", "cluster": "a"}},
            {"labels": {"alertname": "Effect", "severity": "info", "cluster": "a"}},
            {"labels": {"alertname": "Elsewhere", "severity": "info", "cluster": "b"}},
        ]))
        .await;
    let id = bench
        .silence(&json!({
            "matchers": [{"name": "alertname", "value": "E.*", "isRegex": true}],
            "startsAt": "2026-01-02T03:00:00Z", "endsAt": "2026-01-02T06:00:00Z", "createdBy": "me", "comment": "c",
        }))
        .await;
    let by_name = |alerts: &Value, name: &str| -> Value {
        let found = alerts.as_array().expect("a list").iter().find(|a| a["labels"]["alertname"] == name);
        found.expect("the alert").clone()
    };
    let alerts = bench.json("/api/v2/alerts").await;
    let cause = by_name(&alerts, "Cause");
    assert_eq!(cause["status"], json!({"inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"}));
    assert_eq!(
        by_name(&alerts, "Effect")["status"],
        json!({"inhibitedBy": [cause["fingerprint"]], "mutedBy": [], "silencedBy": [id], "state": "suppressed"})
    );
    assert_eq!(
        by_name(&alerts, "Elsewhere")["status"],
        json!({"inhibitedBy": [], "mutedBy": [], "silencedBy": [id], "state": "suppressed"})
    );
    for (query, expected) in [
        ("active=false", vec!["Effect", "Elsewhere"]),
        ("silenced=false", vec!["Cause"]),
        ("inhibited=false", vec!["Cause", "Elsewhere"]),
        ("active=0&silenced=false", vec![]),
        ("unprocessed=false", vec!["Cause", "Effect", "Elsewhere"]),
    ] {
        let alerts = bench.json(&format!("/api/v2/alerts?{query}")).await;
        let mut found = names(&alerts);
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let bench = Bench::new();
    bench
        .alerts(&json!([
            {"labels": {"alertname": "A", "severity": "page"}},
            {"labels": {"alertname": "B", "severity": "info", "team": "x"}},
            {"labels": {"alertname": "C"}},
        ]))
        .await;
    for (query, expected) in [
        ("filter=severity%3D%22page%22", vec!["A"]),
        ("filter=severity!%3D%22page%22", vec!["B", "C"]),
        ("filter=severity%3D~%22page%7Cinfo%22&filter=team%3D%22%22", vec!["A"]),
        ("filter=%7Balertname%3D~%22A%7CC%22%2Cseverity!~%22.%2B%22%7D", vec!["C"]),
        ("filter=nothing%3Dx", vec![]),
        ("receiver=pager", vec!["A"]),
        ("receiver=page", vec![]),
        ("receiver=.*", vec!["A", "B", "C"]),
        ("receiver=", vec!["A", "B", "C"]),
    ] {
        let alerts = bench.json(&format!("/api/v2/alerts?{query}")).await;
        let mut found = names(&alerts);
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
    for (query, expected) in [
        ("filter=severity", "bad matcher format: severity: one of `=`, `!=`, `=~`, `!~` is expected"),
        ("filter=", "bad matcher format: : one such as `severity=\"page\"` is expected"),
        ("receiver=(", "failed to parse receiver param: not a regular expression: error: unclosed group"),
    ] {
        for path in ["/api/v2/alerts", "/api/v2/alerts/groups"] {
            assert_eq!(bench.get(&format!("{path}?{query}")).await.refusal(), (400, expected.to_owned()));
        }
    }
}

#[tokio::test]
async fn valid_alerts_are_taken_beside_invalid_ones() {
    let bench = Bench::new();
    let many: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("l{n}"), json!("v"))).collect();
    let body = json!([
        {"labels": {"alertname": "Good"}},
        {"labels": {}},
        {"annotations": {"a": "b"}},
        {"labels": {"a": "b"}, "startsAt": "2026-01-02T03:00:00Z", "endsAt": "2026-01-02T02:00:00Z"},
        {"labels": many},
        {"labels": {"a": "x".repeat(300_000)}},
        {"labels": {"": "b"}},
    ]);
    let reply = bench.post("/api/v2/alerts", &body.to_string()).await;
    let expected = "alert 1: at least one label pair required; alert 2: at least one label pair required; \
                    alert 3: start time must be before end time; \
                    alert 4: 10000 labels and annotations, 1000 are allowed; \
                    alert 5: alert of 300001 bytes, 262144 are allowed; \
                    alert 6: invalid label or annotation name \"\"";
    assert_eq!(reply.refusal(), (400, expected.to_owned()));
    assert_eq!(names(&bench.json("/api/v2/alerts").await), ["Good"]);
}

#[tokio::test]
async fn of_many_faults_the_first_are_spelled_out() {
    let bench = Bench::new();
    let body = format!("[{}]", vec!["{}"; 30].join(","));
    let (status, reason) = bench.post("/api/v2/alerts", &body).await.refusal();
    assert_eq!(status, 400);
    assert!(reason.ends_with("alert 19: at least one label pair required; and 10 more"), "{reason}");
}

#[tokio::test]
async fn of_a_label_written_twice_the_last_counts() {
    let bench = Bench::new();
    let reply = bench.post("/api/v2/alerts", r#"[{"labels":{"a":"1","b":"x","a":"2"}}]"#).await;
    assert_eq!(reply.status, 200);
    assert_eq!(bench.json("/api/v2/alerts").await[0]["labels"], json!({"a": "2", "b": "x"}));
}

#[tokio::test]
async fn more_alerts_than_may_be_open_are_refused_aloud() {
    let bench = Bench::with(options(), Limits { alerts_max: 1 });
    let body = r#"[{"labels":{"a":"1"}},{"labels":{"a":"2"}},{"labels":{}}]"#;
    let reply = bench.post("/api/v2/alerts", body).await;
    let expected = "1 alerts are held, and no more are taken; send again later; \
                    alert 2: at least one label pair required";
    assert_eq!(reply.refusal(), (429, expected.to_owned()));
    assert_eq!(reply.header("retry-after"), "60");
    assert_eq!(bench.firing(), 1);
}
