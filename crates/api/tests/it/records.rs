//! The journal over HTTP: lists, one record, verification, and the stream.

use axum::body::Body;
use evenkeel_api::Options;
use evenkeel_engine::Limits;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::bench::{Bench, options, owner};
use crate::shop::{done, refused, shop_with_orders_down};

fn seqs(list: &Value) -> Vec<u64> {
    let records = list["records"].as_array().expect("a list");
    records.iter().map(|record| record["seq"].as_u64().expect("a number")).collect()
}

#[tokio::test]
async fn records_are_listed_by_kind_actor_time_and_in_pages() {
    let (bench, id) = shop_with_orders_down().await;
    done(&bench, &format!("/api/v1/incidents/{id}/notes"), &json!({"text": "the disk is full"})).await;
    let head = bench.seq();
    let list = bench.json("/api/v1/records?limit=3").await;
    assert_eq!(seqs(&list), [head, head - 1, head - 2]);
    let next = list["next"].as_str().expect("more");
    assert_eq!(seqs(&bench.json(&format!("/api/v1/records?limit=2&cursor={next}")).await), [head - 3, head - 4]);
    assert_eq!(seqs(&bench.json("/api/v1/records?order=oldest&limit=2").await), [1, 2]);
    let opened = bench.json("/api/v1/records?kind=incident-opened&kind=incident-noted").await;
    assert_eq!(opened["records"].as_array().map(Vec::len), Some(2));
    let owners = bench.json("/api/v1/records?actor=owner").await;
    assert!(owners["records"].as_array().expect("a list").iter().all(|record| record["actor"] == "owner"));
    assert!(
        bench.json("/api/v1/records?from=2027-01-01T00:00:00Z").await["records"].as_array().expect("a list").is_empty()
    );
    let before = bench.json("/api/v1/records?until=2027-01-01T00:00:00Z&limit=1").await;
    assert_eq!(seqs(&before), [head]);
    for (query, code) in [("kind=incident-opend", "unknown-kind"), ("order=x", "malformed"), ("cursor=x", "bad-cursor")]
    {
        assert_eq!(refused(&bench.get(&format!("/api/v1/records?{query}")).await), (400, code.to_owned()));
    }
}

#[tokio::test]
async fn a_record_is_shown_with_those_that_it_is_chained_to() {
    let (bench, _) = shop_with_orders_down().await;
    let one = bench.json("/api/v1/records/2").await;
    assert_eq!((&one["record"]["seq"], &one["chained"]), (&json!(2), &json!(true)));
    assert_eq!((&one["before"]["seq"], &one["after"]["seq"]), (&json!(1), &json!(3)));
    assert_eq!(one["record"]["prev"], one["before"]["hash"]);
    assert_eq!(bench.json("/api/v1/records/1").await["before"], Value::Null);
    assert_eq!(refused(&bench.get("/api/v1/records/9999").await), (404, "unknown-record".to_owned()));
    assert_eq!(refused(&bench.get("/api/v1/records/x").await), (400, "malformed".to_owned()));
}

#[tokio::test]
async fn a_stretch_is_verified_and_what_was_altered_is_found() {
    let (bench, _) = shop_with_orders_down().await;
    let whole = bench.json("/api/v1/records/verify").await;
    assert_eq!((&whole["sound"], &whole["verified_to"]), (&json!(true), &json!(bench.seq())));
    let part = bench.json("/api/v1/records/verify?from=3&to=5").await;
    assert_eq!((&part["sound"], &part["record_count"], &part["verified_from"]), (&json!(true), &json!(3), &json!(3)));
    bench.alter(4, r#""actor":"owner""#, r#""actor":"nobody""#);
    let altered = bench.json("/api/v1/records/verify").await;
    assert_eq!(
        (&altered["sound"], &altered["faults"]),
        (&json!(false), &json!([{"seq": 4, "fault": "header-altered"}]))
    );
    bench.alter(4, r#""actor":"nobody""#, r#""actor":"owner""#);
    bench.alter(5, r#""body":{"#, r#""body":{"x":1,"#);
    let altered = bench.json("/api/v1/records/verify?from=5").await;
    assert_eq!(altered["faults"], json!([{"seq": 5, "fault": "body-altered"}]));
}

/// Reads events until there are so many.
struct Reading {
    body: Body,
    text: String,
}

impl Reading {
    async fn of(bench: &Bench, path: &str, last: Option<u64>) -> Self {
        let mut request =
            Request::get(path).header("host", "localhost").header("authorization", format!("Bearer {}", owner()));
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = bench.response(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body(), text: String::new() }
    }

    async fn events(&mut self, count: usize) -> Vec<(u64, String)> {
        while self.seen().len() < count {
            let frame = self.body.frame().await.expect("no end yet").expect("a frame");
            self.text.push_str(std::str::from_utf8(&frame.into_data().expect("data")).expect("text"));
        }
        self.seen()
    }

    fn seen(&self) -> Vec<(u64, String)> {
        let events = self.text.split("\n\n").filter(|event| event.starts_with("id: "));
        let event = |event: &str| {
            let mut lines = event.lines();
            let mut field =
                |name: &str| lines.next().and_then(|line| line.strip_prefix(name)).expect("a field").to_owned();
            let (id, kind, data) = (field("id: "), field("event: "), field("data: "));
            let data: Value = serde_json::from_str(&data).expect("JSON");
            assert_eq!((data["seq"].to_string(), data["kind"].as_str()), (id.clone(), Some(kind.as_str())));
            (id.parse().expect("a number"), kind)
        };
        events.map(event).collect()
    }
}

#[tokio::test]
async fn records_are_streamed_as_they_come_and_a_reader_goes_on_where_it_was() {
    let (bench, id) = shop_with_orders_down().await;
    let head = bench.seq();
    let mut live = Reading::of(&bench, "/api/v1/stream", None).await;
    done(&bench, &format!("/api/v1/incidents/{id}/notes"), &json!({"text": "a"})).await;
    assert_eq!(live.events(1).await, [(head + 1, "incident-noted".to_owned())]);
    let mut again = Reading::of(&bench, "/api/v1/stream", Some(head - 1)).await;
    let seen = again.events(2).await;
    assert_eq!([seen[0].0, seen[1].0], [head, head + 1]);
    let mut opened = Reading::of(&bench, "/api/v1/stream?from=1&kind=incident-opened", None).await;
    assert_eq!(opened.events(1).await[0].1, "incident-opened");
    for (query, code) in [("from=x", "malformed"), ("kind=x", "unknown-kind")] {
        assert_eq!(refused(&bench.get(&format!("/api/v1/stream?{query}")).await), (400, code.to_owned()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_hears_nothing_gets_a_comment_and_the_end_is_clean() {
    let (stop, stopping) = watch::channel(false);
    let bench = Bench::with(Options { stopping, ..options() }, Limits::default());
    let mut reading = Reading::of(&bench, "/api/v1/stream", None).await;
    let mut frames = Vec::new();
    for _ in 0..2 {
        let frame = reading.body.frame().await.expect("no end yet").expect("a frame");
        frames.push(frame.into_data().expect("data"));
    }
    assert_eq!(frames[1], ":\n\n");
    stop.send_replace(true);
    assert!(reading.body.frame().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_never_reads_is_dropped_and_readers_are_bounded() {
    let (bench, id) = shop_with_orders_down().await;
    let mut readers = Vec::new();
    for _ in 0..256 {
        readers.push(Reading::of(&bench, "/api/v1/stream?from=1", None).await);
    }
    assert_eq!(refused_code(&bench).await, Some("too-many-readers".to_owned()));
    for number in 0..100 {
        done(&bench, &format!("/api/v1/incidents/{id}/notes"), &json!({"text": format!("n{number}")})).await;
    }
    // Longer than a reader may take nothing.
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    assert_eq!(refused_code(&bench).await, None);
    drop(readers);
}

async fn refused_code(bench: &Bench) -> Option<String> {
    let request = Request::get("/api/v1/stream").header("host", "localhost");
    let request = request.header("authorization", format!("Bearer {}", owner()));
    let response = bench.response(request.body(Body::empty()).expect("a request")).await;
    if response.status() == 200 {
        return None;
    }
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    serde_json::from_slice::<Value>(&bytes).expect("JSON")["code"].as_str().map(str::to_owned)
}
