//! No tabs, and no blanks at the end of a line.

use super::fault::Fault;
use super::tree::Tree;

/// A fault for each such line of Rust, Markdown, TOML or YAML.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending_in(&[".rs", ".md", ".toml", ".yml"]) {
        for (line, number) in text.split('\n').zip(1..) {
            if line.contains('\t') {
                faults.push(Fault::new(path, number, "a tab", "use spaces, or `\\t` inside a text"));
            }
            if line.ends_with([' ', '\t', '\r']) {
                faults.push(Fault::new(path, number, "blanks at the end of the line", "remove them"));
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
    fn tabs_and_trailing_blanks_are_faults() {
        assert_eq!(
            lines(&check(&Tree::of(&[("a.toml", "a = 1\n\tb = 2\nc = 3 \n")]))),
            [
                "a.toml:2: a tab; use spaces, or `\\t` inside a text",
                "a.toml:3: blanks at the end of the line; remove them"
            ]
        );
        assert_eq!(check(&Tree::of(&[("a.rs", "a\r\n")])).len(), 1);
    }

    #[test]
    fn other_files_are_free() {
        assert_eq!(check(&Tree::of(&[("Makefile", "a:\n\tb\n"), ("a.md", "a b\n\nc\n")])), []);
    }
}
