//! What is said, and how it ends, when a server refuses, is not there, or is none of ours.

use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::Desk;
use super::fake::Fake;

const OWN: &str = r#"{"code":"already-closed","detail":"incident:17 is closed","help":"open a new one"}"#;

async fn check(status: u16, body: &str, exit: u8, err: &str) {
    let fake = Fake::answering(&[(status, body)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel incident ack 17 TOKEN").await;
    assert_eq!((ended.exit, ended.err.as_str(), ended.out.as_str()), (exit, err, ""), "{status} {body}");
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn each_refusal_is_a_clear_line_with_what_to_do() {
    check(409, OWN, 1, "error: incident:17 is closed\n  = help: open a new one\n").await;
    check(400, OWN, 1, "error: incident:17 is closed\n  = help: open a new one\n").await;
    check(403, OWN, 1, "error: this token does not allow it: incident:17 is closed\n  = help: open a new one\n").await;
    check(404, "", 1, "error: there is no such thing\n").await;
    check(401, OWN, 3, "error: SERVER does not know this token: incident:17 is closed\n  = help: open a new one\n")
        .await;
    check(503, OWN, 3, "error: SERVER cannot take it now: incident:17 is closed\n  = help: open a new one\n").await;
    check(500, "", 3, "error: SERVER answered with an error\n  = help: its log says more\n").await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_token() {
    let help = "give the address it points to with `--server`";
    check(307, "", 3, &format!("error: SERVER points to another address\n  = help: {help}\n")).await;
}

#[tokio::test]
async fn programs_get_a_refusal_as_one_line_of_json() {
    let fake = Fake::answering(&[(409, OWN)]).await;
    let ended = Desk::new().types(&fake.url, "evenkeel incident ack 17 TOKEN --format json").await;
    assert_eq!((ended.exit, ended.out.as_str(), ended.err.lines().count()), (1, "", 1));
    let said: serde_json::Value = serde_json::from_str(&ended.err).expect("JSON");
    let expected = r#"{"error":{"code":"already-closed","message":"incident:17 is closed","help":"open a new one"}}"#;
    assert_eq!(said, serde_json::from_str::<serde_json::Value>(expected).expect("JSON"));
}

#[tokio::test]
async fn an_answer_that_is_not_as_agreed_is_said_so() {
    let help = "is that an Evenkeel server, and of about the same version as this program?";
    let wrong = |why: &str| format!("error: the answer of SERVER is not as expected: {why}\n  = help: {help}\n");
    check(200, "<html>", 3, &wrong("expected value at line 1 column 1")).await;
    check(200, r#"{"id":"incident:17"}"#, 3, &wrong("missing field `title`")).await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_asked_after() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let ended = Desk::new().types(&url, "evenkeel incident list TOKEN").await;
    let err = "error: no Evenkeel answers at SERVER: connection refused\n  \
               = help: is `evenkeel serve` running? `--server` or EVENKEEL_SERVER says where it is\n";
    assert_eq!((ended.exit, ended.err.as_str()), (3, err));
}

#[tokio::test]
async fn a_server_that_hangs_up_may_have_done_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let read = stream.read(&mut [0; 1024]).await.expect("a request");
        drop(stream);
        let again = tokio::time::timeout(std::time::Duration::from_millis(200), listener.accept()).await;
        (read, again.is_ok())
    });
    let ended = Desk::new().types(&url, "evenkeel incident ack 17 TOKEN").await;
    let err = "error: SERVER gave no answer: the other side closed the connection without an answer\n  \
               = help: it may have been done all the same: look before you ask again\n";
    assert_eq!((ended.exit, ended.err.as_str()), (3, err));
    let (read, again) = asked.await.expect("no panic");
    assert!(read > 0 && !again, "it is asked once");
}
