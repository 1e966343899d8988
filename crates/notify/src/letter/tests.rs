//! Mails as text, and that no content becomes a header or markup.

use evenkeel_alerting::MessageAlert;
use evenkeel_ids::{NoticeId, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_model::TlsOptions;
use evenkeel_time::Timestamp;
use proptest::prelude::*;

use super::*;

fn receiver(headers: LabelSet) -> EmailReceiver {
    EmailReceiver {
        to: "dba@example.com".into(),
        from: "evenkeel@example.com".into(),
        smarthost: "mail.example.com".into(),
        port: 25,
        hello: None,
        auth_username: None,
        auth_password: None,
        require_tls: true,
        tls: TlsOptions::default(),
        headers,
        text: None,
        html: None,
    }
}

fn message(labels: LabelSet, annotations: LabelSet, generator_url: &str) -> Message {
    let alert = MessageAlert {
        labels: labels.clone(),
        annotations,
        starts_at: Timestamp(0),
        ends_at: None,
        generator_url: generator_url.into(),
    };
    Message {
        notice: NoticeId(Seq(7)),
        receiver: "dba".into(),
        integration: "email[0]".into(),
        group_key: String::new(),
        group_labels: labels,
        alerts: vec![alert],
        attempt: 1,
        not_after: Timestamp::MAX,
        idempotency_key: "key/1".to_owned(),
    }
}

#[test]
fn the_default_texts_list_the_alerts() {
    let labels = LabelSet::new([("alertname", "Full"), ("disk", "<sda> & \"co\"")]);
    let annotations = LabelSet::new([("summary", "90 %\nFIRING since never")]);
    let message = message(labels, annotations, "http://p.example/?a=1&b=2");
    let data = Data::new(&message, 0, "http://e.example");
    let text = "[FIRING:1] Full <sda> & \"co\"\nhttp://e.example/#/alerts?receiver=dba\n\n\
        FIRING since 1970-01-01T00:00:00Z\n  Labels\n    alertname = Full\n    disk = <sda> & \"co\"\n  Annotations\n    \
        summary = 90 %\n      FIRING since never\n  Source: http://p.example/?a=1&b=2\n";
    assert_eq!(notice::plain(&data), text);
    let html = notice::html(&data);
    assert!(html.contains("<title>[FIRING:1] Full &lt;sda&gt; &amp; &quot;co&quot;</title>"), "{html}");
    assert!(html.contains("<a href=\"http://p.example/?a=1&amp;b=2\">Source</a>"), "{html}");
    assert!(html.contains(">90 %\nFIRING since never</td>"), "{html}");
}

#[test]
fn a_source_that_is_no_web_address_is_no_link() {
    let message = message(LabelSet::new([("a", "b")]), LabelSet::default(), "javascript:alert(1)");
    assert!(!notice::html(&Data::new(&message, 0, "")).contains("javascript"));
}

#[test]
fn the_message_id_is_the_same_for_every_attempt() {
    assert_eq!(message_id("key/1", "Evenkeel <evenkeel@example.com>"), "<key-1@example.com>");
    assert_eq!(message_id("key/1", "nonsense"), "<key-1@evenkeel>");
}

#[test]
fn a_header_needs_a_name() {
    for name in ["X:Y", "a b", "é", "X\r\nBcc"] {
        let content = Content::Notice(message(LabelSet::default(), LabelSet::default(), ""));
        let failure = write(&receiver(LabelSet::new([(name, "v")])), &content, "");
        let reason = failure.expect_err("no name").reason;
        assert!(reason.ends_with("is not a header's name"), "{reason}");
    }
}

/// The names of the headers of a mail, folded lines left out.
fn header_names(mail: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(mail);
    let head = text.split("\r\n\r\n").next().unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

proptest! {
    #[test]
    fn no_content_becomes_a_header(value in "[\r\n\u{0}a-zA-Z: é\u{2028}]{0,60}|\\PC{0,30}", injected in any::<bool>()) {
        let value = if injected { format!("{value}\r\nBcc: evil@example.com\r\n\r\nbody") } else { value };
        let labels = LabelSet::new([("alertname", value.as_str())]);
        let to = receiver(LabelSet::new([("X-Team", value.as_str()), ("Priority", "high")]));
        let content = Content::Notice(message(labels.clone(), labels, &value));
        let mail = write(&to, &content, "http://e.example").unwrap().formatted();
        let mut names = header_names(&mail);
        names.retain(|name| name != "X-Team");
        names.sort();
        prop_assert_eq!(names, ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Priority", "Subject", "To"]);
        // A bare CR or LF would let some servers see other lines than we wrote.
        let text = String::from_utf8_lossy(&mail).replace("\r\n", "");
        prop_assert!(!text.contains(['\r', '\n']));
    }

    #[test]
    fn no_content_becomes_markup(value in "[<>&\"'a-z\u{0}\u{202e}]{1,40}") {
        let html = |value: &str| {
            let labels = LabelSet::new([("alertname", value), (value, "x")]);
            let message = message(labels.clone(), labels, &format!("http://{value}"));
            notice::html(&Data::new(&message, 0, "http://e.example"))
        };
        let (plain, strange) = (html("plain"), html(&value));
        for c in ['<', '>', '"', '\''] {
            prop_assert_eq!(strange.matches(c).count(), plain.matches(c).count(), "{:?} in {}", c, strange);
        }
        let hidden = strange.contains('\u{202e}');
        prop_assert!(!hidden);
    }
}
