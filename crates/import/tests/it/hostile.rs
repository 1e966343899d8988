//! Runs `tests/cases/hostile.md`: foreign texts that are wrong, and what is said about each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use evenkeel_import::{Import, codes, from_alertmanager, from_incident_manager};

use crate::golden::said;

/// Runs a page; gives it back with what really came out.
fn run(page: &str) -> String {
    let mut out = String::new();
    let mut last: Option<Import> = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let written: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let block = match info {
            "yaml" => {
                last = Some(from_alertmanager("input.yml", written.as_bytes()));
                written
            }
            "json" => {
                last = Some(from_incident_manager("input.json", written.as_bytes()));
                written
            }
            _ => last.as_ref().map(said).unwrap_or_default(),
        };
        out.push_str(&block);
        out.push_str("```\n");
    }
    out
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/hostile.md")).expect("the page")
}

#[test]
fn wrong_texts_are_told_with_place_and_remedy() {
    let page = page();
    let actual = run(&page);
    if actual != page {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.md");
        fs::write(&out, actual).expect("written");
        panic!("the page came out as {}", out.display());
    }
}

#[test]
fn every_code_is_in_a_case() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut shown = page();
    for kind in ["alertmanager", "incident-manager"] {
        for entry in fs::read_dir(cases.join(kind)).expect("cases") {
            shown += &fs::read_to_string(entry.expect("a case").path().join("report.txt")).expect("a report");
        }
    }
    let missing: BTreeSet<&str> =
        codes::ALL.iter().map(|(code, _)| *code).filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn an_error_leaves_no_file() {
    for import in
        [from_alertmanager("x", b"receivers: []"), from_incident_manager("x", b"{"), from_alertmanager("x", b"\xff")]
    {
        assert!(import.files.is_empty() && !import.diagnostics.is_empty());
    }
}
