//! Slack and what is compatible with it.

use evenkeel_alerting::Outcome;
use evenkeel_labels::LabelSet;
use evenkeel_model::{HttpOptions, SecretRef, SlackReceiver, Transport};
use evenkeel_notify::Content;

use crate::sink::{Reply, Sink, answer};
use crate::{AMPLE, integration, message, notice, sender, shown};

pub(crate) fn plain(url: &str) -> SlackReceiver {
    SlackReceiver {
        url: SecretRef::inline(url),
        channel: None,
        username: None,
        color: None,
        title: None,
        title_link: None,
        text: None,
        fallback: None,
        pretext: None,
        icon_emoji: None,
        icon_url: None,
        http: HttpOptions::default(),
    }
}

async fn body(change: impl FnOnce(&mut SlackReceiver), content: &Content) -> String {
    let mut sink = Sink::always(answer("200 OK", "", "ok")).await;
    let mut receiver = plain(&sink.url("/services/T/B/x"));
    change(&mut receiver);
    let outcome = sender().send(&integration(Transport::Slack(receiver)), content, AMPLE).await;
    assert_eq!(outcome, Outcome::Delivered);
    sink.seen().await.body
}

#[tokio::test]
async fn the_default_texts_are_alertmanagers() {
    let firing = r#"{"username":"Evenkeel","attachments":[{"title":"[FIRING:1] HighLatency (page)","title_link":"http://evenkeel.example/#/alerts?receiver=team+web","text":"","fallback":"[FIRING:1] HighLatency (page) | http://evenkeel.example/#/alerts?receiver=team+web","callback_id":"","footer":"","color":"danger","mrkdwn_in":["fallback","pretext","text"]}]}"#;
    assert_eq!(body(|_| {}, &notice()).await, firing);
    let mut resolved = message();
    resolved.alerts.remove(0);
    // Alertmanager puts `alertname` first and the rest by name; nothing is common beyond the group, so no brackets.
    resolved.group_labels =
        LabelSet::new([("alertname", "HighLatency"), ("instance", "b:9100"), ("severity", "page"), ("Zone", "eu")]);
    let text = body(|_| {}, &Content::Notice(resolved)).await;
    assert!(text.contains(r#""title":"[RESOLVED] HighLatency eu b:9100 page ","#), "{text}");
    assert!(text.contains(r#""color":"good""#), "{text}");
}

#[tokio::test]
async fn literal_texts_take_the_place_of_the_defaults() {
    let set = |text: &str| Some(text.into());
    let text = body(
        |slack| {
            slack.channel = set("#ops");
            slack.username = set("bot");
            slack.color = set("#123456");
            slack.title = set("a \"title\"");
            slack.title_link = set("http://x.example");
            slack.text = set("text\n");
            slack.fallback = set("f");
            slack.pretext = set("p");
            slack.icon_emoji = set(":fire:");
            slack.icon_url = set("http://i.example");
        },
        &notice(),
    )
    .await;
    let expect = r##"{"channel":"#ops","username":"bot","icon_emoji":":fire:","icon_url":"http://i.example","attachments":[{"title":"a \"title\"","title_link":"http://x.example","pretext":"p","text":"text\n","fallback":"f","callback_id":"","footer":"","color":"#123456","mrkdwn_in":["fallback","pretext","text"]}]}"##;
    assert_eq!(text, expect);
}

async fn check(reply: Reply, expect: &str) {
    let sink = Sink::always(reply).await;
    let transport = Transport::Slack(plain(&sink.url("/api/chat.postMessage")));
    let outcome = sender().send(&integration(transport), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[sink.port]), expect);
}

#[tokio::test]
async fn status_200_is_not_enough_for_the_api() {
    let said = |body: &str| answer("200 OK", "content-type: application/json\r\n", body);
    check(said(r#"{"ok":true,"ts":"1"}"#), "delivered").await;
    check(
        said(r#"{"ok":false,"error":"channel_not_found"}"#),
        "no retry: 127.0.0.1:P0: Slack refused: channel_not_found",
    )
    .await;
    check(said(r#"{"ok":false,"error":"ratelimited"}"#), "retry: 127.0.0.1:P0: Slack refused: ratelimited").await;
    check(said(r#"{"ok":false}"#), "no retry: 127.0.0.1:P0: Slack refused: no reason given").await;
    check(answer("200 OK", "", "ok"), "delivered").await;
    check(answer("404 Not Found", "", "no_service"), "no retry: 127.0.0.1:P0: status 404: no_service").await;
    check(answer("429 Slow", "retry-after: 30\r\n", ""), "retry after 30s: 127.0.0.1:P0: status 429").await;
    let half = Reply::Last("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"ok\":fal".to_owned());
    check(half, "retry, may have arrived: 127.0.0.1:P0: the answer broke off").await;
}
