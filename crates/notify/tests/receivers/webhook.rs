//! Webhooks: what is sent, and what each kind of answer means.

use std::time::Duration;

use evenkeel_model::{HttpAuth, HttpOptions, SecretRef};

use crate::sink::{Reply, Sink, answer, closed_port};
use crate::{AMPLE, notice, sender, shown, webhook, webhook_with};

#[tokio::test]
async fn the_body_is_alertmanagers_and_the_connection_is_kept() {
    let mut sink = Sink::always(answer("200 OK", "", "thanks")).await;
    let sender = sender();
    for _ in 0..3 {
        let outcome = sender.send(&webhook(&sink.url("/hook?x=1")), &notice(), AMPLE).await;
        assert_eq!(shown(&outcome, &[]), "delivered");
    }
    let seen = sink.seen().await;
    assert_eq!(seen.head.lines().next(), Some("POST /hook?x=1 HTTP/1.1"));
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(seen.header("user-agent"), format!("Evenkeel/{}", env!("CARGO_PKG_VERSION")));
    assert_eq!(seen.header("idempotency-key"), "0123456789abcdef");
    assert_eq!(seen.header("host"), format!("127.0.0.1:{}", sink.port));
    assert_eq!(seen.optional("authorization"), None);
    assert!(seen.body.starts_with(r#"{"receiver":"team web","status":"firing","alerts":[{"status":"firing","#));
    let connections = [seen.connection, sink.seen().await.connection, sink.seen().await.connection];
    assert_eq!(connections, [0, 0, 0], "one connection serves all");
}

async fn check(reply: Reply, expect: &str) {
    let sink = Sink::always(reply).await;
    let outcome = sender().send(&webhook(&sink.url("/secret-path?token=abc")), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[sink.port]), expect);
}

#[tokio::test]
async fn the_status_says_whether_to_try_again() {
    check(answer("200 OK", "", ""), "delivered").await;
    check(Reply::Bytes("HTTP/1.1 204 No Content\r\n\r\n".to_owned()), "delivered").await;
    check(answer("202 Accepted", "connection: close\r\n", "x"), "delivered").await;
    check(
        answer("500 Oh", "", "at /secret-path?token=abc:\r\n broken\u{7}"),
        "retry: 127.0.0.1:P0: status 500: at <secret>: broken",
    )
    .await;
    check(answer("503 Oh", "retry-after: 7\r\n", ""), "retry after 7s: 127.0.0.1:P0: status 503").await;
    check(answer("429 Slow", "retry-after: 120\r\n", "slow"), "retry after 2m: 127.0.0.1:P0: status 429: slow").await;
    check(answer("429 Slow", "", "slow"), "retry: 127.0.0.1:P0: status 429: slow").await;
    check(answer("400 Bad", "", "no such field"), "no retry: 127.0.0.1:P0: status 400: no such field").await;
    check(answer("404 Not", "", ""), "no retry: 127.0.0.1:P0: status 404").await;
    check(answer("408 Late", "", ""), "no retry: 127.0.0.1:P0: status 408").await;
}

#[tokio::test]
async fn an_answer_in_pieces_is_an_answer() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    check(Reply::Bytes(chunked.to_owned()), "delivered").await;
    check(Reply::Bytes(format!("HTTP/1.1 100 Continue\r\n\r\n{chunked}")), "delivered").await;
    // The head says that it was taken; what follows it cannot change that.
    check(answer("200 OK", "", &"x".repeat(1 << 20)), "delivered").await;
    check(Reply::Last("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal".to_owned()), "delivered").await;
    let huge = format!("retry: 127.0.0.1:P0: status 500: {}…", "x".repeat(200));
    check(answer("500 Oh", "", &"x".repeat(1 << 20)), &huge).await;
    check(
        Reply::Last("HTTP/1.1 500 Oh\r\ncontent-length: 10\r\n\r\nhal".to_owned()),
        "retry: 127.0.0.1:P0: status 500: hal",
    )
    .await;
}

#[tokio::test]
async fn no_answer_is_tried_again() {
    let closed = "retry, may have arrived: 127.0.0.1:P0: the other side closed the connection without an answer";
    check(Reply::Last(String::new()), closed).await;
    check(Reply::Last("HTTP/1.1 20".to_owned()), closed).await;
    check(
        Reply::Bytes("SSH-2.0-OpenSSH\r\n\r\n".to_owned()),
        "retry, may have arrived: 127.0.0.1:P0: the answer is not HTTP",
    )
    .await;
    let port = closed_port().await;
    let outcome = sender().send(&webhook(&format!("http://127.0.0.1:{port}/")), &notice(), AMPLE).await;
    assert_eq!(shown(&outcome, &[port]), "retry: 127.0.0.1:P0: connection refused");
}

#[tokio::test]
async fn who_hangs_is_given_up_at_the_deadline() {
    let soon = Duration::from_millis(80);
    let hanging = Sink::always(Reply::Hang).await;
    let outcome = sender().send(&webhook(&hanging.url("/")), &notice(), soon).await;
    assert_eq!(shown(&outcome, &[hanging.port]), "retry, may have arrived: 127.0.0.1:P0: no answer within 80ms");
    let dripping = Sink::always(Reply::Drip("HTTP/1.1 200 OK\r\nx-".to_owned())).await;
    let outcome = sender().send(&webhook(&dripping.url("/")), &notice(), soon).await;
    assert_eq!(shown(&outcome, &[dripping.port]), "retry, may have arrived: 127.0.0.1:P0: no answer within 80ms");
    // A body that drips does not undo a good head, nor hide a bad one.
    let dripping = Sink::always(Reply::Drip("HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n".to_owned())).await;
    let outcome = sender().send(&webhook(&dripping.url("/")), &notice(), soon).await;
    assert_eq!(shown(&outcome, &[dripping.port]), "delivered");
    let outcome = sender().send(&webhook(&dripping.url("/")), &notice(), Duration::ZERO).await;
    assert_eq!(shown(&outcome, &[]), "retry: no time was left for an attempt");
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let mut sink = Sink::start(|n, _| match n {
        // Taken on the kept connection, and closed without a word.
        1 => Reply::Last(String::new()),
        _ => answer("200 OK", "", ""),
    })
    .await;
    let sender = sender();
    for _ in 0..2 {
        let outcome = sender.send(&webhook(&sink.url("/")), &notice(), AMPLE).await;
        assert_eq!(shown(&outcome, &[sink.port]), "delivered");
    }
    let connections = [sink.seen().await.connection, sink.seen().await.connection, sink.seen().await.connection];
    assert_eq!(connections, [0, 0, 1]);
}

#[tokio::test]
async fn credentials_come_from_files_at_each_send() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let file = SecretRef::File(path.to_str().unwrap().into());
    let mut sink = Sink::always(answer("403 No", "", "token tok-two is bad")).await;
    let auth = HttpAuth::Authorization { scheme: "Bearer".into(), credentials: file };
    let options = HttpOptions { auth: Some(auth), ..HttpOptions::default() };
    let integration = webhook_with(SecretRef::inline(sink.url("/")), options);
    let sender = sender();
    let missing = shown(&sender.send(&integration, &notice(), AMPLE).await, &[]);
    assert!(missing.starts_with(&format!("retry: secret file `{}`: ", path.display())), "{missing}");
    std::fs::write(&path, "tok-one\n").unwrap();
    sender.send(&integration, &notice(), AMPLE).await;
    assert_eq!(sink.seen().await.header("authorization"), "Bearer tok-one");
    std::fs::write(&path, "tok-two").unwrap();
    let outcome = sender.send(&integration, &notice(), AMPLE).await;
    assert_eq!(sink.seen().await.header("authorization"), "Bearer tok-two");
    assert_eq!(shown(&outcome, &[sink.port]), "no retry: 127.0.0.1:P0: status 403: token <secret> is bad");
    std::fs::write(&path, "x".repeat(70_000)).unwrap();
    let long = shown(&sender.send(&integration, &notice(), AMPLE).await, &[]);
    assert!(long.ends_with("longer than 65536 bytes"), "{long}");
    std::fs::write(&path, "two\nlines").unwrap();
    let lines = shown(&sender.send(&integration, &notice(), AMPLE).await, &[]);
    assert_eq!(lines, "no retry: the credentials have characters that no header may have");
}

#[tokio::test]
async fn a_url_may_carry_user_and_password() {
    let mut sink = Sink::always(answer("200 OK", "", "")).await;
    let url = format!("http://user:p%40ss@127.0.0.1:{}/", sink.port);
    sender().send(&webhook(&url), &notice(), AMPLE).await;
    assert_eq!(sink.seen().await.header("authorization"), "Basic dXNlcjpwQHNz");
}

#[tokio::test]
async fn metadata_and_nonsense_are_refused_before_anything_is_sent() {
    let send = async |url: &str| shown(&sender().send(&webhook(url), &notice(), AMPLE).await, &[]);
    let refused = "not allowed: it is a link-local or metadata address";
    assert_eq!(send("http://169.254.169.254/latest").await, format!("no retry: 169.254.169.254:80: {refused}"));
    assert_eq!(send("http://[::ffff:a9fe:a9fe]/").await, format!("no retry: [::ffff:a9fe:a9fe]:80: {refused}"));
    assert_eq!(send("http://2852039166:8080/").await, format!("no retry: 2852039166:8080: {refused}"));
    assert_eq!(send("file:///etc/passwd").await, "no retry: address: neither `http://` nor `https://`");
    assert_eq!(send("no url at all").await, "no retry: address: neither `http://` nor `https://`");
}
