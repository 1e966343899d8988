//! No marks of unfinished work in Rust files.

use super::fault::Fault;
use super::rust_source::finds_word;
use super::tree::Tree;

/// In two halves each, so that this file does not find itself.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("to", "do!"),
    concat!("unimpl", "emented!"),
];

/// A fault for each mark, in code and in comments.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending_in(&[".rs"]) {
        for (line, number) in text.lines().zip(1..) {
            for mark in MARKS.iter().filter(|mark| finds_word(line, mark)) {
                let remedy = "finish it, or say in the header what is deliberately absent";
                faults.push(Fault::new(path, number, format!("unfinished work: `{mark}`"), remedy));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn every_mark_is_a_fault() {
        for mark in MARKS {
            let source = format!("//! A.\n// {mark}(): later\n");
            assert_eq!(
                lines(&check(&Tree::of(&[("a.rs", &source)]))),
                [format!(
                    "a.rs:2: unfinished work: `{mark}`; finish it, or say in the header what is deliberately absent"
                )]
            );
        }
    }

    #[test]
    fn longer_words_are_fine() {
        assert_eq!(check(&Tree::of(&[("a.rs", "let TODOS = \"XXXXXX\";\n")])), []);
    }
}
