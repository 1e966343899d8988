//! SIGTERM: what is under way ends or is left for the next start, and the stop is on record.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::alerts::firing;
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};

const SOON: Duration = Duration::from_secs(15);

#[test]
fn a_stop_lets_the_notice_under_way_end_and_is_on_record() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let server = Server::start(&place);
    sink.set_mood(Mood::Hangs);
    server.take(&json!([firing(&[("alertname", "UnderWay")])]));
    sink.expect("the request", SOON, |delivery| delivery.path == "/hook");
    server.signal("TERM");
    sink.set_mood(Mood::Answers(200));
    let (status, log) = server.ended();
    assert_eq!(status.code(), Some(0), "{log}");
    assert_eq!(place.of_kind("notice-delivered").len(), 1);
    assert_eq!(place.records().last().expect("records")["kind"], "stopped");
    record::assert_whole(place.data());

    let server = Server::start(&place);
    assert_eq!(server.metric("evenkeel_notices_open"), 0.0);
    assert!(server.stop().0.success());
    assert_eq!(sink.count(), 1, "what was delivered is not sent again after the start");
}

#[test]
fn an_idle_server_stops_at_once() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    let server = Server::start(&place);
    assert_eq!(server.readiness().0, 200);
    let began = Instant::now();
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert!(began.elapsed() < Duration::from_secs(2), "it took {:?}:\n{log}", began.elapsed());
}

#[test]
fn a_notice_that_does_not_get_out_is_left_for_the_next_start() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")).replace("group_interval: 1s", "group_interval: 2m"));
    let server = Server::start(&place);
    sink.set_mood(Mood::Answers(503));
    server.take(&json!([firing(&[("alertname", "LeftBehind")])]));
    let first = sink.expect("an attempt", SOON, |delivery| delivery.answered == Some(503));
    let (status, log) = server.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    assert_eq!(place.records().last().expect("records")["kind"], "stopped");

    sink.set_mood(Mood::Answers(200));
    let server = Server::start(&place);
    let again = sink.expect("the notice", SOON, |delivery| delivery.tells("firing", "LeftBehind"));
    assert_eq!(again.key, first.key, "the same notice");
    server.kill();
}

#[test]
fn a_second_instance_on_the_same_data_is_refused_with_the_pid_of_the_first() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    let server = Server::start(&place);
    let (status, log) = Server::launch(&place, &[]).ended();
    assert_eq!(status.code(), Some(3), "{log}");
    assert!(log.contains(&server.pid().to_string()), "{log}");
    server.take(&json!([firing(&[("alertname", "StillServed")])]));
    assert!(server.stop().0.success());
}

#[test]
fn pages_that_are_open_do_not_keep_it_from_stopping() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    let server = Server::start(&place);
    let token = server.owner_token();
    let ask =
        format!("GET /live?page=/ HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\r\n", server.address());
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(SOON)).expect("a deadline");
    stream.write_all(ask.as_bytes()).expect("a request");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "event: main"), "the page comes first");
    let began = Instant::now();
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert!(began.elapsed() < Duration::from_secs(2), "it took {:?}:\n{log}", began.elapsed());
    assert_eq!(lines.last().as_deref(), Some(""), "the stream ends in order");
}
