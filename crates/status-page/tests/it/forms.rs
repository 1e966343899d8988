//! What holds of every form: valid, by its schema, complete without scripts, and nothing by colour alone.

use std::fs;
use std::path::Path;

use evenkeel_record::UpdateKind;
use evenkeel_severity::Severity;
use evenkeel_status_page::{CSP, Condition, Form, Message, Offers, SCHEMA, STALE_MARK, files, stale_notice};

use crate::golden::SCRIPT;
use crate::played::{PAGE, Played, at};

fn played() -> Played {
    let mut played = Played::new("2026-11-01T00:00:00Z", PAGE);
    let incident = played.at("2026-11-30T08:10:00Z").opens("shop", Severity::Sev2, true);
    played.says(incident, UpdateKind::First, SCRIPT, SCRIPT);
    played
}

fn file(name: &str) -> String {
    let board = played().board("customers", "2026-11-30T09:00:00Z");
    let found = files(&board, &Offers::default()).into_iter().find(|file| file.name == name);
    found.expect("a file").text
}

#[test]
fn json_is_by_the_schema_that_is_published() {
    let schema = serde_json::from_str(SCHEMA).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let value = serde_json::from_str(&file("status.json")).expect("JSON");
    let faults: Vec<String> = validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/status-page.schema.json");
    assert_eq!(fs::read_to_string(published).expect("it is published"), SCHEMA);
}

#[test]
fn the_feed_has_what_atom_wants() {
    let feed = file("feed.atom");
    for part in
        ["<id>urn:uuid:", "<updated>2026-11-30T08:10:00Z</updated>", "<author><name>", "rel=\"self\"", "<entry>"]
    {
        assert!(feed.contains(part), "`{part}` is not in\n{feed}");
    }
    let ids: Vec<&str> = feed.lines().filter(|line| line.starts_with("<id>")).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    assert!(feed.contains("&lt;script&gt;") && !feed.contains("<script"));
    // Of an hour later the same but for what is no news.
    let later = played().board("customers", "2026-11-30T10:00:00Z");
    let again = files(&later, &Offers::default()).into_iter().find(|file| file.name == "feed.atom").expect("a feed");
    assert_eq!(again.text, feed);
}

#[test]
fn pages_need_no_script_and_no_colour() {
    let index = file("index.html");
    assert!(!index.contains("<script") && !index.contains("style=") && !index.contains(" onclick"));
    for part in [
        "<html lang=\"en\">",
        "<main id=\"main\">",
        "<h1>",
        "<header>",
        "<footer>",
        "role=\"img\" aria-label=\"Last 90 days",
    ] {
        assert!(index.contains(part), "{part}");
    }
    assert_eq!(index.matches("<h1>").count(), 1);
    assert_eq!(index.matches(STALE_MARK).count(), 1);
    for condition in Condition::ALL {
        assert!(index.contains(&format!("<symbol id=\"{}\"", condition.as_str())), "{condition:?} has a shape");
    }
    assert!(index.contains("Partial outage"), "a word beside the shape");
    assert!(CSP.contains("default-src 'none'") && !CSP.contains("unsafe"));
    let links = |html: &str, start: &str| {
        html.split(start).skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    for link in links(&index, "href=\"") {
        let relative = !link.starts_with('/') && (!link.contains("://") || link == "https://example.com/help");
        assert!(relative, "{link}");
    }
    assert!(!index.contains("<form"), "nobody takes it on another host");
}

#[test]
fn a_word_about_age_and_answers_are_pages_too() {
    assert!(stale_notice(at("2026-11-30T08:10:00Z")).contains("2026-11-30 08:10 UTC"));
    let form = Some(Form { action: "LINK".to_owned(), label: "Subscribe".to_owned() });
    let html = Message { form, root: "../".to_owned(), ..Message::new(SCRIPT, SCRIPT) }.html();
    assert!(html.contains("action=\"LINK\"") && html.contains("href=\"../style.css\"") && !html.contains("<script"));
}
