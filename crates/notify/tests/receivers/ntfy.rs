//! Pushes to phones.

use evenkeel_alerting::Outcome;
use evenkeel_model::{HttpAuth, HttpOptions, NtfyReceiver, SecretRef, Transport};
use evenkeel_notify::Content;

use crate::incident::{page, paged, to_ntfy, update};
use crate::sink::{Seen, Sink, answer};
use crate::{AMPLE, integration, notice, sender, shown};

async fn pushed(content: &Content) -> Seen {
    let mut sink = Sink::always(answer("200 OK", "", r#"{"id":"x"}"#)).await;
    let outcome = sender().send(&to_ntfy(&sink), content, AMPLE).await;
    assert_eq!(outcome, Outcome::Delivered);
    sink.seen().await
}

#[tokio::test]
async fn a_page_is_a_loud_push_with_a_button() {
    let seen = pushed(&paged(page())).await;
    assert_eq!(seen.head.lines().next(), Some("POST / HTTP/1.1"), "the topic is in the body");
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(seen.header("authorization"), "Bearer tk_secret");
    assert_eq!(seen.header("idempotency-key"), "0123456789abcdef");
    let expect = concat!(
        r#"{"topic":"ops-pages","title":"[sev1] Orders \"<!channel>\"  Bcc: x (incident:17)","#,
        r#""message":"You are paged. Please acknowledge.\n\nWho suffers: customers: cannot pay\n"#,
        r#"What is seen: p99 > 1s & <b>\nWhat to do: runbooks/orders.md\n"#,
        r#"Why you: policy payments, step 1; schedule primary\nHow bad: sev1, tier 1 is down\nWorkload: orders\n"#,
        r#"Since: 2026-11-18T11:06:40.12Z\nEscalation: step 1, round 2","priority":5,"tags":["rotating_light"],"#,
        r#""click":"https://evenkeel.example/p/AbCdEfGhIjKlMnOp","actions":[{"action":"view","label":"Acknowledge","#,
        r#""url":"https://evenkeel.example/p/AbCdEfGhIjKlMnOp"}]}"#
    );
    assert_eq!(seen.body, expect);
}

#[tokio::test]
async fn an_update_is_a_quiet_push_without_a_button() {
    let seen = pushed(&Content::Update(update())).await;
    let expect = concat!(
        r#"{"topic":"ops-pages","title":"Payments work again","#,
        r#""message":"It is over.\n<b>Thanks</b> & sorry.","priority":3,"tags":["white_check_mark"]}"#
    );
    assert_eq!(seen.body, expect);
}

#[tokio::test]
async fn a_notice_is_pushed_too() {
    let body = pushed(&notice()).await.body;
    assert!(body.starts_with(r#"{"topic":"ops-pages","title":"[FIRING:1] HighLatency (page)","message":""#), "{body}");
    let end = r#","priority":3,"tags":["warning"],"click":"http://evenkeel.example/#/alerts?receiver=team+web"}"#;
    assert!(body.ends_with(end), "{body}");
}

#[tokio::test]
async fn a_server_that_wants_rest_gets_it() {
    let said = r#"{"code":42901,"http":429,"error":"limit reached: too many requests"}"#;
    for (reply, expect) in
        [(answer("429 Slow", "retry-after: 30\r\n", said), "retry after 30s"), (answer("429 Slow", "", said), "retry")]
    {
        let sink = Sink::always(reply).await;
        let outcome = shown(&sender().send(&to_ntfy(&sink), &paged(page()), AMPLE).await, &[sink.port]);
        assert_eq!(outcome, format!("{expect}: 127.0.0.1:P0: status 429: {said}"));
    }
}

#[tokio::test]
async fn neither_topic_nor_token_is_in_a_reason() {
    let sink = Sink::always(answer("403 No", "", "ops-pages is not for tk_secret")).await;
    let outcome = shown(&sender().send(&to_ntfy(&sink), &paged(page()), AMPLE).await, &[sink.port]);
    assert_eq!(outcome, "no retry: 127.0.0.1:P0: status 403: <secret> is not for <secret>");
}

#[tokio::test]
async fn without_a_token_the_usual_credentials_are_shown() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let auth = HttpAuth::Basic { username: "ops".into(), password: Some(SecretRef::inline("pass")) };
    let http = HttpOptions { auth: Some(auth), ..HttpOptions::default() };
    let url = SecretRef::inline(sink.url("/push/ops-pages"));
    let to = integration(Transport::Ntfy(NtfyReceiver { url, token: None, http }));
    sender().send(&to, &paged(page()), AMPLE).await;
    let seen = sink.seen().await;
    assert_eq!(seen.head.lines().next(), Some("POST /push/ HTTP/1.1"));
    assert_eq!(seen.header("authorization"), "Basic b3BzOnBhc3M=");
}

#[tokio::test]
async fn an_address_without_a_topic_is_refused_before_anything_is_sent() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let url = SecretRef::inline(sink.url("/"));
    let to = integration(Transport::Ntfy(NtfyReceiver { url, token: None, http: HttpOptions::default() }));
    let outcome = shown(&sender().send(&to, &paged(page()), AMPLE).await, &[sink.port]);
    assert!(outcome.starts_with("no retry: 127.0.0.1:P0: the address has to end in a topic"), "{outcome}");
    assert!(sink.quiet());
}
