//! Pages and updates over each transport that is not mail, and how they are judged.

use std::sync::Arc;

use evenkeel_alerting::Outcome;
use evenkeel_ids::{DocumentRef, IncidentId, NoticeId, PageId, Seq, UpdateId};
use evenkeel_incident::{PageMessage, UpdateMessage, UpdateText};
use evenkeel_model::{FileReceiver, Integration, NtfyReceiver, SecretRef, Transport};
use evenkeel_notify::{Content, Delivery, Limits, MessageId, Pool, Submitted};
use evenkeel_record::{Ask, SentId, UpdateKind};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use tokio::sync::mpsc;

use crate::sink::{Reply, Sink, answer};
use crate::{AMPLE, integration, sender, sender_in, shown, slack, webhook};

pub(crate) const LINK: &str = "https://evenkeel.example/p/AbCdEfGhIjKlMnOp";

/// A page with texts that need quoting everywhere.
pub(crate) fn page() -> PageMessage {
    PageMessage {
        page: PageId(Seq(19)),
        incident: IncidentId(Seq(17)),
        to: DocumentRef::Person("ada".into()),
        contact: "phone".into(),
        ask: Ask::Acknowledge,
        title: "Orders \"<!channel>\"\r\nBcc: x".into(),
        severity: Severity::Sev1,
        severity_reason: "tier 1 is down".into(),
        workload: Some("orders".into()),
        impact_who: "customers".into(),
        impact_what: "cannot pay".into(),
        summary: "p99 > 1s & <b>".into(),
        because: vec!["policy payments, step 1".into(), "schedule primary".into()],
        procedure: Some("runbooks/orders.md".into()),
        step: Some((0, 1)),
        update: None,
        opened_at: Timestamp(1_795_000_000_120),
        attempt: 2,
        not_after: Timestamp(1_795_003_600_000),
        idempotency_key: "0123456789abcdef".to_owned(),
    }
}

pub(crate) fn update() -> UpdateMessage {
    UpdateMessage {
        update: UpdateId(Seq(30)),
        incident: IncidentId(Seq(17)),
        address: "status/slack[0]".into(),
        audience: "customers".into(),
        kind: UpdateKind::Recovery,
        title: "Payments work again".into(),
        text: "It is over.\n<b>Thanks</b> & sorry.".into(),
        severity: Severity::Sev2,
        attempt: 1,
        not_after: Timestamp(1_795_003_600_000),
        idempotency_key: "fedcba9876543210".to_owned(),
    }
}

pub(crate) fn paged(message: PageMessage) -> Content {
    Content::page(message, Some(LINK.to_owned()))
}

const PAGE_JSON: &str = concat!(
    r#"{"version":"1","kind":"page","id":"page:19","incident":"incident:17","to":"person:ada","contact":"phone","#,
    r#""ask":"acknowledge","title":"Orders \"<!channel>\"\r\nBcc: x","severity":"sev1","#,
    r#""severity_reason":"tier 1 is down","workload":"workload:orders","#,
    r#""impact":{"who":"customers","what":"cannot pay"},"summary":"p99 > 1s & <b>","#,
    r#""because":["policy payments, step 1","schedule primary"],"procedure":"runbooks/orders.md","#,
    r#""escalation":{"step":0,"round":1},"update":null,"opened_at":"2026-11-18T11:06:40.120Z","#,
    r#""link":"https://evenkeel.example/p/AbCdEfGhIjKlMnOp","attempt":2,"not_after":"2026-11-18T12:06:40.000Z","#,
    r#""idempotency_key":"0123456789abcdef","external_url":"http://evenkeel.example"}"#
);

const UPDATE_JSON: &str = concat!(
    r#"{"version":"1","kind":"update","id":"update:30","incident":"incident:17","address":"status/slack[0]","#,
    r#""audience":"customers","update_kind":"recovery","title":"Payments work again","#,
    r#""text":"It is over.\n<b>Thanks</b> & sorry.","severity":"sev2","attempt":1,"#,
    r#""not_after":"2026-11-18T12:06:40.000Z","idempotency_key":"fedcba9876543210","#,
    r#""external_url":"http://evenkeel.example"}"#
);

/// What arrives when `content` is sent through what `make` gives for the sink's address.
async fn arrives(make: impl FnOnce(&Sink) -> Integration, content: &Content) -> crate::sink::Seen {
    let mut sink = Sink::always(answer("200 OK", "", "ok")).await;
    let outcome = sender().send(&make(&sink), content, AMPLE).await;
    assert_eq!(outcome, Outcome::Delivered);
    sink.seen().await
}

#[tokio::test]
async fn a_webhook_gets_json_of_our_own() {
    let seen = arrives(|sink| webhook(&sink.url("/hook")), &paged(page())).await;
    assert_eq!(seen.head.lines().next(), Some("POST /hook HTTP/1.1"));
    assert_eq!(seen.header("idempotency-key"), "0123456789abcdef");
    assert_eq!(seen.body, PAGE_JSON);
    let seen = arrives(|sink| webhook(&sink.url("/hook")), &Content::Update(update())).await;
    assert_eq!(seen.header("idempotency-key"), "fedcba9876543210");
    assert_eq!(seen.body, UPDATE_JSON);
}

#[tokio::test]
async fn a_webhook_is_told_which_update_waits_for_approval() {
    let mut message = page();
    message.ask = Ask::Approve(UpdateId(Seq(30)));
    message.update = Some(UpdateText { title: "t".into(), text: "two\nlines".into() });
    (message.workload, message.procedure, message.step) = (None, None, None);
    let seen = arrives(|sink| webhook(&sink.url("/")), &Content::page(message, None)).await;
    let body = &seen.body;
    assert!(body.contains(r#""ask":"approve","#), "{body}");
    assert!(body.contains(r#""update":{"id":"update:30","title":"t","text":"two\nlines"},"#), "{body}");
    assert!(body.contains(r#""workload":null,"#) && body.contains(r#""procedure":null,"escalation":null,"#), "{body}");
    assert!(body.contains(r#""link":null,"#), "{body}");
}

#[tokio::test]
async fn a_file_gets_the_same_in_one_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let to = integration(Transport::File(FileReceiver { path: "pages.jsonl".into() }));
    for content in [paged(page()), Content::Update(update())] {
        assert_eq!(shown(&sender_in(folder.path()).send(&to, &content, AMPLE).await, &[]), "delivered");
    }
    let text = std::fs::read_to_string(folder.path().join("notices/pages.jsonl")).unwrap();
    assert_eq!(text, format!("{PAGE_JSON}\n{UPDATE_JSON}\n"));
}

fn to_slack(sink: &Sink) -> Integration {
    let mut receiver = slack::plain(&sink.url("/services/T/B/x"));
    receiver.channel = Some("#ops".into());
    // These are meant for notices.
    (receiver.title, receiver.text) = (Some("mine".into()), Some("mine".into()));
    integration(Transport::Slack(receiver))
}

#[tokio::test]
async fn slack_gets_fields_and_a_button_and_no_mention() {
    let seen = arrives(to_slack, &paged(page())).await;
    let expect = concat!(
        r##"{"channel":"#ops","username":"Evenkeel","##,
        r#""text":"[sev1] Orders \"&lt;!channel&gt;\"  Bcc: x (incident:17)","#,
        r#""mrkdwn":false,"link_names":false,"unfurl_links":false,"attachments":[{"#,
        r#""fallback":"[sev1] Orders \"&lt;!channel&gt;\"  Bcc: x (incident:17)","color":"danger","#,
        r#""title":"You are paged. Please acknowledge.","title_link":"https://evenkeel.example/p/AbCdEfGhIjKlMnOp","#,
        r#""text":"","fields":[{"title":"Who suffers","value":"customers: cannot pay","short":true},"#,
        r#"{"title":"What is seen","value":"p99 &gt; 1s &amp; &lt;b&gt;","short":true},"#,
        r#"{"title":"What to do","value":"runbooks/orders.md","short":true},"#,
        r#"{"title":"Why you","value":"policy payments, step 1; schedule primary","short":false},"#,
        r#"{"title":"How bad","value":"sev1, tier 1 is down","short":true},"#,
        r#"{"title":"Workload","value":"orders","short":true},"#,
        r#"{"title":"Since","value":"2026-11-18T11:06:40.12Z","short":true},"#,
        r#"{"title":"Escalation","value":"step 1, round 2","short":true}],"#,
        r#""actions":[{"type":"button","text":"Acknowledge","url":"https://evenkeel.example/p/AbCdEfGhIjKlMnOp","#,
        r#""style":"primary"}],"mrkdwn_in":[]}]}"#
    );
    assert_eq!(seen.body, expect);
    let seen = arrives(to_slack, &Content::Update(update())).await;
    let expect = concat!(
        r##"{"channel":"#ops","username":"Evenkeel","text":"Payments work again","##,
        r#""mrkdwn":false,"link_names":false,"unfurl_links":false,"attachments":[{"#,
        r##""fallback":"Payments work again","color":"#439fe0","##,
        r#""text":"It is over.\n&lt;b&gt;Thanks&lt;/b&gt; &amp; sorry.","mrkdwn_in":[]}]}"#
    );
    assert_eq!(seen.body, expect);
}

pub(crate) fn to_ntfy(sink: &Sink) -> Integration {
    let url = SecretRef::inline(sink.url("/ops-pages"));
    let token = Some(SecretRef::inline("tk_secret"));
    integration(Transport::Ntfy(NtfyReceiver { url, token, http: evenkeel_model::HttpOptions::default() }))
}

/// One transport that takes pages and updates alike, to be judged by its answers.
async fn check(make: fn(&Sink) -> Integration, reply: Reply, expect: &str) {
    let sink = Sink::always(reply).await;
    let to = make(&sink);
    for content in [paged(page()), Content::Update(update())] {
        assert_eq!(shown(&sender().send(&to, &content, AMPLE).await, &[sink.port]), expect);
    }
}

#[tokio::test]
async fn answers_mean_the_same_as_for_notices() {
    let to_webhook = |sink: &Sink| webhook(&sink.url("/hook"));
    for make in [to_webhook, to_slack, to_ntfy] {
        check(make, answer("200 OK", "", "ok"), "delivered").await;
        check(make, answer("503 Oh", "retry-after: 7\r\n", ""), "retry after 7s: 127.0.0.1:P0: status 503").await;
        check(make, answer("500 Oh", "", "oh"), "retry: 127.0.0.1:P0: status 500: oh").await;
        check(make, answer("404 Not", "", ""), "no retry: 127.0.0.1:P0: status 404").await;
        let closed = "retry, may have arrived: 127.0.0.1:P0: the other side closed the connection without an answer";
        check(make, Reply::Last(String::new()), closed).await;
    }
    let refused = answer("200 OK", "", r#"{"ok":false,"error":"channel_not_found"}"#);
    check(to_slack, refused, "no retry: 127.0.0.1:P0: Slack refused: channel_not_found").await;
}

#[tokio::test]
async fn no_reason_gives_the_link_away() {
    let to_webhook = |sink: &Sink| webhook(&sink.url("/hook"));
    for make in [to_webhook, to_slack, to_ntfy] {
        let said = format!("no such link: {LINK}, {}, /p/AbCdEfGhIjKl...", &LINK[25..]);
        let sink = Sink::always(answer("400 Bad", "", &said)).await;
        let outcome = shown(&sender().send(&make(&sink), &paged(page()), AMPLE).await, &[sink.port]);
        let expect = "no retry: 127.0.0.1:P0: status 400: no such link: <secret>, p/<secret>, /p/<secret>...";
        assert_eq!(outcome, expect);
    }
}

#[tokio::test]
async fn outcomes_come_back_under_the_key_of_what_was_sent() {
    let sink = Sink::always(answer("200 OK", "", "")).await;
    let integration = Arc::new(webhook(&sink.url("/")));
    let (tell, mut outcomes) = mpsc::channel(4);
    let pool = Pool::new(sender(), Limits { in_flight: 1, per_integration: 1 }, tell);
    let submit =
        |content: Content| pool.submit(Delivery { integration: Arc::clone(&integration), content, deadline: AMPLE });
    let on = |contact: &str| PageMessage { contact: contact.into(), ..page() };
    assert_eq!(submit(paged(on("phone"))), Submitted::Queued);
    assert_eq!(submit(paged(on("phone"))), Submitted::AlreadyOpen);
    assert_eq!(submit(paged(on("mail"))), Submitted::Queued, "the same page through another contact");
    assert_eq!(submit(Content::Update(update())), Submitted::Queued);
    let mut told = Vec::new();
    for _ in 0..3 {
        let (id, outcome) = outcomes.recv().await.unwrap();
        assert_eq!(outcome, Outcome::Delivered);
        told.push(id);
    }
    told.sort();
    let page = SentId::Page(PageId(Seq(19)));
    let expect = [
        MessageId::Sent(page, "mail".into()),
        MessageId::Sent(page, "phone".into()),
        MessageId::Sent(SentId::Update(UpdateId(Seq(30))), "status/slack[0]".into()),
    ];
    assert_eq!(told, expect);
}

fn notices(to: &Arc<Integration>, receiver: &str, numbers: std::ops::Range<u64>) -> impl Iterator<Item = Delivery> {
    numbers.map(move |number| {
        let mut message = crate::message();
        (message.notice, message.receiver) = (NoticeId(Seq(number)), receiver.into());
        Delivery { integration: Arc::clone(to), content: Content::Notice(message), deadline: AMPLE }
    })
}

#[tokio::test]
async fn a_page_goes_before_the_notices_that_wait() {
    let sink = Sink::always(answer("200 OK", "", "")).await;
    let integration = Arc::new(webhook(&sink.url("/")));
    let (tell, mut outcomes) = mpsc::channel(4);
    let pool = Pool::new(sender(), Limits { in_flight: 1, per_integration: 1 }, tell);
    for notice in notices(&integration, "web", 0..100) {
        pool.submit(notice);
    }
    pool.submit(Delivery { integration: Arc::clone(&integration), content: paged(page()), deadline: AMPLE });
    let mut before = 0;
    while matches!(outcomes.recv().await.unwrap().0, MessageId::Notice(_)) {
        before += 1;
    }
    assert!(before <= 1, "{before} notices went first");
}

#[tokio::test]
async fn notices_that_hang_leave_room_for_a_page() {
    let hanging = Sink::always(Reply::Hang).await;
    let good = Sink::always(answer("200 OK", "", "")).await;
    let (to_hanging, to_good) = (Arc::new(webhook(&hanging.url("/"))), Arc::new(webhook(&good.url("/"))));
    let (tell, mut outcomes) = mpsc::channel(4);
    let pool = Pool::new(sender(), Limits { in_flight: 4, per_integration: 4 }, tell);
    for notice in notices(&to_hanging, "hanging", 0..100) {
        pool.submit(notice);
    }
    while pool.stats().in_flight < 3 {
        tokio::task::yield_now().await;
    }
    pool.submit(Delivery { integration: to_good, content: paged(page()), deadline: AMPLE });
    let (id, outcome) = outcomes.recv().await.unwrap();
    assert_eq!((id, outcome), (MessageId::Sent(SentId::Page(PageId(Seq(19))), "phone".into()), Outcome::Delivered));
}
