//! What is no token: refused, counted, slowed down, and bounded.

use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

use crate::bench::{Bench, owner};
use crate::caller::Caller;

/// A token of the right form that nobody has.
fn unknown() -> String {
    evenkeel_identity::TokenSecret::new([0xee; 32]).shown()
}

#[tokio::test(start_paused = true)]
async fn what_is_no_token_is_refused_whatever_else_would_let_it_in() {
    let bench = Bench::new();
    let cut = owner()[..45].to_owned();
    let long = format!("Bearer {}{}", owner(), "x".repeat(2000));
    for (header, code) in [
        (format!("Bearer {}", unknown()), "is not known here"),
        (format!("Bearer {cut}"), "holds no token"),
        ("Bearer".to_owned(), "holds no token"),
        ("Bearer x y".to_owned(), "holds no token"),
        (String::new(), "holds no token"),
        (owner(), "holds no token"),
        ("Digest username=\"x\"".to_owned(), "holds no token"),
        ("Basic %%%".to_owned(), "holds no token"),
        ("Basic eA==".to_owned(), "holds no token"),
        (long, "holds no token"),
    ] {
        for caller in [Caller::local(), Caller::remote()] {
            let caller = caller.with("authorization", &header);
            for (method, path) in [("GET", "/-/healthy"), ("POST", "/api/v2/alerts")] {
                let (status, reason) = caller.call(&bench, method, path, "[]").await.refusal();
                assert_eq!((status, reason.contains(code)), (401, true), "{header}: {reason}");
            }
            // Whether the process lives is never kept from anyone.
            assert_eq!(caller.get(&bench, "/healthz").await.status, 200);
        }
    }
    let twice = Caller::owner().bearing(&owner());
    assert_eq!(twice.get(&bench, "/api/v2/alerts").await.status, 401);
    let metrics = bench.get("/metrics").await.text;
    assert!(metrics.contains("evenkeel_http_unidentified_total{reason=\"unknown\"} 4"), "{metrics}");
    assert!(metrics.contains("evenkeel_http_unidentified_total{reason=\"malformed\"} 37"), "{metrics}");
    assert!(!metrics.contains("ek_"));
}

#[tokio::test(start_paused = true)]
async fn wrong_tokens_wait_and_the_right_one_does_not() {
    let bench = Bench::new();
    let started = Instant::now();
    assert_eq!(Caller::local().bearing(&unknown()).get(&bench, "/-/healthy").await.status, 401);
    assert_eq!(started.elapsed(), Duration::from_millis(250));
    let wrong = Caller::remote().bearing(&unknown());
    let (bench, started) = (Arc::new(bench), Instant::now());
    let mut waiting = JoinSet::new();
    for _ in 0..40 {
        let (bench, wrong) = (bench.clone(), wrong.clone());
        waiting.spawn(async move { wrong.get(&bench, "/-/healthy").await.status.as_u16() });
    }
    tokio::task::yield_now().await;
    assert_eq!(Caller::owner().get(&bench, "/api/v2/alerts").await.status, 200, "whoever has a token is let in");
    assert_eq!(started.elapsed(), Duration::ZERO);
    let mut statuses = Vec::new();
    while let Some(status) = waiting.join_next().await {
        statuses.push(status.expect("it is answered"));
    }
    assert_eq!(started.elapsed(), Duration::from_millis(250));
    let (first, last) = statuses.split_at(8);
    assert_eq!((first, last), (&[429; 8][..], &[401; 32][..]), "so many wait, the others are told at once");
}
