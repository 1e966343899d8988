//! Files stay small: a large one must be listed in the ratchet, and may not grow past its mark.

use super::fault::Fault;
use super::ratchet::{self, LINES_MAX, Mark};
use super::rust_source;
use super::tree::Tree;

const SPLIT: &str = "split it by noun";

/// A fault for each file that is too large or grew, and for each line of the ratchet that has no use.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let (marks, unreadable) = ratchet::parse(tree.text(ratchet::PATH).unwrap_or_default());
    let mut faults = Vec::new();
    for line in unreadable {
        faults.push(Fault::new(ratchet::PATH, line, "not a mark", "write `path number`"));
    }
    for mark in &marks {
        faults.extend(check_mark(mark, tree));
    }
    let sources = tree.ending_in(&[".rs"]).filter(|(path, _)| !rust_source::is_test(path));
    for (path, text) in sources.filter(|(path, _)| !marks.iter().any(|mark| mark.path == *path)) {
        let lines = rust_source::production_lines(text);
        if lines > LINES_MAX {
            let what = format!("{lines} lines of production code, {LINES_MAX} are the most");
            faults.push(Fault::new(path, LINES_MAX + 1, what, SPLIT));
        }
    }
    faults
}

fn check_mark(mark: &Mark<'_>, tree: &Tree) -> Option<Fault> {
    let Some(text) = tree.text(mark.path) else {
        return Some(Fault::new(
            ratchet::PATH,
            mark.line,
            format!("`{}` is gone", mark.path),
            "run `cargo xtask tidy --bless`",
        ));
    };
    let lines = rust_source::production_lines(text);
    if lines <= LINES_MAX {
        let what = format!("`{}` is small now", mark.path);
        Some(Fault::new(ratchet::PATH, mark.line, what, "run `cargo xtask tidy --bless`"))
    } else if lines > mark.lines_max {
        let what = format!("{lines} lines of production code, its mark is {}", mark.lines_max);
        Some(Fault::new(mark.path, mark.lines_max + 1, what, SPLIT))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    fn check_file(path: &str, lines_of_code: usize, list: &str) -> Vec<String> {
        let source = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "x;\n".repeat(lines_of_code), "y;\n".repeat(500));
        lines(&check(&Tree::of(&[(path, &source), (ratchet::PATH, list)])))
    }

    #[test]
    fn a_large_file_is_a_fault() {
        assert_eq!(check_file("crates/a/src/a.rs", 400, ""), [""; 0]);
        assert_eq!(
            check_file("crates/a/src/a.rs", 401, ""),
            ["crates/a/src/a.rs:401: 401 lines of production code, 400 are the most; split it by noun"]
        );
    }

    #[test]
    fn a_listed_file_may_not_grow() {
        assert_eq!(check_file("a.rs", 450, "a.rs 450\n"), [""; 0]);
        assert_eq!(
            check_file("a.rs", 451, "a.rs 450\n"),
            ["a.rs:451: 451 lines of production code, its mark is 450; split it by noun"]
        );
    }

    #[test]
    fn a_mark_without_use_leaves_the_list() {
        assert_eq!(
            check_file("a.rs", 400, "a.rs 450\n"),
            ["crates/xtask/ratchet.txt:1: `a.rs` is small now; run `cargo xtask tidy --bless`"]
        );
        assert_eq!(check_file("a.rs", 1, "gone.rs 450\n").len(), 1);
        assert_eq!(check_file("a.rs", 1, "a.rs\n"), ["crates/xtask/ratchet.txt:1: not a mark; write `path number`"]);
    }

    #[test]
    fn files_of_tests_may_be_long() {
        let long = "x;\n".repeat(500);
        assert_eq!(check(&Tree::of(&[("crates/a/src/a/tests.rs", &long), ("crates/a/tests/b.rs", &long)])), []);
    }
}
