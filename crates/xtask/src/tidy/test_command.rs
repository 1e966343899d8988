//! What the README tells people to run is what the machine runs.

use super::fault::Fault;
use super::tree::Tree;

const COMMAND: &str = "cargo test --workspace";

/// A fault for the machine's script, and for the README where there is one, without the command.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, must_exist) in [(".ci/run", true), ("README.md", false)] {
        let good = tree.text(path).map_or(!must_exist, |text| text.contains(COMMAND));
        if !good {
            let remedy = "keep the command the same in README.md and .ci/run";
            faults.push(Fault::new(path, 1, format!("does not say `{COMMAND}`"), remedy));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn both_files_say_the_same_command() {
        let good = "x\ncargo test --workspace\n";
        assert_eq!(check(&Tree::of(&[(".ci/run", good), ("README.md", good)])), []);
        assert_eq!(
            lines(&check(&Tree::of(&[(".ci/run", good), ("README.md", "cargo test\n")]))),
            ["README.md:1: does not say `cargo test --workspace`; keep the command the same in README.md and .ci/run"]
        );
    }

    #[test]
    fn only_the_script_must_exist() {
        assert_eq!(check(&Tree::of(&[(".ci/run", COMMAND)])), []);
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
