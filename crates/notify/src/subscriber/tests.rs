use evenkeel_labels::LabelSet;
use evenkeel_model::TlsOptions;

use super::*;
use crate::SenderOptions;

fn through() -> EmailReceiver {
    EmailReceiver {
        to: "status@example.org".into(),
        from: "Status <status@example.org>".into(),
        smarthost: "127.0.0.1".into(),
        port: 1,
        hello: None,
        auth_username: None,
        auth_password: None,
        require_tls: false,
        tls: TlsOptions::default(),
        headers: LabelSet::new([("Bcc", "eve@example.org")]),
        text: None,
        html: None,
    }
}

fn letter(to: &str, subject: &str, text: &str) -> Letter {
    Letter {
        to: to.into(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        link: Some(("https://status.example.org/confirm/abcdefgh".to_owned(), "Confirm".to_owned())),
        unsubscribe: Some("https://status.example.org/unsubscribe/ABCDEFGH".to_owned()),
        idempotency_key: "subscription:7.update:9".to_owned(),
    }
}

fn written(letter: &Letter) -> String {
    String::from_utf8(write(&through(), letter).expect("a mail").formatted()).expect("text")
}

fn headers(mail: &str) -> Vec<&str> {
    mail.split("\r\n\r\n").next().expect("headers").split("\r\n").collect()
}

#[test]
fn a_mail_goes_to_one_subscriber_and_can_be_ended_with_one_click() {
    let mail = written(&letter("ada@example.com", "It is over", "It works again."));
    let headers = headers(&mail);
    assert!(headers.contains(&"To: ada@example.com"), "{mail}");
    assert!(headers.contains(&"Message-ID: <subscription-7.update-9@example.org>"), "{mail}");
    assert!(headers.contains(&"List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{mail}");
    let unfolded = mail.replace("\r\n ", " ");
    assert!(unfolded.contains("List-Unsubscribe: <https://status.example.org/unsubscribe/ABCDEFGH>"), "{mail}");
    assert!(!mail.contains("eve@example.org"), "the receiver's own headers are not for subscribers: {mail}");
}

#[test]
fn nothing_that_was_written_becomes_a_header_or_markup() {
    let mail =
        written(&letter("ada@example.com", "a\r\nBcc: eve@example.com", "<script>alert(1)</script>\r\n.\r\nQUIT"));
    assert!(headers(&mail).iter().all(|header| !header.starts_with("Bcc")), "{mail}");
    let (_, html) = mail.split_once("text/html").expect("HTML");
    assert!(!html.contains("<script>"), "{mail}");
    for bad in ["ada@example.com, eve@example.com", "ada@example.com\r\nRCPT TO: eve", ""] {
        assert!(write(&through(), &letter(bad, "", "")).is_err(), "{bad:?}");
    }
}

#[tokio::test]
async fn strangers_addresses_lead_to_nothing_private_and_are_in_no_reason() {
    let sender = Sender::new(SenderOptions { notices_dir: "/nowhere".into(), external_url: String::new() });
    for (url, why) in [
        ("https://127.0.0.1/secret-path", "not allowed: it is a loopback address"),
        ("https://localhost/secret-path", "not allowed: it is a loopback address"),
        ("https://10.1.2.3/secret-path", "not allowed: it is a private address"),
        ("https://169.254.169.254/secret-path", "not allowed: it is a link-local or metadata address"),
        ("http://example.com/secret-path", "not asked by TLS"),
    ] {
        let told = sender.tell(url, b"{}".to_vec(), "key", Duration::from_secs(5)).await;
        let Err(Outcome::Failed { reason, .. }) = told else { panic!("{url}: {told:?}") };
        assert!(reason.contains(why) && !reason.contains("secret-path"), "{url}: {reason}");
    }
    let refused = sender.letter(&through(), &letter("ada@example.com", "", ""), Duration::from_secs(5)).await;
    let Outcome::Failed { reason, .. } = refused else { panic!("nobody listens there") };
    assert!(!reason.contains("ada@"), "{reason}");
}
