//! What a sender is told when an input was not taken.

use evenkeel_api::{Options, Unavailable};
use evenkeel_engine::Limits;

use crate::bench::{Bench, options};

const SILENCE: &str = r#"{"matchers":[{"name":"a","value":"b","isRegex":false}],"startsAt":"2026-01-02T03:00:00Z",
    "endsAt":"2026-01-02T05:00:00Z","createdBy":"me","comment":"c"}"#;

#[tokio::test]
async fn nothing_is_dropped_in_silence() {
    let bench = Bench::new();
    for (unavailable, status, retry_after, reason) in [
        (Unavailable::Full { retry_after_s: 3 }, 429, "3", "too many inputs wait to be made durable; send again later"),
        (
            Unavailable::NotDurable { reason: "the disk is full".into(), retry_after_s: 30 },
            503,
            "30",
            "could not be made durable, so it was not taken: the disk is full",
        ),
        (Unavailable::Stopping, 503, "5", "evenkeel is stopping; send again later"),
    ] {
        bench.fail(Some(unavailable));
        for (method, path, body) in [
            ("POST", "/api/v2/alerts", r#"[{"labels":{"a":"b"}}]"#),
            ("POST", "/api/v2/silences", SILENCE),
            ("DELETE", "/api/v2/silence/00000000-0000-8000-8000-000000000001", ""),
        ] {
            let reply = bench.call(method, path, body.to_owned()).await;
            assert_eq!(reply.refusal(), (status, reason.to_owned()), "{method} {path}");
            assert_eq!(reply.header("retry-after"), retry_after);
        }
    }
    bench.fail(None);
    assert_eq!(bench.firing(), 0);
    assert_eq!(bench.post("/api/v2/silences", SILENCE).await.status, 200);
}

#[tokio::test]
async fn more_requests_than_may_be_handled_are_told_to_come_again() {
    let bench = Bench::with(Options { requests_max: 0, ..options() }, Limits::default());
    let reply = bench.get("/api/v2/alerts").await;
    assert_eq!(reply.refusal(), (503, "too many requests at once; send again later".to_owned()));
    assert_eq!(reply.header("retry-after"), "1");
}
