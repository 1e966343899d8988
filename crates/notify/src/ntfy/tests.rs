//! Addresses taken apart, and pushes as text.

use evenkeel_record::UpdateKind;

use super::*;
use crate::example;

fn check(url: &str, expect: &str) {
    let shown = match Place::read(url) {
        Ok(place) => format!("{} {} {}", place.server.place(), place.server.path, place.topic),
        Err(failure) => failure.reason,
    };
    assert_eq!(shown, expect, "{url}");
}

#[test]
fn an_address_is_server_and_topic() {
    check("https://ntfy.sh/ops-Pages_1", "ntfy.sh:443 / ops-Pages_1");
    check("http://h:8080/push/ops/", "h:8080 /push/ ops");
    check("https://h/ops?auth=QmFz", "h:443 /?auth=QmFz ops");
    let help =
        "the address has to end in a topic, as `https://ntfy.example.com/TOPIC`: up to 64 letters, digits, `-`, `_`";
    check("https://ntfy.sh", &format!("ntfy.sh:443: {help}"));
    check("https://ntfy.sh/", &format!("ntfy.sh:443: {help}"));
    check("https://ntfy.sh/a%20b", &format!("ntfy.sh:443: {help}"));
    check(&format!("https://ntfy.sh/{}", "x".repeat(65)), &format!("ntfy.sh:443: {help}"));
    check("ntfy.sh/ops", "address: neither `http://` nor `https://`");
}

fn push_of(content: &Content) -> String {
    String::from_utf8(render("ops", content, "https://e.example").unwrap()).unwrap()
}

#[test]
fn worse_is_louder_and_an_update_wakes_nobody() {
    let expect = [(5, "rotating_light"), (4, "rotating_light"), (3, "warning"), (2, "warning"), (2, "warning")];
    for (severity, (priority, tag)) in Severity::ALL.into_iter().zip(expect) {
        let mut message = example::page();
        message.severity = severity;
        let text = push_of(&Content::page(message, None));
        assert!(text.contains(&format!(r#""priority":{priority},"tags":["{tag}"]"#)), "{text}");
        let mut message = example::update();
        message.severity = severity;
        let text = push_of(&Content::Update(message));
        assert!(text.contains(&format!(r#""priority":{}"#, priority.min(3))), "{text}");
    }
    let mut message = example::update();
    message.kind = UpdateKind::Recovery;
    assert!(push_of(&Content::Update(message)).contains("white_check_mark"));
}
