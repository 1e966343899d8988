//! Every source file begins by saying what it is.

use super::fault::Fault;
use super::tree::Tree;

/// A fault for each file under `src` without a header; files of tests and build scripts need none.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let sources = tree.ending_in(&[".rs"]).filter(|(path, _)| needs_header(path));
    sources
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| Fault::new(path, 1, "no header", "begin with `//!` and say what the file is and why"))
        .collect()
}

fn needs_header(path: &str) -> bool {
    let mut folders = path.split('/');
    let name = folders.next_back().unwrap_or_default();
    folders.any(|folder| folder == "src") && name != "tests.rs" && name != "build.rs"
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn a_file_without_a_header_is_a_fault() {
        assert_eq!(
            lines(&check(&Tree::of(&[("crates/x/src/a.rs", "use b;\n")]))),
            ["crates/x/src/a.rs:1: no header; begin with `//!` and say what the file is and why"]
        );
    }

    #[test]
    fn headers_tests_and_build_scripts_are_fine() {
        let tree = Tree::of(&[
            ("crates/x/src/a.rs", "//! A.\n"),
            ("crates/x/src/a/tests.rs", "use super::*;\n"),
            ("crates/x/build.rs", "fn main() {}\n"),
            ("crates/x/tests/b.rs", "fn b() {}\n"),
        ]);
        assert_eq!(check(&tree), []);
    }
}
