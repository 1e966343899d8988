//! The source of foundation and core crates mentions neither clock nor machine.

use super::fault::Fault;
use super::manifest;
use super::rust_source::{self, finds_word};
use super::tree::Tree;

/// What is not mentioned, and what to do instead. `std` items are written from the crate on.
const BANNED: &[(&str, &str)] = &[
    ("std::env", "read the environment in the binary and pass the value down"),
    ("std::fs", "read and write files in an edge crate"),
    ("std::io", "return values, and let an edge crate read and write"),
    ("std::net", "leave the network to an edge crate"),
    ("std::process", "leave processes to an edge crate"),
    ("std::thread", "leave threads to edges and the binary"),
    ("Instant::now", "take `now` as an argument"),
    ("SystemTime::now", "take `now` as an argument"),
    ("Timestamp::now", "take `now` as an argument"),
    ("Zoned::now", "take `now` as an argument"),
];

/// A fault for each mention in code; comments, text and tests may say what they like.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let (manifests, _) = manifest::all(tree);
    let mut faults = Vec::new();
    for pure in manifests.iter().filter(|manifest| manifest.tier.is_pure()) {
        let source = format!("{}src/", pure.folder);
        let files = tree.ending_in(&[".rs"]).filter(|(path, _)| path.starts_with(&source));
        for (path, text) in files.filter(|(path, _)| !rust_source::is_test(path)) {
            faults.extend(check_file(path, text));
        }
    }
    faults
}

fn check_file(path: &str, text: &str) -> Vec<Fault> {
    let code = rust_source::without_tests(&rust_source::code_only(text));
    let mut faults = Vec::new();
    for (line, number) in code.lines().zip(1..) {
        for (banned, remedy) in BANNED.iter().filter(|(banned, _)| finds_word(line, banned)) {
            faults.push(Fault::new(path, number, format!("the core mentions `{banned}`"), *remedy));
        }
    }
    for (number, module) in grouped_imports(&code) {
        let full = format!("std::{module}");
        for (banned, remedy) in BANNED.iter().filter(|(banned, _)| *banned == full) {
            faults.push(Fault::new(path, number, format!("the core mentions `{banned}`"), *remedy));
        }
    }
    faults
}

/// The first segments inside each `std::{…}`, with the line of the group.
fn grouped_imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, opening) in code.match_indices("std::{") {
        let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let mut depth = 0_usize;
        let mut top_level = String::new();
        for letter in code.get(at + opening.len()..).unwrap_or_default().chars() {
            match letter {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                other if depth == 0 => top_level.push(other),
                _ => {}
            }
        }
        let first = |item: &str| item.trim().split([':', ' ']).next().unwrap_or_default().to_owned();
        found.extend(top_level.split(',').map(|item| (line, first(item))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    fn check_source(tier: &str, file: &str, source: &str) -> Vec<String> {
        let manifest = format!("[package]\nname = \"x\"\n[package.metadata.house]\ntier = \"{tier}\"\n");
        let path = format!("crates/x/{file}");
        lines(&check(&Tree::of(&[("crates/x/Cargo.toml", &manifest), (&path, source)])))
    }

    #[test]
    fn a_clock_in_the_core_is_a_fault() {
        assert_eq!(
            check_source("core", "src/lib.rs", "//! X.\nfn f() -> u64 { std::time::SystemTime::now() }\n"),
            ["crates/x/src/lib.rs:2: the core mentions `SystemTime::now`; take `now` as an argument"]
        );
    }

    #[test]
    fn every_banned_word_is_found_also_in_groups() {
        for (banned, _) in BANNED {
            assert_eq!(check_source("foundation", "src/a.rs", &format!("use {banned};\n")).len(), 1, "{banned}");
        }
        let group = "use std::{\n    fmt::{self, env},\n    fs::File,\n    io,\n};\n";
        assert_eq!(check_source("core", "src/a.rs", group).len(), 2);
    }

    #[test]
    fn comments_text_tests_and_longer_words_are_free() {
        let free = "//! Not std::fs.\nuse std::iter;\nuse std::fmt;\nconst A: &str = \"std::fs\";\n\
                    #[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(check_source("core", "src/a.rs", free), [""; 0]);
        assert_eq!(check_source("core", "src/a/tests.rs", "use std::fs;\n"), [""; 0]);
        assert_eq!(check_source("core", "tests/golden.rs", "use std::fs;\n"), [""; 0]);
        assert_eq!(check_source("edge", "src/a.rs", "use std::fs;\n"), [""; 0]);
    }

    #[test]
    fn code_after_the_tests_is_seen_again() {
        let source = "#[cfg(test)]\nuse std::env;\nuse std::fs;\n";
        assert_eq!(
            check_source("core", "src/a.rs", source),
            ["crates/x/src/a.rs:3: the core mentions `std::fs`; read and write files in an edge crate"]
        );
    }
}
