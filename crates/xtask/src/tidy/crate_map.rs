//! Every crate has its line in `ARCHITECTURE.md`.

use super::fault::Fault;
use super::manifest;
use super::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";

/// A fault for each crate the map does not name.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let Some(map) = tree.text(MAP) else {
        return vec![Fault::new(MAP, 1, "there is no map", "write it, with a line for every crate")];
    };
    let crates = tree.ending_in(&["/Cargo.toml"]).filter_map(|(path, _)| {
        let folder = manifest::crate_folder(path)?;
        path.starts_with("crates/").then_some(folder)
    });
    crates
        .filter(|name| !names(map, name))
        .map(|name| {
            Fault::new(MAP, 1, format!("no line for the crate `{name}`"), format!("say in one line what `{name}` does"))
        })
        .collect()
}

fn names(map: &str, name: &str) -> bool {
    map.contains(&format!("`{name}`")) || map.contains(&format!("`crates/{name}`"))
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn a_crate_without_a_line_is_a_fault() {
        let tree = Tree::of(&[
            (MAP, "- `alerting`: decides\n- `crates/ids`: names\n- recorder, the `recorder`\n"),
            ("crates/alerting/Cargo.toml", ""),
            ("crates/ids/Cargo.toml", ""),
            ("crates/record/Cargo.toml", ""),
        ]);
        assert_eq!(
            lines(&check(&tree)),
            ["ARCHITECTURE.md:1: no line for the crate `record`; say in one line what `record` does"]
        );
    }

    #[test]
    fn a_missing_map_is_one_fault() {
        assert_eq!(check(&Tree::of(&[("crates/a/Cargo.toml", ""), ("crates/b/Cargo.toml", "")])).len(), 1);
    }
}
