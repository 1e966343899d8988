//! Names that say nothing are not used for files, folders or modules.

use super::fault::Fault;
use super::rust_source::{self, finds_word};
use super::tree::Tree;

const BANNED: &[&str] = &["common", "helpers", "manager", "misc", "prelude", "util", "utils"];

const NAME_IT: &str = "name it after what it holds, as in `backoff` or `line_index`";

/// A fault for each such file, folder with Rust in it, or inline module.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending_in(&[".rs"]) {
        for part in path.split('/').map(|part| part.strip_suffix(".rs").unwrap_or(part)) {
            if BANNED.contains(&part) {
                faults.push(Fault::new(path, 1, format!("`{part}` says nothing"), NAME_IT));
            } else if part == "mod" {
                let remedy = "name the file after the module and put it beside the folder";
                faults.push(Fault::new(path, 1, "a `mod.rs` file", remedy));
            }
        }
        for (line, number) in rust_source::code_only(text).lines().zip(1..) {
            for banned in BANNED.iter().filter(|banned| finds_word(line, &format!("mod {banned}"))) {
                faults.push(Fault::new(path, number, format!("module `{banned}` says nothing"), NAME_IT));
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
    fn an_empty_name_is_a_fault() {
        for banned in BANNED {
            for path in [format!("crates/x/src/{banned}.rs"), format!("crates/{banned}/src/lib.rs")] {
                assert_eq!(check(&Tree::of(&[(&path, "")])).len(), 1, "{path}");
            }
            assert_eq!(check(&Tree::of(&[("crates/x/src/lib.rs", &format!("pub mod {banned};\n"))])).len(), 1);
        }
        assert_eq!(
            lines(&check(&Tree::of(&[("src/lib.rs", "//! mod util\nmod util {}\n")]))),
            ["src/lib.rs:2: module `util` says nothing; name it after what it holds, as in `backoff` or `line_index`"]
        );
    }

    #[test]
    fn mod_files_are_a_fault() {
        assert_eq!(
            lines(&check(&Tree::of(&[("crates/x/src/a/mod.rs", "")]))),
            ["crates/x/src/a/mod.rs:1: a `mod.rs` file; name the file after the module and put it beside the folder"]
        );
    }

    #[test]
    fn names_that_hold_the_word_are_fine() {
        assert_eq!(
            check(&Tree::of(&[("crates/x/src/utilisation.rs", "mod common_name;\n"), ("docs/common.md", "")])),
            []
        );
    }
}
