//! The plain GETs of heartbeats and probes.

use std::time::Duration;

use evenkeel_notify::{Fault, HttpClient};

use crate::sink::{Reply, Sink, answer, closed_port};
use crate::{AMPLE, sender, shown};

#[tokio::test]
async fn a_heartbeat_is_good_when_the_answer_is_2xx() {
    let mut sink = Sink::start(|n, _| if n == 0 { answer("204 Fine", "", "") } else { answer("500 Oh", "", "") }).await;
    assert_eq!(shown(&sender().ping(&sink.url("/ping/secret"), AMPLE).await, &[]), "delivered");
    assert_eq!(sink.seen().await.head.lines().next(), Some("GET /ping/secret HTTP/1.1"));
    let bad = shown(&sender().ping(&sink.url("/ping/secret"), AMPLE).await, &[sink.port]);
    assert_eq!(bad, "retry: 127.0.0.1:P0: status 500");
    let port = closed_port().await;
    let refused = shown(&sender().ping(&format!("http://localhost:{port}/"), AMPLE).await, &[port]);
    assert_eq!(refused, "retry: localhost:P0: connection refused");
}

async fn fault(reply: Reply, timeout: Duration) -> (Fault, String) {
    let sink = Sink::always(reply).await;
    let error = HttpClient::new().get(&sink.url("/"), timeout, 1000).await.expect_err("a fault");
    (error.fault, error.reason)
}

#[tokio::test]
async fn a_body_is_read_to_its_end_or_to_the_limit() {
    let sink = Sink::start(|n, _| answer("200 OK", "", &"x".repeat([10, 1000, 1001, 1 << 20][n]))).await;
    let client = HttpClient::new();
    for length in [10, 1000, 1000, 1000] {
        let answer = client.get(&sink.url("/"), AMPLE, 1000).await.expect("an answer");
        assert_eq!((answer.status, answer.body.len()), (200, length));
    }
    let half = Reply::Last("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal".to_owned());
    assert_eq!(fault(half, AMPLE).await, (Fault::Broken, "the answer broke off".to_owned()));
    let drip = Reply::Drip("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n".to_owned());
    let late = (Fault::Timeout, "no complete answer within 90ms".to_owned());
    assert_eq!(fault(drip, Duration::from_millis(90)).await, late);
    let late = (Fault::Timeout, "no answer within 90ms".to_owned());
    assert_eq!(fault(Reply::Hang, Duration::from_millis(90)).await, late);
}

#[tokio::test]
async fn redirects_are_answers_and_metadata_is_refused() {
    let sink = Sink::always(answer("302 Found", "location: http://10.0.0.1/\r\n", "")).await;
    let answer = HttpClient::new().get(&sink.url("/"), AMPLE, 10).await.expect("an answer");
    assert_eq!(answer.status, 302);
    let refused = HttpClient::new().get("http://169.254.169.254/", AMPLE, 10).await.expect_err("refused");
    assert_eq!(refused.fault, Fault::Refused);
}
