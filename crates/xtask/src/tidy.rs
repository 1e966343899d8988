//! The house rules that a machine can check.
//!
//! Each rule is one file below and one function `check(&Tree) -> Vec<Fault>`: it looks at the files of the
//! repository as values, so that its tests plant a fault in a few lines of text. This file lists the rules,
//! runs them, and prints one line a fault.

mod banned_names;
mod blanks;
mod core_dependencies;
mod core_source;
mod crate_map;
mod fault;
mod file_size;
mod headers;
mod links;
mod listing;
mod machine_paths;
mod manifest;
mod ratchet;
mod rust_source;
mod test_command;
mod tiers;
mod tree;
mod unfinished;
mod weight;

use std::path::Path;

use anyhow::Context as _;
use fault::Fault;
use tree::Tree;

const RULES: &[fn(&Tree) -> Vec<Fault>] = &[
    tiers::check,
    crate_map::check,
    core_dependencies::check,
    core_source::check,
    file_size::check,
    banned_names::check,
    headers::check,
    unfinished::check,
    blanks::check,
    machine_paths::check,
    links::check,
    weight::check,
    test_command::check,
];

/// Prints every fault; whether there is none.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let tree = Tree::read(root)?;
    let faults = faults(&tree);
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("tidy: {} files, no fault", tree.len()),
        1 => println!("tidy: {} files, 1 fault", tree.len()),
        many => println!("tidy: {} files, {many} faults", tree.len()),
    }
    Ok(faults.is_empty())
}

/// Lowers the marks of the ratchet to what the files are now; always good.
pub(crate) fn bless(root: &Path) -> anyhow::Result<bool> {
    let tree = Tree::read(root)?;
    let listed = tree.text(ratchet::PATH).unwrap_or_default();
    let blessed = ratchet::blessed(listed, |path| tree.text(path).map(rust_source::production_lines));
    if blessed == listed {
        println!("tidy: the ratchet is as low as it goes");
    } else {
        std::fs::write(root.join(ratchet::PATH), blessed).with_context(|| format!("writing `{}`", ratchet::PATH))?;
        println!("tidy: lowered {}", ratchet::PATH);
    }
    Ok(true)
}

fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults: Vec<Fault> = RULES.iter().flat_map(|check| check(tree)).collect();
    faults.sort();
    faults.dedup();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_in_the_order_of_the_files() {
        let tree = Tree::of(&[("b.md", "blank \n"), (".ci/run", "cargo test --workspace\n"), ("a.md", "\n\tx\n")]);
        let places: Vec<String> = faults(&tree).iter().map(Fault::place).collect();
        assert_eq!(places, ["ARCHITECTURE.md:1", "a.md:2", "b.md:1"]);
    }
}
