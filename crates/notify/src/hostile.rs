//! Any text at all, in every place where a text can be, in every format: it stays text.

use evenkeel_labels::LabelSet;
use evenkeel_model::{EmailReceiver, HttpOptions, SecretRef, SlackReceiver, TlsOptions};
use proptest::prelude::*;
use serde_json::Value;

use crate::content::Content;
use crate::example::{LINK, page_of, update_of};
use crate::scrub::hidden;
use crate::{json, letter, ntfy, slack};

/// Texts that have ended lines, headers, tags, and mentions somewhere.
fn texts() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "x\r\nBcc: evil@example.com\r\n\r\nbody",
        "</h1><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "<!channel> <@U123> <https://evil.example|Acknowledge>",
        "\",\"topic\":\"other",
        "a\u{202e}b\u{0}c\u{2028}d\u{feff}",
        ".\r\nQUIT",
    ]);
    prop_oneof![known.prop_map(str::to_owned), any::<String>(), "[<>&\"'\r\n@!|*_a-z]{1,40}", "é{5000}|<{10000}"]
}

fn mail_to() -> EmailReceiver {
    EmailReceiver {
        to: "ada@example.com".into(),
        from: "Evenkeel <evenkeel@example.com>".into(),
        smarthost: "mail.example.com".into(),
        port: 25,
        hello: None,
        auth_username: None,
        auth_password: None,
        require_tls: true,
        tls: TlsOptions::default(),
        headers: LabelSet::new([("Reply-To", "ops@example.com"), ("references", "<x@y>"), ("Subject", "mine")]),
        text: Some("mine".into()),
        html: Some("mine".into()),
    }
}

fn slack_to() -> SlackReceiver {
    SlackReceiver {
        url: SecretRef::inline("https://slack.example/x"),
        channel: Some("#ops".into()),
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

/// The headers of a mail by name, and its two bodies decoded.
fn mail(content: &Content) -> (Vec<String>, String, String) {
    let mail = letter::write(&mail_to(), content, "https://evenkeel.example").unwrap().formatted();
    let text = String::from_utf8(mail).unwrap();
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
    let head = text.split("\r\n\r\n").next().unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    let mut names: Vec<String> = lines.map(|line| line.split(':').next().unwrap().to_owned()).collect();
    names.sort();
    (names, head.to_owned(), text)
}

/// Every text in a JSON value, and its shape with the texts left out.
fn texts_of(value: &Value, out: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) => {
            out.push(text.clone());
            Value::Null
        }
        Value::Array(items) => items.iter().map(|item| texts_of(item, out)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), texts_of(value, out))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn read(body: &[u8]) -> (Value, Vec<String>) {
    let mut texts = Vec::new();
    let shape = texts_of(&serde_json::from_slice(body).unwrap(), &mut texts);
    (shape, texts)
}

proptest! {
    #[test]
    fn no_text_becomes_a_header(text in texts()) {
        let expect = [
            "Auto-Submitted", "Content-Type", "Date", "From", "In-Reply-To", "MIME-Version", "Message-ID", "References",
            "Reply-To", "Subject", "To",
        ];
        for content in [page_of(&text), update_of(&text)] {
            let (names, head, _) = mail(&content);
            prop_assert_eq!(&names, &expect);
            prop_assert!(head.contains("\r\nIn-Reply-To: <incident-17.evenkeel.example@example.com>\r\n"), "{}", head);
            prop_assert!(!head.contains("mine") && !head.contains("<x@y>"), "{}", head);
        }
    }

    #[test]
    fn no_text_becomes_markup(text in texts()) {
        for (strange, plain) in [(page_of(&text), page_of("plain")), (update_of(&text), update_of("plain"))] {
            let (strange, plain) = (letter::html(&strange), letter::html(&plain));
            for c in ['<', '>', '"', '\''] {
                let lost = text.trim().is_empty() || text.chars().all(|c| hidden(c) || c.is_whitespace());
                prop_assert!(
                    lost || strange.matches(c).count() == plain.matches(c).count(), "{:?} in {}", c, strange
                );
            }
            prop_assert!(!strange.contains(|c: char| c != '\n' && hidden(c)));
        }
    }

    #[test]
    fn no_text_becomes_a_mention_or_a_link(text in texts()) {
        for content in [page_of(&text), update_of(&text)] {
            let (_, texts) = read(&slack::render(&slack_to(), &content, "").unwrap());
            for text in texts {
                prop_assert!(!text.contains(['<', '>']), "{}", text);
                prop_assert!(text.chars().count() <= 15_001, "{}", text.len());
            }
        }
    }

    #[test]
    fn no_text_becomes_a_field_of_a_push(text in texts()) {
        for (strange, plain) in [(page_of(&text), page_of("plain")), (update_of(&text), update_of("plain"))] {
            let body = ntfy::render("pages", &strange, "").unwrap();
            let (shape, _) = read(&body);
            prop_assert_eq!(shape, read(&ntfy::render("pages", &plain, "").unwrap()).0);
            let push: Value = serde_json::from_slice(&body).unwrap();
            prop_assert_eq!(&push["topic"], "pages");
            prop_assert!(push["message"].as_str().unwrap().len() <= 4000);
            prop_assert!(push["title"].as_str().unwrap().chars().count() <= 250);
            if matches!(strange, Content::Page(_)) {
                prop_assert_eq!(&push["click"], LINK);
            }
        }
    }

    #[test]
    fn our_own_json_is_one_line_and_says_every_text_as_it_is(text in texts()) {
        let Content::Page(page) = page_of(&text) else { unreachable!() };
        let body = json::page(&page, "").unwrap();
        prop_assert!(!body.contains(&b'\n'));
        let said: Value = serde_json::from_slice(&body).unwrap();
        for place in ["title", "summary", "severity_reason", "procedure", "contact"] {
            prop_assert_eq!(said[place].as_str(), Some(text.as_str()));
        }
        let (update, impact) = (&said["update"], &said["impact"]);
        for place in [&update["title"], &update["text"], &impact["who"], &impact["what"], &said["because"][0]] {
            prop_assert_eq!(place.as_str(), Some(text.as_str()));
        }
        let Content::Update(message) = update_of(&text) else { unreachable!() };
        let body = json::update(&message, "").unwrap();
        prop_assert!(!body.contains(&b'\n'));
        let said: Value = serde_json::from_slice(&body).unwrap();
        prop_assert_eq!(said["text"].as_str(), Some(text.as_str()));
    }
}

#[test]
fn a_link_is_in_no_debug_print() {
    assert!(!format!("{:?}", page_of("x")).contains("AbCdEfGh"));
}
