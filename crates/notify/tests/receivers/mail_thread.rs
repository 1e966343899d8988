//! Pages and updates by mail: one thread for one incident.

use evenkeel_incident::PageMessage;
use evenkeel_labels::LabelSet;
use evenkeel_model::{EmailReceiver, Transport};
use evenkeel_notify::Content;

use crate::email::{Server, receiver};
use crate::incident::{LINK, page, paged, update};
use crate::{AMPLE, integration, sender, shown};

/// The lines of the mail that arrives.
async fn mailed(content: &Content) -> Vec<String> {
    let mut server = Server::start(&[]).await;
    let mut to = receiver(server.port);
    to.headers = LabelSet::new([("Reply-To", "ops@example.com"), ("Subject", "mine"), ("In-Reply-To", "<x@y>")]);
    assert_eq!(send(to, content).await, "delivered");
    let lines = server.until("QUIT").await;
    lines.into_iter().skip_while(|line| line != "DATA").skip(1).collect()
}

async fn send(to: EmailReceiver, content: &Content) -> String {
    let port = to.port;
    shown(&sender().send(&integration(Transport::Email(to)), content, AMPLE).await, &[port])
}

/// The value of the header of that name, which is there once.
fn header<'a>(mail: &'a [String], name: &str) -> &'a str {
    let head = mail.iter().take_while(|line| !line.is_empty());
    let found: Vec<&str> = head.filter_map(|line| line.strip_prefix(&format!("{name}: "))).collect();
    assert_eq!(found.len(), 1, "{name} in {mail:?}");
    found[0]
}

#[tokio::test]
async fn all_mails_of_an_incident_are_one_thread() {
    let root = "<incident-17.evenkeel.example@example.com>";
    let first = mailed(&paged(page())).await;
    let second = mailed(&Content::Update(update())).await;
    for mail in [&first, &second] {
        assert_eq!(header(mail, "References"), root);
        assert_eq!(header(mail, "In-Reply-To"), root);
        assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
        assert_eq!(header(mail, "Reply-To"), "ops@example.com");
    }
    assert_eq!(header(&first, "Message-ID"), "<0123456789abcdef@example.com>");
    assert_eq!(header(&second, "Message-ID"), "<fedcba9876543210@example.com>");
    assert_eq!(header(&first, "Subject"), "[sev1] Orders \"<!channel>\"  Bcc: x (incident:17)");
    assert_eq!(header(&second, "Subject"), "Payments work again");
    assert!(first.iter().any(|line| *line == format!("Acknowledge: {LINK}")), "{first:?}");
    assert!(second.iter().any(|line| line == "It is over."), "{second:?}");
}

#[tokio::test]
async fn every_attempt_has_the_same_message_id() {
    let again = PageMessage { attempt: 9, ..page() };
    let (first, second) = (mailed(&paged(page())).await, mailed(&paged(again)).await);
    assert_eq!(header(&first, "Message-ID"), header(&second, "Message-ID"));
}

#[tokio::test]
async fn replies_say_whether_to_try_again_and_give_no_link_away() {
    const SAID: &str = "550 5.7.1 blocked: https://evenkeel.example/p/AbCdEfGhIjKlMnOp";
    let server = Server::start(&[(".", SAID)]).await;
    let expect = "no retry: 127.0.0.1:P0: not taken: 550 5.7.1 blocked: <secret>";
    assert_eq!(send(receiver(server.port), &paged(page())).await, expect);
    let server = Server::start(&[("RCPT", "450 4.2.0 greylisted")]).await;
    let expect = "retry: 127.0.0.1:P0: not taken: 450 4.2.0 greylisted";
    assert_eq!(send(receiver(server.port), &Content::Update(update())).await, expect);
}
