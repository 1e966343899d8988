//! The description of our own API: it is current, whole, and true of the answers that are kept.

#![expect(clippy::disallowed_methods, reason = "files are compared, and written when that is asked for")]

use std::path::{Path, PathBuf};

use evenkeel_api::{document, markdown};
use serde_json::Value;

use crate::bench::Bench;
use crate::caller::Caller;
use crate::described::{DOCUMENT, matches};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

fn current(name: &str, text: &str) {
    let path = docs(name);
    if std::env::var("UPDATE_OPENAPI").is_ok() {
        std::fs::write(&path, text).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(text.lines()).find(|(kept, text)| kept != text);
    assert!(kept == text, "docs/{name} is not current, first in {differs:?}; UPDATE_OPENAPI=1 writes it anew");
}

#[test]
fn the_document_and_the_reference_page_in_docs_are_current() {
    let document = document(env!("CARGO_PKG_VERSION"));
    current("schema/openapi.json", &format!("{}\n", serde_json::to_string_pretty(&document).expect("JSON")));
    current("api.md", &markdown(&document));
}

#[test]
fn every_answer_that_is_kept_matches_its_schema() {
    for (file, schema) in [
        ("attestation.json", "Attestation"),
        ("improvement.json", "Improvement"),
        ("incident.json", "IncidentDetail"),
        ("incidents.json", "IncidentList"),
        ("load.json", "LoadList"),
        ("milestone.json", "Milestone"),
        ("oncall.json", "OnCall"),
        ("problem.json", "IncidentProblem"),
        ("shifts.json", "ShiftList"),
        ("update.json", "Update"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(file);
        let text = std::fs::read_to_string(path).expect("a golden file");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let place = format!("/components/schemas/{schema}");
        matches(file, DOCUMENT.pointer(&place).unwrap_or_else(|| panic!("{schema}")), &value);
    }
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| match (name.as_str(), value) {
                ("$ref", Value::String(text)) => found.push(text.clone()),
                (_, value) => walk(value, found),
            }),
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(&DOCUMENT, &mut found);
    assert!(found.len() > 100);
    for text in found {
        assert!(DOCUMENT.pointer(text.trim_start_matches('#')).is_some(), "{text}");
    }
}

#[tokio::test]
async fn the_description_is_shown_to_whoever_may_see_health() {
    let bench = Bench::new();
    let reply = Caller::local().get(&bench, "/api/v1/openapi.json").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.json()["openapi"], "3.1.0");
    assert_eq!(Caller::remote().get(&bench, "/api/v1/openapi.json").await.status, 401);
}

#[tokio::test]
async fn the_reference_is_a_page_without_a_script_that_explains_every_code() {
    let bench = Bench::new();
    let reply = Caller::local().get(&bench, "/api/v1/reference").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!reply.text.contains("<script") && !reply.text.contains(" style="));
    for anchor in ["problem-malformed", "listIncidents", "object-Incident", "objects"] {
        assert!(reply.text.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    let refused = bench.get("/api/v1/incidents?status=x").await;
    let anchor = refused.json()["type"].as_str().and_then(|text| text.split_once('#')).expect("an anchor").1.to_owned();
    assert!(reply.text.contains(&format!("id=\"{anchor}\"")));
}
