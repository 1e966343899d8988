//! Runs `tests/cases/*.md`: prose, files in fenced blocks, and what comes of them.
//!
//! Each `##` section is a case. A block marked `yaml` is a file, named by the word after it or `alertmanager.yml`. A
//! block marked `diagnostics` lists everything found, one marked `plan` the plan, one marked `declared` what its documents
//! say. The word `allow` in a section's title allows missing receivers. What really came out is written beside the build
//! products on a mismatch.

use std::fs;
use std::path::Path;

use evenkeel_model::Missing;

use crate::load::load;
use crate::show;

/// Runs a page; gives it back with what really came out.
fn run(page: &str) -> String {
    let mut out = String::new();
    let (mut files, mut missing) = (Vec::new(), Missing::Refuse);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line.starts_with("## ") {
            files.clear();
            missing = if line.contains("allow") { Missing::Allow } else { Missing::Refuse };
        }
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let written: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let block = match info.split_once(' ').unwrap_or((info, "alertmanager.yml")) {
            ("yaml", path) => {
                files.push((path.to_owned(), written.clone().into_bytes()));
                written
            }
            ("diagnostics", _) => show::diagnostics(&load(&files, missing)),
            ("plan", _) => match load(&files, missing).plan {
                Some(plan) => show::plan(&plan),
                None => "none\n".to_owned(),
            },
            ("declared", _) => load(&files, missing).plan.as_ref().map_or("none\n".to_owned(), show::declared),
            _ => written,
        };
        out.push_str(&block);
        out.push_str("```\n");
    }
    out
}

fn pages() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(dir).expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).expect("a page"))).collect()
}

#[test]
fn every_case_comes_out_as_written() {
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        let actual = run(&page);
        if actual != page {
            let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
            fs::write(&beside, &actual).expect("room for the outcome");
            wrong.push(format!("{name}: compare with {}", beside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
