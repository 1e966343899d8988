//! Runs `tests/cases.md`: an ops repo with routing tests, and how they come out.
//!
//! Files of a section are laid over those before it. The block marked `outcome` has a line for each case, the headline
//! and help of each failure, and what is covered. `UPDATE_CASES=1` writes what came out into the page.

#![expect(clippy::disallowed_methods, reason = "tests read pages, and write them anew when asked")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_routing_test::{Covered, run};

type Files = BTreeMap<String, String>;

fn loaded(files: &Files) -> Loaded {
    let file = |(path, text): (&String, &String)| OpsFile { path: path.clone(), bytes: text.clone().into_bytes() };
    load(&OpsFiles { files: files.iter().map(file).collect(), ..OpsFiles::default() }, Missing::Refuse)
}

fn outcome(files: &Files) -> String {
    let loaded = loaded(files);
    let Some(plan) = loaded.plan else {
        return loaded.diagnostics.iter().map(|diag| format!("{}: {}\n", diag.code, diag.headline)).collect();
    };
    let report = run(&Arc::new(plan), &loaded.documents, "");
    let mut out = String::new();
    for case in &report.cases {
        let word = if case.passed() { "ok" } else { "FAILED" };
        let _ = writeln!(out, "{word} {}: {}", case.document, case.name);
        for failure in &case.failures {
            let source = loaded.sources.get(failure.primary.span.source).expect("a file");
            let at = source.position(failure.primary.span.start);
            let _ = writeln!(out, "  {}:{}:{} {}", source.path, at.line, at.column, failure.headline);
            if !failure.primary.message.is_empty() {
                let _ = writeln!(out, "    ^ {}", failure.primary.message);
            }
            failure.help.iter().for_each(|help| _ = writeln!(out, "    = {help}"));
        }
    }
    for (what, covered) in [
        ("routes", &report.coverage.routes),
        ("response plans", &report.coverage.response_plans),
        ("rules", &report.coverage.rules),
    ] {
        let Covered { tested, untested } = covered;
        let _ = writeln!(out, "{what}: {} of {}, not {untested:?}", tested.len(), tested.len() + untested.len());
    }
    out
}

fn run_page(text: &str) -> String {
    let (mut out, mut files) = (String::new(), Files::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let body = match info.split_once(' ') {
            Some((_, path)) => {
                files.insert(path.to_owned(), body.clone());
                body
            }
            None => outcome(&files),
        };
        let _ = writeln!(out, "{body}```");
    }
    out
}

#[test]
fn every_case_comes_out_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases.md");
    let text = fs::read_to_string(&path).expect("the cases");
    let actual = run_page(&text);
    if actual != text && std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&path, &actual).expect("the cases are written");
    } else {
        assert_eq!(actual, text, "UPDATE_CASES=1 writes them anew; read what it wrote");
    }
}

/// Cases do not touch each other: in any order, and alone, each comes out as among the others.
#[test]
fn cases_do_not_touch_each_other() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases.md")).expect("the cases");
    let mut files = Files::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((_, path)) = line.strip_prefix("```").and_then(|info| info.split_once(' ')) else { continue };
        let body = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        files.insert(path.to_owned(), body);
    }
    let mut loaded = loaded(&files);
    let plan = Arc::new(loaded.plan.take().expect("a plan"));
    let together = run(&plan, &loaded.documents, "");
    assert!(together.cases.len() > 3);
    loaded.documents.routing_tests.iter_mut().for_each(|document| document.spec.cases.reverse());
    let reversed = run(&plan, &loaded.documents, "");
    for case in &together.cases {
        let again = reversed.cases.iter().find(|other| (&other.document, &other.name) == (&case.document, &case.name));
        assert_eq!(again, Some(case));
        let alone = run(&plan, &loaded.documents, &case.name);
        assert!(alone.cases.contains(case));
    }
}
