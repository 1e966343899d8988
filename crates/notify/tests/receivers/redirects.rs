//! Redirects: followed home, guarded abroad, never downgraded.

use evenkeel_model::{HttpAuth, HttpOptions, SecretRef};

use crate::sink::{Reply, Sink, answer};
use crate::{AMPLE, notice, sender, shown, webhook, webhook_with};

fn redirect(status: &str, location: &str) -> Reply {
    answer(status, &format!("location: {location}\r\n"), "")
}

#[tokio::test]
async fn a_redirect_home_keeps_method_body_and_credentials() {
    for (status, location) in [
        ("307 Temporary", "/other?y"),
        ("308 Permanent", "other?y"),
        ("307 Temporary", "//127.0.0.1:PORT/other?y"),
        ("308 Permanent", "http://127.0.0.1:PORT/other?y"),
    ] {
        let mut sink = Sink::start(move |n, port| match n {
            0 => redirect(status, &location.replace("PORT", &port.to_string())),
            _ => answer("200 OK", "", ""),
        })
        .await;
        let credentials = SecretRef::inline("token");
        let auth = Some(HttpAuth::Authorization { scheme: "Bearer".into(), credentials });
        let options = HttpOptions { auth, follow_redirects: true, ..HttpOptions::default() };
        let integration = webhook_with(SecretRef::inline(sink.url("/hook")), options);
        let outcome = sender().send(&integration, &notice(), AMPLE).await;
        assert_eq!(shown(&outcome, &[sink.port]), "delivered", "{location}");
        let (first, second) = (sink.seen().await, sink.seen().await);
        assert_eq!(second.head.lines().next(), Some("POST /other?y HTTP/1.1"));
        assert_eq!(second.header("authorization"), "Bearer token");
        assert_eq!(second.header("idempotency-key"), first.header("idempotency-key"));
        assert_eq!(first.body, second.body);
    }
}

/// The answer to the one request, and what becomes of it.
async fn check(status: &'static str, location: &'static str, expect: &str) {
    let mut sink = Sink::start(move |_, _| redirect(status, location)).await;
    let outcome = sender().send(&webhook(&sink.url("/hook")), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[sink.port]), expect, "{location}");
    sink.seen().await;
    assert!(sink.quiet(), "one request only");
}

#[tokio::test]
async fn a_redirect_elsewhere_goes_to_public_addresses_only() {
    let t = "307 Temporary";
    check(t, "http://127.0.0.1:1/", "no retry: 127.0.0.1:1: not allowed: it is a loopback address").await;
    check(t, "http://2130706433:1/", "no retry: 2130706433:1: not allowed: it is a loopback address").await;
    check(t, "http://localhost:1/", "no retry: localhost:1: not allowed: it is a loopback address").await;
    check(t, "http://[::1]/", "no retry: [::1]:80: not allowed: it is a loopback address").await;
    check(t, "http://user@10.0.0.1/", "no retry: 10.0.0.1:80: not allowed: it is a private address").await;
    check(t, "https://192.168.1.1/", "no retry: 192.168.1.1:443: not allowed: it is a private address").await;
    let metadata = "no retry: 169.254.169.254:80: not allowed: it is a link-local or metadata address";
    check(t, "http://169.254.169.254/latest/meta-data", metadata).await;
    check(t, "ftp://8.8.8.8/", "no retry: 127.0.0.1:P0: a redirect to what is neither `http://` nor `https://`").await;
}

#[tokio::test]
async fn redirects_that_drop_the_body_are_failures_that_say_so() {
    for status in ["301 Moved", "302 Found", "303 Other"] {
        let code = &status[..3];
        let turned = "a redirect that would turn the POST into a GET; configure the final address";
        check(status, "/other", &format!("no retry: 127.0.0.1:P0: status {code}, {turned}")).await;
    }
    check("304 Same", "/other", "no retry: 127.0.0.1:P0: status 304, a redirect that is not followed").await;
}

#[tokio::test]
async fn a_circle_ends_after_five_hops() {
    let mut sink = Sink::always(redirect("307 Temporary", "/again")).await;
    let outcome = sender().send(&webhook(&sink.url("/")), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[sink.port]), "no retry: 127.0.0.1:P0: more than 5 redirects");
    for _ in 0..6 {
        sink.seen().await;
    }
    assert!(sink.quiet());
}

#[tokio::test]
async fn redirects_are_not_followed_where_the_configuration_says_so() {
    let sink = Sink::always(redirect("307 Temporary", "/again")).await;
    let integration = webhook_with(SecretRef::inline(sink.url("/")), HttpOptions::default());
    let outcome = sender().send(&integration, &notice(), AMPLE).await;
    let expect = "no retry: 127.0.0.1:P0: status 307, a redirect that is not followed";
    assert_eq!(shown(&outcome, &[sink.port]), expect);
    let nowhere = Sink::always(answer("307 Temporary", "", "")).await;
    let outcome = sender().send(&webhook(&nowhere.url("/")), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[nowhere.port]), "no retry: 127.0.0.1:P0: a redirect to nowhere");
}
