//! Every payload file, and the facts it tells.

use std::fmt::Write as _;

use evenkeel_fact::IncomingFact;
use evenkeel_forge::{Told, hook};
use evenkeel_model::{EventSource, Forge, Secret, SecretRef};
use evenkeel_time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use crate::golden;

pub(crate) const SECRET: &str = "It's a Secret to Everybody";

pub(crate) fn now() -> Timestamp {
    "2026-01-05T12:00:00Z".parse().expect("an instant")
}

pub(crate) fn source(forge: Forge) -> EventSource {
    EventSource {
        name: "forge".into(),
        forge,
        secret: SecretRef::Inline(Secret::new(SECRET)),
        repositories: vec![("Acme/Shop".into(), Some("shop".into())), ("acme/ops".into(), None)],
    }
}

/// The headers of a delivery that is signed as it should be.
pub(crate) fn signed(forge: Forge, event: &str, body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| drop(headers.insert(name, value.parse().expect("a value")));
    set("content-type", "application/json; charset=utf-8");
    match forge {
        Forge::Github => {
            let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
            mac.update(body);
            let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            set("x-hub-signature-256", &format!("sha256={hex}"));
            set("x-github-event", event);
        }
        Forge::Gitlab => {
            set("x-gitlab-token", SECRET);
            set("x-gitlab-event", "Some Hook");
        }
    }
    headers
}

/// A payload file, by forge and name.
pub(crate) fn payload(forge: Forge, name: &str) -> String {
    let path = golden::folder().join("payloads").join(forge.as_str()).join(format!("{name}.json"));
    std::fs::read_to_string(path).expect("a payload")
}

/// What a payload tells; the event's name is the file's, up to the first hyphen.
pub(crate) fn told(forge: Forge, name: &str) -> Told {
    let body = payload(forge, name);
    let event = name.split('-').next().expect("a name");
    let secret = Secret::new(SECRET);
    let headers = signed(forge, event, body.as_bytes());
    hook(&source(forge), &secret, &headers, body.as_bytes(), now()).expect("a signed delivery")
}

fn names(forge: Forge) -> Vec<String> {
    let folder = golden::folder().join("payloads").join(forge.as_str());
    let files = std::fs::read_dir(folder).expect("payloads").map(|file| file.expect("a file").file_name());
    let mut names: Vec<String> =
        files.map(|file| file.to_string_lossy().trim_end_matches(".json").to_owned()).collect();
    names.sort();
    names
}

pub(crate) fn shown(fact: &IncomingFact) -> String {
    let mut text = format!("{} {} at {} by {}", fact.kind, fact.key, fact.occurred_at, fact.source);
    for (word, value) in [("workload", &fact.workload), ("team", &fact.team), ("person", &fact.person)] {
        if let Some(value) = value {
            let _ = write!(text, " {word}={value}");
        }
    }
    for (name, value) in &fact.fields {
        let _ = write!(text, "\n    {name}: {value}");
    }
    text
}

#[test]
fn payloads_tell_what_the_golden_text_says() {
    for forge in Forge::ALL {
        let mut text = String::new();
        for name in names(forge) {
            let _ = writeln!(text, "{name}");
            match told(forge, &name) {
                Told::Facts(facts) => {
                    for told in &facts {
                        let hint = if told.hint { "hint " } else { "" };
                        let _ = writeln!(text, "  {hint}{}", shown(&told.fact));
                    }
                }
                Told::Nothing(why) => drop(writeln!(text, "  nothing: {why}")),
            }
        }
        golden::check(&format!("{}.txt", forge.as_str()), &text);
        let lower = text.to_lowercase();
        for personal in ["@acme.example", "lovelace", "no bound", "winter"] {
            assert!(!lower.contains(personal), "{personal} came through");
        }
    }
}
