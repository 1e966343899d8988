//! Who is let in: `Host`, `Origin`, `Sec-Fetch-Site`, proxies' headers.

use axum::body::Body;
use evenkeel_api::Options;
use evenkeel_engine::Limits;
use http::Request;

use crate::bench::{Bench, options};

async fn check(bench: &Bench, method: &str, headers: &[(&str, &str)]) -> u16 {
    let path = if method == "GET" { "/-/healthy" } else { "/api/v2/alerts" };
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if method == "POST" { Body::from("[]") } else { Body::empty() };
    let reply = bench.send(request.body(body).expect("a request")).await;
    if reply.status.is_client_error() && method != "PUT" {
        assert!(reply.json().is_string(), "{}", reply.text);
    }
    reply.status.as_u16()
}

#[tokio::test]
async fn only_hosts_that_are_this_machine_or_listed_are_served() {
    let hosts = vec!["ops.example".to_owned(), "alerts.example:8443".to_owned()];
    let bench = Bench::with(Options { hosts, ..options() }, Limits::default());
    for (host, expected) in [
        ("localhost", 200),
        ("LocalHost:7070", 200),
        ("127.0.0.1:7070", 200),
        ("127.1.2.3", 200),
        ("[::1]:7070", 200),
        ("ops.example", 200),
        ("Ops.Example:99", 200),
        ("alerts.example:8443", 200),
        ("alerts.example", 421),
        ("evil.example", 421),
        ("evil.example:7070", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("0.0.0.0:7070", 421),
        ("192.168.0.1", 421),
        ("[::]:7070", 421),
        ("[::ffff:127.0.0.1]", 421),
        ("localhost:x", 400),
        ("", 400),
    ] {
        for method in ["GET", "POST"] {
            assert_eq!(check(&bench, method, &[("host", host)]).await, expected, "{method} {host}");
        }
    }
    assert_eq!(check(&bench, "GET", &[]).await, 400);
    assert_eq!(check(&bench, "GET", &[("host", "localhost"), ("host", "evil.example")]).await, 400);
}

#[tokio::test]
async fn a_target_with_an_authority_counts_as_host() {
    let bench = Bench::new();
    for (target, host, expected) in [
        ("http://localhost:7070/healthz", None, 200),
        ("http://localhost:7070/healthz", Some("localhost:7070"), 200),
        ("http://evil.example/healthz", None, 421),
        ("http://evil.example/healthz", Some("localhost"), 400),
        ("http://localhost/healthz", Some("evil.example"), 400),
    ] {
        let mut request = Request::builder().uri(target);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let reply = bench.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.status, expected, "{target} {host:?}");
    }
}

#[tokio::test]
async fn pages_of_other_origins_change_nothing() {
    let bench = Bench::new();
    let json = ("content-type", "application/json");
    for (headers, expected) in [
        (vec![], 200),
        (vec![("origin", "http://localhost:7070")], 200),
        (vec![("origin", "https://localhost:7070")], 200),
        (vec![("origin", "http://localhost:7070"), ("sec-fetch-site", "same-origin")], 200),
        (vec![("sec-fetch-site", "none")], 200),
        (vec![("origin", "http://localhost:3000")], 403),
        (vec![("origin", "http://localhost")], 403),
        (vec![("origin", "http://127.0.0.1:7070")], 403),
        (vec![("origin", "http://evil.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![("origin", "")], 403),
        (vec![("origin", "http://localhost:7070"), ("origin", "http://evil.example")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("origin", "http://localhost:7070"), ("sec-fetch-site", "cross-site")], 403),
    ] {
        let mut all = vec![("host", "localhost:7070"), json];
        all.extend(headers.clone());
        assert_eq!(check(&bench, "POST", &all).await, expected, "{headers:?}");
        assert_eq!(check(&bench, "GET", &all).await, 200, "{headers:?}");
        let put = check(&bench, "PUT", &all).await;
        assert_eq!(put, if expected == 200 { 405 } else { 403 }, "{headers:?}");
    }
}

#[tokio::test]
async fn a_browser_sends_json_as_json() {
    let bench = Bench::new();
    let browser = [("host", "localhost:7070"), ("origin", "http://localhost:7070")];
    for (kind, expected) in [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("text/plain", 415),
        ("Text/Plain;charset=UTF-8", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
    ] {
        let mut headers = browser.to_vec();
        headers.push(("content-type", kind));
        assert_eq!(check(&bench, "POST", &headers).await, expected, "{kind}");
        assert_eq!(check(&bench, "POST", &[("host", "localhost"), ("content-type", kind)]).await, 200, "{kind}");
    }
}

#[tokio::test]
async fn what_comes_through_a_proxy_is_remote() {
    let bench = Bench::new();
    for name in ["forwarded", "x-forwarded-for", "X-Forwarded-Host", "x-forwarded-proto", "x-forwarded-anything"] {
        for method in ["GET", "POST"] {
            assert_eq!(check(&bench, method, &[("host", "localhost"), (name, "x")]).await, 401, "{method} {name}");
        }
    }
}
