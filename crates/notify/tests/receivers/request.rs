//! Requests that a person makes: sent once, with a token, to the address they gave.

use std::time::Duration;

use evenkeel_notify::{Fault, HttpClient, Method, Request};
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use crate::AMPLE;
use crate::sink::{Reply, Sink, answer};

fn request(url: &str) -> Request<'_> {
    Request { method: Method::Get, url, bearer: None, body: None, headers: &[], timeout: AMPLE, body_limit: 1000 }
}

#[tokio::test]
async fn method_token_and_body_are_sent() {
    let mut sink = Sink::always(answer("200 OK", "", "[]")).await;
    let url = sink.url("/api?x=1");
    let body = Some(b"{}".to_vec());
    let post = Request { method: Method::Post, bearer: Some("ek_token"), body, ..request(&url) };
    let got = HttpClient::request(post).await.expect("an answer");
    assert_eq!((got.status, got.body.as_slice()), (200, b"[]".as_slice()));
    let seen = sink.seen().await;
    assert_eq!(seen.head.lines().next(), Some("POST /api?x=1 HTTP/1.1"));
    assert_eq!((seen.header("authorization"), seen.body.as_str()), ("Bearer ek_token", "{}"));
    assert_eq!(seen.header("content-type"), "application/json");
    HttpClient::request(Request { method: Method::Delete, ..request(&url) }).await.expect("an answer");
    let seen = sink.seen().await;
    assert_eq!(seen.head.lines().next(), Some("DELETE /api?x=1 HTTP/1.1"));
    assert_eq!((seen.optional("authorization"), seen.optional("content-type")), (None, None));
    assert_eq!(seen.connection, 1, "a connection of its own");
}

#[tokio::test]
async fn a_further_header_takes_the_place_of_the_usual_one() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let url = sink.url("/write");
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("application/x-protobuf"))];
    let client = HttpClient::new();
    for connection in [0, 0] {
        let post = Request { method: Method::Post, body: Some(b"x".to_vec()), headers: &headers, ..request(&url) };
        client.repeatable(post).await.expect("an answer");
        let seen = sink.seen().await;
        let types = seen.head.to_ascii_lowercase().matches("content-type:").count();
        assert_eq!((seen.header("content-type"), types), ("application/x-protobuf", 1));
        assert_eq!(seen.connection, connection, "the connection of before");
    }
}

#[tokio::test]
async fn an_answer_is_whole_and_in_time_or_an_error() {
    let fault = async |reply: Reply, timeout: Duration| {
        let sink = Sink::always(reply).await;
        let url = sink.url("/");
        let error = HttpClient::request(Request { timeout, ..request(&url) }).await.expect_err("a fault");
        (error.fault, error.reason)
    };
    let long = answer("200 OK", "", &"x".repeat(1001));
    assert_eq!(fault(long, AMPLE).await, (Fault::Broken, "more than 1000 bytes".to_owned()));
    let half = Reply::Last("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal".to_owned());
    assert_eq!(fault(half, AMPLE).await, (Fault::Broken, "the answer broke off".to_owned()));
    let drip = Reply::Drip("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n".to_owned());
    let late = (Fault::Timeout, "no complete answer within 90ms".to_owned());
    assert_eq!(fault(drip, Duration::from_millis(90)).await, late);
    let late = (Fault::Timeout, "no answer within 90ms".to_owned());
    assert_eq!(fault(Reply::Hang, Duration::from_millis(90)).await, late);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_a_token_that_fits_nowhere_goes_nowhere() {
    let mut sink = Sink::always(answer("307 Elsewhere", "location: http://127.0.0.1:1/\r\n", "")).await;
    let url = sink.url("/");
    let got = HttpClient::request(Request { bearer: Some("ek_token"), ..request(&url) }).await.expect("an answer");
    assert_eq!(got.status, 307);
    sink.seen().await;
    let split = Request { bearer: Some("ek\r\nX: y"), ..request(&url) };
    let error = HttpClient::request(split).await.expect_err("a fault");
    assert_eq!((error.fault, error.reason.as_str()), (Fault::Address, "a token that fits into no header"));
    assert!(sink.quiet());
    let refused = HttpClient::request(request("http://169.254.169.254/")).await.expect_err("refused");
    assert_eq!(refused.fault, Fault::Refused);
}
