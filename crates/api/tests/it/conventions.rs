//! What all operations have alike: pages of lists, tags, keys, rates, problems.

use axum::body::Body;
use evenkeel_api::Options;
use evenkeel_engine::Limits;
use http::Request;
use serde_json::{Value, json};

use crate::bench::{Bench, Reply, options, owner};
use crate::caller::Made;
use crate::shop::{done, shop, shop_with_orders_down};

async fn with(bench: &Bench, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header("host", "localhost:7070");
    request = request.header("authorization", format!("Bearer {}", owner()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    bench.send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

#[tokio::test]
async fn refusals_are_problems_that_name_the_request() {
    let bench = Bench::new();
    let reply = with(&bench, "GET", "/api/v1/incidents/99", &[("x-request-id", "asked-1")], "").await;
    assert_eq!(reply.header("content-type"), "application/problem+json");
    let expected = json!({
        "type": "/api/v1/reference#problem-unknown-incident",
        "title": "Unknown incident",
        "status": 404,
        "detail": "there is no incident:99, or it was closed too long ago",
        "code": "unknown-incident",
        "help": "`GET /api/v1/incidents?all=true` lists those that are known; the journal has the rest",
        "request_id": "asked-1",
    });
    assert_eq!(reply.json(), expected);
    let reply = bench.get("/api/v1/nothing").await;
    assert_eq!(reply.json()["request_id"], Value::from(reply.header("x-request-id")));
}

#[tokio::test]
async fn lists_are_given_in_pages_that_follow_each_other() {
    let bench = shop();
    for number in 0..5 {
        done(&bench, "/api/v1/problems", &json!({"title": format!("p{number}")})).await;
    }
    let mut titles = Vec::new();
    let mut path = "/api/v1/problems?limit=2".to_owned();
    loop {
        let reply = bench.get(&path).await;
        let page = reply.json();
        let problems = page["problems"].as_array().expect("a list");
        titles.extend(problems.iter().map(|problem| problem["title"].as_str().expect("a title").to_owned()));
        let Some(next) = page["next"].as_str() else {
            assert_eq!(reply.header("link"), "");
            break;
        };
        assert_eq!(reply.header("link"), format!("<?limit=2&cursor={next}>; rel=\"next\""));
        path = format!("/api/v1/problems?limit=2&cursor={next}");
    }
    assert_eq!(titles, ["p4", "p3", "p2", "p1", "p0"]);
    for wrong in ["limit=0", "limit=1001", "limit=x", "cursor=x"] {
        assert_eq!(bench.get(&format!("/api/v1/problems?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let (bench, id) = shop_with_orders_down().await;
    let path = format!("/api/v1/incidents/{id}");
    let reply = bench.get(&path).await;
    let tag = reply.header("etag").to_owned();
    assert_eq!((tag.len(), reply.header("cache-control")), (34, "private, no-cache"));
    for listed in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let reply = with(&bench, "GET", &path, &[("if-none-match", &listed)], "").await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str(), reply.header("etag")), (304, "", tag.as_str()));
    }
    done(&bench, &format!("{path}/notes"), &json!({"text": "the disk is full"})).await;
    let reply = with(&bench, "GET", &path, &[("if-none-match", &tag)], "").await;
    assert_eq!(reply.status, 200);
    assert_ne!(reply.header("etag"), tag);
}

#[tokio::test]
async fn an_incident_that_changed_meanwhile_is_left_as_it_is() {
    let (bench, id) = shop_with_orders_down().await;
    let path = format!("/api/v1/incidents/{id}");
    let tag = bench.get(&path).await.header("etag").to_owned();
    let note = |tag: String| {
        let (bench, path) = (&bench, format!("{path}/notes"));
        async move { with(bench, "POST", &path, &[("if-match", &tag)], r#"{"text":"a"}"#).await }
    };
    assert_eq!(note(tag.clone()).await.status, 200);
    let reply = note(tag).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (412, Some("changed-meanwhile")));
    assert_eq!(note("*".to_owned()).await.status, 200);
}

#[tokio::test]
async fn a_request_with_a_key_happens_once() {
    let (bench, id) = shop_with_orders_down().await;
    let path = format!("/api/v1/incidents/{id}/notes");
    let key = [("idempotency-key", "8e03978e")];
    let first = with(&bench, "POST", &path, &key, r#"{"text":"once"}"#).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (200, ""));
    let seq = bench.seq();
    let again = with(&bench, "POST", &path, &key, r#"{"text":"once"}"#).await;
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (200, "true"));
    assert_eq!((again.text, bench.seq()), (first.text, seq));
    let other = with(&bench, "POST", &path, &key, r#"{"text":"twice"}"#).await;
    assert_eq!((other.status.as_u16(), other.json()["code"].as_str()), (422, Some("idempotency-key-reused")));
    let wrong = with(&bench, "POST", &path, &[("idempotency-key", "a b")], r#"{"text":"twice"}"#).await;
    assert_eq!(wrong.status, 400);
    // Another caller's key is another key.
    let made = Made::role(&bench, "responder").await;
    let reply = made.local().with("idempotency-key", "8e03978e").call(&bench, "POST", &path, r#"{"text":"b"}"#).await;
    assert_eq!((reply.status.as_u16(), reply.header("idempotency-replayed")), (200, ""));
}

#[tokio::test]
async fn what_was_not_taken_is_taken_when_it_is_sent_again() {
    let (bench, id) = shop_with_orders_down().await;
    let path = format!("/api/v1/incidents/{id}/notes");
    let key = [("idempotency-key", "k")];
    bench.fail(Some(evenkeel_api::Unavailable::Full { retry_after_s: 1 }));
    assert_eq!(with(&bench, "POST", &path, &key, r#"{"text":"a"}"#).await.status, 429);
    bench.fail(None);
    let reply = with(&bench, "POST", &path, &key, r#"{"text":"a"}"#).await;
    assert_eq!((reply.status.as_u16(), reply.header("idempotency-replayed")), (200, ""));
}

#[tokio::test]
async fn each_caller_has_so_many_calls_and_alerts_are_not_counted() {
    let bench = Bench::with(Options { calls_max: 2, ..options() }, Limits::default());
    let reply = bench.get("/api/v1/whoami").await;
    assert_eq!((reply.header("ratelimit-limit"), reply.header("ratelimit-remaining")), ("2", "1"));
    assert_eq!(reply.header("ratelimit-policy"), "\"calls\";q=2;w=60");
    assert_eq!(bench.get("/api/v1/whoami").await.status, 200);
    let reply = bench.get("/api/v1/whoami").await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (429, Some("too-many-calls")));
    assert_eq!(
        (reply.header("retry-after"), reply.header("ratelimit-remaining")),
        (reply.header("ratelimit-reset"), "0")
    );
    for _ in 0..5 {
        bench.alerts(&json!([{"labels": {"alertname": "Down"}}])).await;
        assert_eq!(bench.get("/healthz").await.status, 200);
    }
    bench.advance(evenkeel_time::Duration::minutes(1));
    assert_eq!(bench.get("/api/v1/whoami").await.status, 200);
}
