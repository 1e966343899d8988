//! What senders should not send, over real HTTP: refused with a reason, and nothing else is harmed.

use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::alerts::firing;
use crate::http::{self, Answer};
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};

const SOON: Duration = Duration::from_secs(30);
const ALERTS: &str = "/api/v2/alerts";

/// A server whose sink takes everything; at the end it still works.
struct Scene {
    sink: Sink,
    place: Place,
    server: Server,
}

impl Scene {
    fn set() -> Self {
        let sink = Sink::start();
        let place = Place::new(&everything_to(&sink.url("/hook")));
        Self { server: Server::start(&place), place, sink }
    }

    fn post(&self, body: &[u8]) -> Answer {
        http::send(self.server.address(), "POST", ALERTS, body).expect("an answer")
    }

    fn refused(&self, body: &[u8], status: u16, reason: &str) {
        let answer = self.post(body);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains(reason), "`{reason}` is not in {}", answer.body);
    }

    /// Only what was to be taken is there, and the next alert is told.
    fn end(self, taken: &[&str]) {
        self.server.take(&json!([firing(&[("alertname", "AfterAll")])]));
        self.sink.expect("the server still works", SOON, |delivery| delivery.tells("firing", "AfterAll"));
        let shown = self.server.get(ALERTS).json();
        let mut names: Vec<&str> = shown
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|alert| alert["labels"]["alertname"].as_str())
            .collect();
        names.sort_unstable();
        let expected: Vec<&str> = ["AfterAll"].into_iter().chain(taken.iter().copied()).collect();
        assert_eq!(names, expected);
        let (status, log) = self.server.stop();
        assert!(status.success(), "{log}");
        assert!(!log.contains("panicked"), "{log}");
        record::assert_whole(self.place.data());
    }
}

#[test]
fn bodies_that_are_no_alerts_are_refused() {
    let scene = Scene::set();
    let whole = json!([firing(&[("alertname", "Cut")])]).to_string();
    for cut in 0..whole.len() {
        scene.refused(&whole.as_bytes()[..cut], 400, "not a list of alerts");
    }
    scene.refused(b"[{\"labels\":{\"alertname\":\"\xff\xfe\"}}]", 400, "not a list of alerts");
    scene.refused(b"{}", 400, "not a list of alerts");
    scene.refused(b"[{\"labels\":{}}]", 400, "at least one label pair required");
    scene.refused("[".repeat(100_000).as_bytes(), 400, "not a list of alerts");
    scene.end(&[]);
}

#[test]
fn a_body_that_breaks_off_or_is_huge_takes_nothing_with_it() {
    let scene = Scene::set();
    let address = scene.server.address();
    let head = format!("POST {ALERTS} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 1000\r\n\r\n");
    let whole = json!([firing(&[("alertname", "Broken")])]).to_string();
    let broken = http::send_raw(address, format!("{head}{whole}").as_bytes());
    assert!(broken.is_err() || broken.is_ok_and(|answer| answer.status == 400), "a body that broke off");
    let mut huge = br#"[{"labels":{"alertname":""#.to_vec();
    huge.resize(100 << 20, b'x');
    match http::send(address, "POST", ALERTS, &huge) {
        Ok(answer) => assert_eq!(answer.status, 413, "{}", answer.body),
        // Refused before it was read, so the answer may be lost with the connection.
        Err(error) => assert!(
            matches!(error.kind(), std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::BrokenPipe),
            "{error}"
        ),
    }
    scene.end(&[]);
}

#[test]
fn alerts_that_cannot_be_are_refused_and_their_neighbours_taken() {
    let scene = Scene::set();
    let many: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("label{n}"), Value::from("x"))).collect();
    scene.refused(json!([{ "labels": many }]).to_string().as_bytes(), 400, "1000 are allowed");
    let large = firing(&[("alertname", &"x".repeat(300 << 10))]);
    scene.refused(json!([large]).to_string().as_bytes(), 400, "262144 are allowed");
    let backwards = json!({ "labels": { "alertname": "Backwards" }, "startsAt": "2026-01-02T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z" });
    let body = json!([backwards, firing(&[("alertname", "Neighbour")])]).to_string();
    scene.refused(body.as_bytes(), 400, "alert 0: start time must be before end time");
    scene.end(&["Neighbour"]);
}

#[test]
fn alerts_of_all_times_are_taken_as_what_they_say() {
    let scene = Scene::set();
    let alerts = json!([
        { "labels": { "alertname": "From1970" }, "startsAt": "1970-01-01T00:00:00Z" },
        { "labels": { "alertname": "OverSince1970" }, "startsAt": "1970-01-01T00:00:00Z", "endsAt": "1970-01-01T00:00:01Z" },
        { "labels": { "alertname": "Until2100" }, "startsAt": "2100-01-01T00:00:00Z", "endsAt": "2100-01-02T00:00:00Z" },
    ]);
    scene.server.take(&alerts);
    for name in ["From1970", "Until2100"] {
        scene.sink.expect(name, SOON, |delivery| delivery.tells("firing", name));
    }
    scene.end(&["From1970", "Until2100"]);
}

#[test]
fn a_label_named_twice_is_one_label() {
    let scene = Scene::set();
    let answer = scene.post(br#"[{"labels":{"alertname":"First","alertname":"Second"}}]"#);
    assert_eq!(answer.status, 200, "{}", answer.body);
    // As in Go's JSON, which Alertmanager reads with: the last one counts.
    scene.sink.expect("the alert", SOON, |delivery| delivery.tells("firing", "Second"));
    scene.end(&["Second"]);
}

#[test]
fn strangers_are_refused() {
    let scene = Scene::set();
    let address = scene.server.address();
    let body = json!([firing(&[("alertname", "Foreign")])]).to_string();
    let with = |headers: &[(&str, &str)]| {
        http::send_with(address, "POST", ALERTS, headers, body.as_bytes()).expect("an answer").status
    };
    assert_eq!(with(&[("Host", "evenkeel.example.com")]), 421);
    assert_eq!(with(&[("Host", "127.0.0.1.example.com")]), 421);
    assert_eq!(with(&[("Origin", "https://evil.example.com")]), 403);
    assert_eq!(with(&[("Origin", "null")]), 403);
    assert_eq!(with(&[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(with(&[("X-Forwarded-For", "192.0.2.1")]), 401);
    assert_eq!(with(&[("Authorization", "Bearer ek_none")]), 401);
    let read = http::send_with(address, "GET", ALERTS, &[("Host", "evenkeel.example.com")], b"").expect("an answer");
    assert_eq!(read.status, 421);
    scene.end(&[]);
}

#[test]
fn listening_everywhere_needs_an_address_for_links() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    for address in ["0.0.0.0:0", "[::]:0"] {
        let (status, log) = Server::launch(&place, &["--listen", address]).ended();
        assert_eq!(status.code(), Some(3), "{log}");
        assert!(log.contains("--external-url"), "it says what helps: {log}");
    }
}

/// Several senders post more at once than may wait; what is refused is sent again, as senders do.
#[test]
fn a_full_queue_refuses_and_loses_nothing() {
    const SENDERS: usize = 5;
    /// Two requests of these are more than may wait, while a third is worked on.
    const ALERTS_EACH: usize = 26_000;
    let sink = Sink::start();
    sink.set_mood(Mood::Answers(200));
    // One group for all, so that what comes out is not the subject here.
    let text = everything_to(&sink.url("/hook")).replace("group_by: ['...'], group_wait: 0s", "group_wait: 1h");
    let place = Place::new(&text);
    let server = Arc::new(Server::start(&place));
    let together = Arc::new(Barrier::new(SENDERS));
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let (server, together) = (server.clone(), together.clone());
            thread::spawn(move || {
                let alerts: Vec<Value> =
                    (0..ALERTS_EACH).map(|n| json!({ "labels": { "alertname": format!("A{sender}-{n}") } })).collect();
                let body = Value::Array(alerts);
                let body = body.to_string();
                together.wait();
                let mut refused = 0;
                crate::patience::until("the alerts are taken", SOON * 4, || {
                    let answer = http::send(server.address(), "POST", ALERTS, body.as_bytes()).expect("an answer");
                    if answer.status != 200 {
                        assert!(matches!(answer.status, 429 | 503), "{}", answer.body);
                        assert!(answer.header("retry-after").is_some(), "{answer:?}");
                        refused += 1;
                        return None;
                    }
                    Some(())
                });
                refused
            })
        })
        .collect();
    let refused: usize = senders.into_iter().map(|sender| sender.join().expect("a sender ends")).sum();
    eprintln!("{SENDERS} senders with {ALERTS_EACH} alerts each, {refused} requests refused");
    assert!(refused > 0, "the queue was never full");
    let server = Arc::into_inner(server).expect("the senders are gone");
    assert_eq!(server.metric("evenkeel_inbox_weight"), 0.0);
    let metrics = server.get("/metrics").body;
    let all = format!("evenkeel_alerts{{state=\"active\"}} {}", SENDERS * ALERTS_EACH);
    assert!(metrics.contains(&all), "`{all}` is not in the metrics");
    server.kill();
    record::assert_whole(place.data());
    let fired: usize = place.of_kind("alert-fired").len();
    assert_eq!(fired, SENDERS * ALERTS_EACH);
}
