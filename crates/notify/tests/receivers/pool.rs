//! The dispatcher under load, under receivers that hang, and at the end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_alerting::Outcome;
use evenkeel_ids::{NoticeId, Seq};
use evenkeel_model::Integration;
use evenkeel_notify::{Content, Delivery, Drained, Limits, MessageId, Pool, Submitted};
use tokio::sync::mpsc;

use crate::sink::{Reply, Sink, answer};
use crate::{AMPLE, message, sender, shown, webhook};

fn delivery(integration: &Arc<Integration>, receiver: &str, notice: u64, deadline: Duration) -> Delivery {
    let mut message = message();
    message.receiver = receiver.into();
    message.notice = NoticeId(Seq(notice));
    Delivery { integration: Arc::clone(integration), content: Content::Notice(message), deadline }
}

fn pool(limits: Limits) -> (Pool, mpsc::Receiver<(MessageId, Outcome)>) {
    let (tell, outcomes) = mpsc::channel(4);
    (Pool::new(sender(), limits, tell), outcomes)
}

#[tokio::test]
async fn every_notice_has_one_outcome_and_few_connections_serve_all() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let integration = Arc::new(webhook(&sink.url("/")));
    let (pool, mut outcomes) = pool(Limits { in_flight: 8, per_integration: 4 });
    for notice in 0..500 {
        assert_eq!(pool.submit(delivery(&integration, "web", notice, AMPLE)), Submitted::Queued);
    }
    let mut told = BTreeSet::new();
    while told.len() < 500 {
        let (notice, outcome) = outcomes.recv().await.unwrap();
        assert_eq!(outcome, Outcome::Delivered);
        assert!(told.insert(notice.clone()), "{notice:?} twice");
    }
    for _ in 0..500 {
        assert!(sink.seen().await.connection < 4, "no more connections than attempts at once");
    }
    assert_eq!(pool.drain(AMPLE).await, Drained { unsent: 0 });
    let stats = pool.stats();
    assert_eq!((stats.queued, stats.in_flight), (0, 0));
    let (kind, webhook) = stats.kinds.last().unwrap();
    assert_eq!((*kind, webhook.delivered, webhook.latency_buckets.iter().sum()), ("webhook", 500, 500));
}

#[tokio::test]
async fn receivers_that_hang_do_not_starve_the_others() {
    let hanging = Sink::always(Reply::Hang).await;
    let good = Sink::always(answer("200 OK", "", "")).await;
    let (to_hanging, to_good) = (Arc::new(webhook(&hanging.url("/"))), Arc::new(webhook(&good.url("/"))));
    let (pool, mut outcomes) = pool(Limits { in_flight: 8, per_integration: 4 });
    for notice in 0..1000 {
        pool.submit(delivery(&to_hanging, "hanging", notice, AMPLE));
    }
    for notice in 1000..1100 {
        pool.submit(delivery(&to_good, "good", notice, AMPLE));
    }
    for _ in 0..100 {
        let (notice, outcome) = outcomes.recv().await.unwrap();
        assert_eq!(outcome, Outcome::Delivered);
        assert!(notice >= MessageId::Notice(NoticeId(Seq(1000))));
    }
    let stats = pool.stats();
    assert_eq!((stats.queued, stats.in_flight), (996, 4), "only its own share is held");
}

#[tokio::test]
async fn who_does_not_answer_gets_one_attempt_at_a_time() {
    let hanging = Sink::always(Reply::Hang).await;
    let integration = Arc::new(webhook(&hanging.url("/")));
    let (pool, mut outcomes) = pool(Limits { in_flight: 8, per_integration: 4 });
    for notice in 0..4 {
        pool.submit(delivery(&integration, "hanging", notice, Duration::from_millis(100)));
    }
    for _ in 0..4 {
        let (_, outcome) = outcomes.recv().await.unwrap();
        assert!(matches!(outcome, Outcome::Failed { .. }));
    }
    for notice in 10..14 {
        pool.submit(delivery(&integration, "hanging", notice, AMPLE));
    }
    while pool.stats().in_flight == 0 {
        tokio::task::yield_now().await;
    }
    let stats = pool.stats();
    assert_eq!((stats.queued, stats.in_flight), (3, 1));
}

#[tokio::test]
async fn a_notice_is_open_once_until_its_outcome_is_told() {
    let sink = Sink::start(|n, _| if n == 0 { answer("500 Oh", "", "") } else { answer("200 OK", "", "") }).await;
    let integration = Arc::new(webhook(&sink.url("/")));
    let (pool, mut outcomes) = pool(Limits::default());
    assert_eq!(pool.submit(delivery(&integration, "web", 1, AMPLE)), Submitted::Queued);
    assert_eq!(pool.submit(delivery(&integration, "web", 1, AMPLE)), Submitted::AlreadyOpen);
    let (_, outcome) = outcomes.recv().await.unwrap();
    assert_eq!(shown(&outcome, &[sink.port]), "retry: 127.0.0.1:P0: status 500");
    assert_eq!(pool.submit(delivery(&integration, "web", 1, AMPLE)), Submitted::Queued, "the next attempt");
    assert_eq!(outcomes.recv().await.unwrap(), (MessageId::Notice(NoticeId(Seq(1))), Outcome::Delivered));
}

#[tokio::test]
async fn what_waits_too_long_is_told_and_not_sent() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let integration = Arc::new(webhook(&sink.url("/")));
    let (pool, mut outcomes) = pool(Limits::default());
    pool.submit(delivery(&integration, "web", 1, Duration::ZERO));
    let expect = "retry: not sent: the time ran out while earlier messages to this receiver were waiting";
    assert_eq!(shown(&outcomes.recv().await.unwrap().1, &[]), expect);
    assert!(sink.quiet());
}

#[tokio::test]
async fn draining_takes_nothing_more_and_says_what_is_left() {
    let mut hanging = Sink::always(Reply::Hang).await;
    let integration = Arc::new(webhook(&hanging.url("/")));
    let (pool, mut outcomes) = pool(Limits { in_flight: 2, per_integration: 2 });
    for notice in 0..5 {
        pool.submit(delivery(&integration, "web", notice, AMPLE));
    }
    hanging.seen().await;
    assert_eq!(pool.drain(Duration::from_millis(50)).await, Drained { unsent: 5 });
    assert_eq!(pool.submit(delivery(&integration, "web", 9, AMPLE)), Submitted::Closed);
    drop(pool);
    assert_eq!(outcomes.recv().await, None, "the workers have ended");
}
