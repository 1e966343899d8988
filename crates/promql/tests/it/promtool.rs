//! Expressions accepted and refused as Prometheus 2.42 does, where its promtool is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use evenkeel_promql::{FaultKind, check_types, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::expression::expression;

const PROMTOOL: &str = "/usr/bin/promtool";

/// What Prometheus 3 and 2.42 agree about, by hand: half of it is refused.
const BY_HAND: &str = include_str!("expressions.txt");

/// Whether we take it: a function that does not exist is refused by promtool too.
fn ours(text: &str) -> bool {
    parse(text).is_ok_and(|expr| check_types(&expr).is_empty())
}

/// Which promtool refuses: it begins what it says about a file with the file's path.
fn refused(dir: &Path, texts: &[String]) -> Vec<bool> {
    // One file each, since promtool stops at a file's first fault; many files a run.
    let mut all = Vec::with_capacity(texts.len());
    for chunk in texts.chunks(200) {
        let paths: Vec<_> = (0..chunk.len()).map(|index| dir.join(format!("r{index}x.yml"))).collect();
        for (path, text) in paths.iter().zip(chunk) {
            let quoted = text.replace('\'', "''");
            let file = format!("groups: [{{name: g, rules: [{{record: a, expr: '{quoted}'}}]}}]\n");
            fs::write(path, file).expect("room for a small file");
        }
        let output = Command::new(PROMTOOL).arg("check").arg("rules").args(&paths).output().expect("promtool runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let faulty = |path: &PathBuf| said.lines().any(|line| line.starts_with(&format!("{}: ", path.display())));
        all.extend(paths.iter().map(faulty));
    }
    all
}

fn compare(texts: &[String]) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a folder");
    let refused = refused(dir.path(), texts);
    let apart = texts.iter().zip(refused).filter(|(text, refused)| ours(text) == *refused);
    apart.map(|(text, refused)| format!("promtool {}: {text}", if refused { "refuses" } else { "takes" })).collect()
}

fn installed() -> bool {
    let installed = Path::new(PROMTOOL).exists();
    if !installed {
        // Not silently: who reads the output sees that nothing was compared.
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: promtool is not installed\n").expect("a stderr");
    }
    installed
}

#[test]
fn expressions_by_hand_are_judged_as_promtool_does() {
    let lines = BY_HAND.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    let marked: Vec<(bool, String)> = lines.map(|line| (line.starts_with('+'), line[2..].to_owned())).collect();
    let wrong: Vec<_> = marked.iter().filter(|(taken, text)| ours(text) != *taken).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(marked.len() >= 200);
    if installed() {
        let texts: Vec<String> = marked.into_iter().map(|(_, text)| text).collect();
        let apart = compare(&texts);
        assert!(apart.is_empty(), "{apart:#?}");
    }
}

#[test]
fn generated_expressions_are_judged_as_promtool_does() {
    if !installed() {
        return;
    }
    let mut runner = TestRunner::deterministic();
    let mut texts = Vec::new();
    for index in 0..1200 {
        let text = expression().new_tree(&mut runner).expect("an expression").current();
        let slip = "()[]{},=~!<>+-*/^%@#:\"'aeiou059 ".chars().nth(index % 32).unwrap_or(' ');
        let at = (index * 7919) % (text.len() + 1);
        if index % 3 == 0 && text.is_char_boundary(at) {
            let cut = (at + index % 2).min(text.len());
            texts.push(format!("{}{slip}{}", &text[..at], &text[cut..]));
        } else {
            texts.push(text);
        }
    }
    // Newer than 2.42, or of a pattern's language.
    texts.retain(|text| !too_new(text));
    assert!(texts.len() > 800, "{}", texts.len());
    let apart = compare(&texts);
    assert!(apart.is_empty(), "{} of {}: {apart:#?}", apart.len(), texts.len());
}

/// Whether Prometheus 3 takes it and 2.42 did not: durations as numbers, numbers as durations, quoted names.
fn too_new(text: &str) -> bool {
    let Ok(expr) = parse(text) else { return text.contains("\n") };
    if !check_types(&expr).iter().all(|fault| fault.kind != FaultKind::TooLarge) {
        return true;
    }
    !evenkeel_promql::experimental(&expr).is_empty() || evidently_new(text)
}

fn evidently_new(text: &str) -> bool {
    let mut masked = text.to_owned();
    for range in ["[5m]", "[1h:5m]", "[30m:]", "offset 5m", "offset -1h30m"] {
        masked = masked.replace(range, "");
    }
    // What is left of durations and brackets is syntax of Prometheus 3.
    let duration = masked.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
    let has_duration = duration.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).any(|word| {
        word.chars().any(|c| matches!(c, 'm' | 's' | 'h' | 'd' | 'w' | 'y' | '_')) && !word.starts_with("0x")
    });
    let quoted_name = text.contains("{\"") || text.contains(", \"") && text.contains('{') || text.contains("(\"");
    let odd_label = text.contains("(:") || text.contains("on (") && text.contains(":,");
    has_duration
        || masked.contains("[")
        || masked.contains("offset")
        || quoted_name
        || odd_label
        || text.contains("</")
        || text.contains(">/")
}
