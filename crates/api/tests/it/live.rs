//! Pages that are live: what is sent, when, to whom, and until when. The clock is the test's.

use std::time::Duration;

use axum::body::{Body, Bytes};
use evenkeel_api::Options;
use evenkeel_engine::{IncomingAlert, Input, Limits};
use evenkeel_labels::LabelSet;
use evenkeel_time::Duration as Span;
use http::Response;
use http_body_util::BodyExt;
use serde_json::json;
use tokio::sync::watch;

use crate::bench::{Bench, options};
use crate::caller::{Caller, Made};
use crate::login::logged_in;

/// A stream that is being read.
struct Stream(Body);

async fn asked(bench: &Bench, caller: &Caller, page: &str) -> Response<Body> {
    bench.response(caller.request("GET", &format!("/live?page={page}"), "")).await
}

async fn opened(bench: &Bench, caller: &Caller, page: &str) -> Stream {
    let response = asked(bench, caller, page).await;
    assert_eq!(response.status(), 200, "{page}");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    Stream(response.into_body())
}

impl Stream {
    /// The next piece; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        self.0.frame().await.map(|frame| frame.expect("a stream breaks off nowhere").into_data().expect("data"))
    }

    async fn text(&mut self) -> String {
        String::from_utf8(self.next().await.expect("a piece").to_vec()).expect("UTF-8")
    }

    /// Reads what a stream begins with: when to come again, and the page as it is.
    async fn begun(mut self) -> Self {
        assert_eq!(self.text().await, "retry: 3000\n\n");
        let main = self.text().await;
        assert!(main.starts_with("event: main\ndata: <title>") && main.ends_with("</main>\n\n"), "{main}");
        self
    }

    /// What comes within so long.
    async fn within(&mut self, time: Duration) -> Option<String> {
        tokio::time::timeout(time, self.text()).await.ok()
    }
}

/// An incident: it stands in the title of every page.
fn incident(bench: &Bench, instance: &str) {
    let labels = LabelSet::new([("alertname", "OrdersDown"), ("team", "orders"), ("instance", instance)]);
    bench.handle(Input::Alerts(vec![IncomingAlert { labels, ..IncomingAlert::default() }]));
}

fn shop(options: Options) -> Bench {
    Bench::under(crate::shop::plan(), options, Limits::default())
}

#[tokio::test(start_paused = true)]
async fn a_change_reaches_the_page_at_once_and_only_if_it_is_seen() {
    let bench = shop(options());
    let mut stream = opened(&bench, &Caller::owner(), "/").await.begun().await;
    assert_eq!(stream.within(Duration::from_secs(10)).await, None, "nothing changed");
    incident(&bench, "web-1");
    let event = stream.within(Duration::from_millis(200)).await.expect("an event within 200 ms");
    assert!(event.starts_with("event: main\ndata: <title>(1) "), "{event}");
    // More changes than can be seen are written at most every 100 ms; what is seen last is how it is.
    for number in 0..50 {
        incident(&bench, &number.to_string());
    }
    assert!(stream.within(Duration::from_millis(200)).await.is_none_or(|event| event.contains("(1) ")));
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_does_not_read_holds_one_event() {
    let bench = shop(options());
    let stream = opened(&bench, &Caller::owner(), "/").await;
    for number in 0..100 {
        incident(&bench, &number.to_string());
        bench.advance(Span::minutes(1));
        tokio::time::advance(Duration::from_millis(150)).await;
    }
    let mut stream = stream.begun().await;
    assert_eq!(stream.within(Duration::from_secs(10)).await, None, "what is over is skipped");
}

#[tokio::test(start_paused = true)]
async fn readers_who_see_the_same_share_what_is_written() {
    let bench = shop(options());
    let owner = Caller::owner();
    let admin = Made::role(&bench, "admin").await.local();
    let viewer = Made::role(&bench, "viewer").await.local();
    let (mut events, mut streams) = (Vec::new(), Vec::new());
    for caller in [&owner, &admin, &viewer] {
        let mut stream = opened(&bench, caller, "/").await;
        stream.next().await;
        events.push(stream.next().await.expect("an event"));
        // A view ends with its last reader.
        streams.push(stream);
    }
    assert_eq!(events[0].as_ptr(), events[1].as_ptr());
    assert_ne!(events[0].as_ptr(), events[2].as_ptr(), "who may less sees less");
}

#[tokio::test(start_paused = true)]
async fn a_stream_beats_and_ends_after_a_quarter_of_an_hour() {
    let bench = shop(options());
    let began = tokio::time::Instant::now();
    let mut stream = opened(&bench, &Caller::owner(), "/").await.begun().await;
    assert_eq!(stream.text().await, ":\n\n");
    assert_eq!(began.elapsed().as_secs(), 15);
    let mut beats = 1;
    while let Some(piece) = stream.next().await {
        beats += usize::from(piece == ":\n\n");
    }
    assert_eq!(began.elapsed().as_secs(), 900);
    assert!((55..=60).contains(&beats), "{beats}");
}

#[tokio::test(start_paused = true)]
async fn rights_are_looked_at_again_before_each_event() {
    let bench = shop(options());
    let viewer = Made::role(&bench, "viewer").await;
    let mut of_token = opened(&bench, &viewer.local(), "/").await.begun().await;
    let session = logged_in(&bench, &Caller::owner()).await;
    let mut of_session = opened(&bench, &session, "/").await.begun().await;
    viewer.revoke(&bench).await;
    let left = session.with("origin", "http://localhost:7070").call(&bench, "POST", "/logout", "").await;
    assert_eq!(left.status, 200);
    incident(&bench, "web-1");
    for stream in [&mut of_token, &mut of_session] {
        assert_eq!(stream.text().await, "event: gone\ndata: session\n\n");
        assert_eq!(stream.next().await, None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_is_told_without_a_change_too() {
    let bench = shop(options());
    let session = logged_in(&bench, &Caller::owner()).await;
    let mut stream = opened(&bench, &session, "/").await.begun().await;
    bench.advance(Span::hours(12));
    let told = stream.within(Duration::from_secs(16)).await;
    assert_eq!(told.as_deref(), Some("event: gone\ndata: session\n\n"));
}

#[tokio::test(start_paused = true)]
async fn so_many_are_served_and_none_takes_a_request_from_others() {
    let bench = shop(Options { live_readers_max: 1, requests_max: 1, ..options() });
    let stream = opened(&bench, &Caller::owner(), "/").await;
    assert_eq!(bench.get("/").await.status, 200, "a stream is no request that is handled");
    let full = asked(&bench, &Caller::owner(), "/").await;
    assert_eq!((full.status().as_u16(), full.headers()["retry-after"].as_bytes()), (503, b"30".as_slice()));
    drop(stream);
    opened(&bench, &Caller::owner(), "/").await.begun().await;
}

#[tokio::test(start_paused = true)]
async fn all_streams_end_when_the_program_stops() {
    let (stop, stopping) = watch::channel(false);
    let bench = shop(Options { stopping, ..options() });
    let mut stream = opened(&bench, &Caller::owner(), "/").await.begun().await;
    stop.send_replace(true);
    assert_eq!(tokio::time::timeout(Duration::from_millis(1), stream.next()).await, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn only_pages_are_live_and_only_for_those_who_may_look() {
    let bench = shop(options());
    for (page, status) in
        [("/nowhere", 404), ("nowhere", 400), ("", 400), ("//evil.example/", 404), ("/api/v1/whoami", 404)]
    {
        assert_eq!(asked(&bench, &Caller::owner(), page).await.status(), status, "{page}");
    }
    let sender = Made::role(&bench, "sender").await;
    for (caller, status) in [(Caller::local(), 401), (Caller::remote(), 401), (sender.local(), 403)] {
        assert_eq!(asked(&bench, &caller, "/").await.status(), status);
    }
    let other_host = Caller::local().to("evil.example");
    assert_eq!(asked(&bench, &other_host, "/").await.status(), 421);
    assert_eq!(bench.get("/live").await.json()["code"], json!("malformed"));
}
