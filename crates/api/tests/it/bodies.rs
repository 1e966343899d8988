//! Bodies that are not what they should be.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use evenkeel_api::Options;
use evenkeel_engine::Limits;
use http::{HeaderMap, Request};
use http_body_util::{BodyExt, Full};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::bench::{Bench, options};

const POSTS: [&str; 2] = ["/api/v2/alerts", "/alertmanager/api/v2/silences"];

#[tokio::test]
async fn a_fault_is_named_with_its_place_and_what_belongs_there() {
    let bench = Bench::new();
    let nested = format!(r#"[{{"labels":{}"#, r#"{"a":"#.repeat(5000));
    let ignored = format!(r#"[{{"labels":{{"a":"b"}},"x":{}{}}}]"#, "[".repeat(5000), "]".repeat(5000));
    for (body, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[", "EOF while parsing a list at line 1 column 1"),
        ("null", "invalid type: null, expected a list of alerts at line 1 column 4"),
        ("{}", "invalid type: map, expected a list of alerts at line 1 column 0"),
        ("[1]", "invalid type: integer `1`, expected an alert: an object with `labels` at line 1 column 2"),
        ("[[]]", "the list is longer or shorter than it should be"),
        ("[{}] x", "trailing characters at line 1 column 6"),
        ("[\n {\"labels\": {\"a\": 5}}]", "invalid type: integer `5`, expected a string at line 2 column 19"),
        (r#"[{"labels": "a"}]"#, "invalid type: string \"a\", expected an object of text values at line 1 column 15"),
        (
            r#"[{"labels": {"a":"b"}, "startsAt": "yesterday"}]"#,
            "invalid value: string \"yesterday\", expected an RFC 3339 time such as \"2026-01-02T03:04:05Z\" \
             at line 1 column 46",
        ),
        (
            r#"[{"labels": {"a":"b"}, "endsAt": 12}]"#,
            "invalid type: integer `12`, expected an RFC 3339 time such as \"2026-01-02T03:04:05Z\" \
             at line 1 column 35",
        ),
        (r#"[{"labels": {"a":"\ud800"}}]"#, "unexpected end of hex escape at line 1 column 25"),
        (&nested, "invalid type: map, expected a string at line 1 column 16"),
    ] {
        let (status, reason) = bench.post("/api/v2/alerts", body).await.refusal();
        assert_eq!(status, 400);
        let expected = format!("the request body is not a list of alerts: {expected}");
        if body != "[[]]" {
            assert_eq!(reason, expected);
        }
    }
    assert_eq!(bench.post("/api/v2/alerts", &ignored).await.status, 200);
    let invalid_utf_8 = [b"[{\"labels\":{\"a\":\"".as_slice(), &[0xff, 0xfe], b"\"}}]"].concat();
    let (status, reason) = bench.call("POST", "/api/v2/alerts", invalid_utf_8).await.refusal();
    assert_eq!(status, 400);
    assert!(reason.contains("invalid unicode code point at line 1 column"), "{reason}");
    let (status, reason) = bench.post("/api/v2/silences", r#"{"matchers": {}}"#).await.refusal();
    assert_eq!(status, 400);
    assert!(
        reason.starts_with("the request body is not a silence: invalid type: map, expected a sequence"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let bench = Bench::new();
    let whole = Full::new(Bytes::from_static(br#"[{"labels":{"a":"b"}}]"#));
    let broken = whole
        .map_err(|never: Infallible| match never {})
        .with_trailers(async { Some(Err::<HeaderMap, _>(io::Error::other("connection reset"))) });
    let (status, reason) = bench.call("POST", "/api/v2/alerts", Body::new(broken)).await.refusal();
    assert_eq!(status, 400);
    assert_eq!(reason, "the request body broke off after 22 bytes: connection reset");
    assert_eq!(bench.firing(), 0);
}

#[tokio::test]
async fn a_sender_that_goes_away_in_the_middle_changes_nothing() {
    let bench = Bench::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let service = bench.service();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let head = format!("POST /api/v2/alerts HTTP/1.1\r\nHost: {address}\r\n");
    for body in [
        "Content-Length: 100\r\n\r\n[{\"labels\":{\"a\":\"b\"}}]",
        "Transfer-Encoding: chunked\r\n\r\n16\r\n[{\"labels\":{\"a\":\"b\"}}]\r\n",
    ] {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(format!("{head}{body}").as_bytes()).await.expect("sent");
        stream.shutdown().await.expect("half closed");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer or the end");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
        assert_eq!(bench.firing(), 0);
    }
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let whole = format!("{head}Connection: close\r\nContent-Length: 22\r\n\r\n[{{\"labels\":{{\"a\":\"b\"}}}}]");
    stream.write_all(whole.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert_eq!(bench.firing(), 1);
    server.abort();
}

#[tokio::test]
async fn a_slow_body_is_given_up() {
    let options = Options { body_read_for: Duration::from_millis(1), ..options() };
    let bench = Bench::with(options, Limits::default());
    let slow = Full::new(Bytes::from_static(b"[")).with_trailers(std::future::pending());
    let reply = bench.call("POST", "/api/v2/alerts", Body::new(slow)).await;
    assert_eq!(reply.refusal(), (408, "the request body was not complete after 0.001 s".to_owned()));
}

#[tokio::test]
async fn a_large_body_is_refused_with_the_limit() {
    let bench = Bench::new();
    let reply = bench.call("POST", "/api/v2/alerts", vec![b' '; (32 << 20) + 1]).await;
    let reason = "the request body is larger than 33554432 bytes; send several smaller ones";
    assert_eq!(reply.refusal(), (413, reason.to_owned()));
    let mut fits = vec![b' '; 32 << 20];
    fits[..2].copy_from_slice(b"[]");
    assert_eq!(bench.call("POST", "/api/v2/alerts", fits).await.status, 200);
    let announced = Request::post("/api/v2/alerts").header("host", "localhost").header("content-length", "33554433");
    let reply = bench.send(announced.body(Body::empty()).expect("a request")).await;
    assert_eq!(reply.status, 413);
    let silence = bench.call("POST", "/api/v2/silences", vec![b' '; 256 * 1024 + 1]).await;
    assert_eq!(silence.status, 413);
}

#[tokio::test]
async fn bodies_share_bounded_room() {
    let options = Options { bodies_bytes_max: 4096, ..options() };
    let bench = Bench::with(options, Limits::default());
    let reply = bench.call("POST", "/api/v2/alerts", vec![b' '; 5000]).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, "1"));
    assert_eq!(bench.post("/api/v2/alerts", "[]").await.status, 200);
}

#[tokio::test]
async fn compressed_bodies_and_odd_content_types() {
    let bench = Bench::new();
    for (name, value, expected) in [
        ("content-encoding", "gzip", 415),
        ("content-encoding", "identity", 200),
        ("content-type", "application/octet-stream", 200),
        ("content-type", "nonsense", 200),
    ] {
        let request = Request::post("/api/v2/alerts").header("host", "localhost").header(name, value);
        let reply = bench.send(request.body(Body::from("[]")).expect("a request")).await;
        assert_eq!(reply.status, expected, "{name}: {value}");
    }
}

#[tokio::test]
async fn more_alerts_than_anyone_sends_are_refused() {
    let bench = Bench::new();
    let body = format!("[{}{{}}]", "{},".repeat(100_000));
    let (status, reason) = bench.post("/api/v2/alerts", &body).await.refusal();
    assert_eq!(status, 400);
    assert!(reason.contains("more than 100000 alerts in one request at line 1 column"), "{reason}");
}

/// Bytes that are anything, and bytes that are almost a body.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let almost = r#"[\[{\]}",: a0-9\\e.+-]{0,60}|\[\{"labels":\{"a":"[a-z]{0,3}"\},"(startsAt|endsAt)":"[0-9TZ:.+-]{0,30}"\}\]|\{"matchers":\[\{"name":"a","value":"[(*|a-z]{0,4}","isRegex":true\}\],"startsAt":"2026-01-02T03:00:00Z","endsAt":"[0-9]{4}-01-02T03:00:00Z","createdBy":"","comment":""\}"#;
    prop_oneof![proptest::collection::vec(any::<u8>(), 0..200), almost.prop_map(String::into_bytes)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_body_is_taken_or_refused(body in bodies()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let bench = Bench::new();
        for path in POSTS {
            let reply = runtime.block_on(bench.call("POST", path, body.clone()));
            prop_assert!(reply.status == 200 || reply.status.is_client_error(), "{} {}", reply.status, reply.text);
        }
    }

    #[test]
    fn any_query_and_path_is_answered(query in "[ -~]{0,40}", path in "[a-z0-9/{}%.-]{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let bench = Bench::new();
        for target in [format!("/api/v2/alerts?filter={query}"), format!("/api/v2/silence/{path}"), format!("/{path}")] {
            if target.parse::<http::Uri>().is_ok() {
                let reply = runtime.block_on(bench.get(&target));
                prop_assert!(reply.status.as_u16() < 500, "{target}: {}", reply.status);
            }
        }
    }
}
