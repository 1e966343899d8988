//! Health, metrics, the page, and what is round every answer.

use axum::body::Body;
use evenkeel_api::{Options, Unavailable};
use evenkeel_engine::Limits;
use http::Request;
use serde_json::json;

use crate::bench::{Bench, CONFIG, options};

#[tokio::test]
async fn health_and_readiness_are_told_apart() {
    let bench = Bench::new();
    assert_eq!(bench.get("/healthz").await.text, "ok\n");
    assert_eq!(bench.json("/readyz").await, json!({"ready": true, "reasons": []}));
    for path in ["/-/healthy", "/-/ready", "/alertmanager/-/healthy", "/alertmanager/-/ready"] {
        let reply = bench.get(path).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "OK"), "{path}");
    }
    bench.fail(Some(Unavailable::Stopping));
    assert_eq!(bench.get("/healthz").await.status, 200);
    assert_eq!(bench.get("/-/healthy").await.status, 200);
    let reply = bench.get("/readyz").await;
    let reason = "evenkeel is stopping; send again later";
    assert_eq!((reply.status.as_u16(), reply.json()), (503, json!({"ready": false, "reasons": [reason]})));
    let reply = bench.get("/alertmanager/-/ready").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (503, reason));
}

#[tokio::test]
async fn status_and_receivers_are_shown_as_alertmanager_shows_them() {
    let bench = Bench::new();
    let expected = json!({
        "cluster": {"peers": [], "status": "disabled"},
        "config": {"original": CONFIG},
        "uptime": "2026-01-02T03:04:05.678Z",
        "versionInfo": {
            "branch": "", "buildDate": "", "buildUser": "", "goVersion": "", "revision": "", "version": "0.1.0",
        },
    });
    assert_eq!(bench.json("/alertmanager/api/v2/status").await, expected);
    let receivers = json!([{"name": "night"}, {"name": "pager"}, {"name": "team"}]);
    assert_eq!(bench.json("/api/v2/receivers").await, receivers);
}

#[tokio::test]
async fn metrics_hold_requests_states_and_what_the_desk_adds() {
    let bench = Bench::new();
    bench
        .alerts(&json!([
            {"labels": {"alertname": "A", "severity": "page"}},
            {"labels": {"alertname": "B", "severity": "info"}},
            {"labels": {"alertname": "C"}, "endsAt": "2026-01-02T03:00:00Z"},
        ]))
        .await;
    bench
        .silence(&json!({
            "matchers": [{"name": "alertname", "value": "S", "isRegex": false}],
            "startsAt": "2026-01-02T03:00:00Z", "endsAt": "2026-01-02T06:00:00Z", "createdBy": "me", "comment": "c",
        }))
        .await;
    bench.alerts(&json!([{"labels": {"alertname": "S"}}])).await;
    bench.get("/nowhere").await;
    let reply = bench.get("/metrics").await;
    assert_eq!(reply.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for line in [
        r#"evenkeel_build_info{version="0.1.0"} 1"#,
        r#"evenkeel_http_requests_total{method="POST",route="/api/v2/alerts",code="200"} 2"#,
        r#"evenkeel_http_requests_total{method="GET",route="none",code="404"} 1"#,
        r#"evenkeel_http_request_duration_seconds_count{route="/api/v2/alerts"} 2"#,
        r#"evenkeel_alerts_received_total{state="firing"} 3"#,
        r#"evenkeel_alerts_received_total{state="resolved"} 1"#,
        r#"evenkeel_alerts{state="active"} 1"#,
        r#"evenkeel_alerts{state="suppressed"} 2"#,
        r#"evenkeel_silences{state="active"} 1"#,
        "evenkeel_groups 4",
        "evenkeel_notices_open 0",
        "evenkeel_ready 1",
        "# TYPE evenkeel_desk gauge",
    ] {
        assert!(reply.text.lines().any(|known| known == line), "{line}\n{}", reply.text);
    }
    assert!(reply.text.ends_with("\nevenkeel_desk 1\n# EOF\n"), "{}", reply.text);
    assert_eq!(reply.text.matches("# EOF").count(), 1);
}

#[tokio::test]
async fn the_page_says_what_this_is_and_escapes_what_it_shows() {
    let options =
        Options { version: "<script>&\"'".into(), external_url: "http://localhost:7070/\"><b>/".into(), ..options() };
    let bench = Bench::with(options, Limits::default());
    let reply = bench.get("/about").await;
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(reply.text.contains("<dd>&#60;script&#62;&#38;&#34;&#39;</dd>"), "{}", reply.text);
    for address in ["api/v1/reference", "api/v1/openapi.json", "metrics", "readyz"] {
        assert!(reply.text.contains(&format!("<a href=\"./{address}\">")), "{address}");
    }
    assert!(reply.text.contains(&format!("<code>{}</code>", "ab".repeat(32))), "the plan's hash");
    assert!(reply.text.contains("<dt>Firing alerts</dt><dd>0</dd>"));
    let last = bench.get("/api/v1/records/3").await.json();
    let hash = last["record"]["hash"].as_str().expect("a hash");
    assert!(reply.text.contains(&format!("<dt>Its hash</dt><dd><code>{hash}</code></dd>")), "{}", reply.text);
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let bench = Bench::new();
    for path in ["/", "/healthz", "/nowhere", "/api/v2/alerts", "/api/v2/alerts?filter=x"] {
        let reply = bench.get(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn requests_have_ids() {
    let bench = Bench::new();
    assert_eq!(bench.get("/healthz").await.header("x-request-id"), "1");
    assert_eq!(bench.get("/nowhere").await.header("x-request-id"), "2");
    let long = "x".repeat(129);
    for (given, expected) in [("abc-123", "abc-123"), ("with space", "3"), (long.as_str(), "4"), ("", "5")] {
        let request = Request::get("/healthz").header("host", "localhost").header("x-request-id", given);
        let reply = bench.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.header("x-request-id"), expected);
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_with_what_is_near() {
    let bench = Bench::new();
    let reply = bench.get("/api/v2/alert").await;
    let near = reply.json().get("near").cloned();
    let expected = json!({"code": 404, "message": "path /api/v2/alert was not found", "near": near});
    assert_eq!((reply.status.as_u16(), reply.json()), (404, expected));
    assert_eq!(near.and_then(|near| near.get(0).cloned()), Some(json!("/api/v2/alerts")));
    assert_eq!(bench.get("/entirely/elsewhere").await.json().get("near"), None);
    for path in ["/-/reload", "/alertmanager/-/reload"] {
        assert_eq!(bench.post(path, "").await.status, 404, "{path}");
    }
    let reply = bench.call("PUT", "/alertmanager/api/v2/silence/x", "").await;
    let expected = json!({"code": 405, "message": "method PUT is not allowed, but [GET,DELETE] are"});
    assert_eq!((reply.status.as_u16(), reply.header("allow"), reply.json()), (405, "GET,DELETE", expected));
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let bench = Bench::new();
    let reply = bench.call("HEAD", "/readyz", "").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
}

#[tokio::test]
async fn a_bug_is_the_answer_to_one_request() {
    let bench = Bench::with(Options { requests_max: 1, ..options() }, Limits::default());
    bench.break_config();
    for _ in 0..2 {
        let reason = "a bug in evenkeel kept this request from being handled";
        assert_eq!(bench.get("/api/v2/status").await.refusal(), (500, reason.to_owned()));
    }
    assert_eq!(bench.get("/readyz").await.status, 200);
}
