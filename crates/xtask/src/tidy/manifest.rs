//! What the rules need to know of a crate's manifest.

use std::fmt;

use toml::{Table, Value};

use super::fault::Fault;
use super::tree::Tree;

/// How far a crate is from the decisions; the directions are in `tiers.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    Foundation,
    Core,
    Edge,
    Face,
    Binary,
    Dev,
    Example,
}

impl Tier {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "foundation" => Self::Foundation,
            "core" => Self::Core,
            "edge" => Self::Edge,
            "face" => Self::Face,
            "binary" => Self::Binary,
            "dev" => Self::Dev,
            "example" => Self::Example,
            _ => return None,
        })
    }

    /// Foundation and core are values in, values out.
    pub(crate) fn is_pure(self) -> bool {
        matches!(self, Self::Foundation | Self::Core)
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", format!("{self:?}").to_lowercase())
    }
}

/// A dependency by the package's own name, and the line that declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) line: usize,
}

/// One crate's manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Path of the manifest.
    pub(crate) path: String,
    /// The folder of the crate, with a slash at its end.
    pub(crate) folder: String,
    pub(crate) package: String,
    pub(crate) tier: Tier,
    /// Normal and build dependencies, of every target.
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) dev_dependencies: Vec<Dependency>,
}

/// Every manifest of `crates/` and `examples/` that can be read, and a fault for each that cannot.
pub(crate) fn all(tree: &Tree) -> (Vec<Manifest>, Vec<Fault>) {
    let mut manifests = Vec::new();
    let mut faults = Vec::new();
    for (path, text) in tree.ending_in(&["/Cargo.toml"]) {
        if crate_folder(path).is_none() {
            continue;
        }
        match read(path, text) {
            Ok(manifest) => manifests.push(manifest),
            Err(fault) => faults.push(fault),
        }
    }
    (manifests, faults)
}

/// `alerting` of `crates/alerting/Cargo.toml`; nothing for manifests elsewhere.
pub(crate) fn crate_folder(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("crates/").or_else(|| path.strip_prefix("examples/"))?;
    rest.strip_suffix("/Cargo.toml").filter(|folder| !folder.contains('/'))
}

fn read(path: &str, text: &str) -> Result<Manifest, Fault> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        Fault::new(path, 1, format!("not TOML: {}", error.message()), "correct the manifest")
    })?;
    let package = string_at(&table, &["package", "name"])
        .ok_or_else(|| Fault::new(path, 1, "no package name", "give the package a name"))?;
    let tier = string_at(&table, &["package", "metadata", "house", "tier"]).and_then(Tier::named).ok_or_else(|| {
        let remedy = "write `tier` under `[package.metadata.house]`: \
                      foundation, core, edge, face, binary, dev or example";
        Fault::new(path, 1, "no known tier", remedy)
    })?;
    Ok(Manifest {
        path: path.into(),
        folder: path.strip_suffix("Cargo.toml").unwrap_or(path).into(),
        package: package.into(),
        tier,
        dependencies: dependencies(&table, text, &["dependencies", "build-dependencies"]),
        dev_dependencies: dependencies(&table, text, &["dev-dependencies"]),
    })
}

fn string_at<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a str> {
    let (last, parents) = keys.split_last()?;
    let parent = parents.iter().try_fold(table, |inner, key| inner.get(*key)?.as_table())?;
    parent.get(*last)?.as_str()
}

fn dependencies(table: &Table, text: &str, sections: &[&str]) -> Vec<Dependency> {
    let targets = table.get("target").and_then(Value::as_table);
    let per_target = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let holders: Vec<&Table> = std::iter::once(table).chain(per_target).collect();
    let mut found = Vec::new();
    for section in sections {
        for (key, value) in holders.iter().filter_map(|holder| holder.get(*section)?.as_table()).flatten() {
            let renamed = value.get("package").and_then(Value::as_str);
            found.push(Dependency { name: renamed.unwrap_or(key).into(), line: line_of(text, section, key) });
        }
    }
    found
}

/// The line of a key below the first heading that mentions its section; 1 when it is written in some rarer way.
fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut inside = false;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if let Some(heading) = line.strip_prefix('[') {
            let heading = heading.trim_end_matches(']');
            inside = heading == section || heading.ends_with(&format!(".{section}"));
            if heading == format!("{section}.{key}") {
                return number;
            }
        }
        let named = line.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
        if inside && named {
            return number;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    const FULL: &str = "\
[package]
name = \"evenkeel-x\"
[package.metadata.house]
tier = \"edge\"
[dependencies]
serde.workspace = true
other = { package = \"real\", version = \"1\" }
[dependencies.tabled]
version = \"1\"
[target.'cfg(unix)'.dependencies]
libc = \"1\"
[dev-dependencies]
proptest.workspace = true
";

    #[test]
    fn reads_dependencies_of_every_kind_with_their_lines() {
        let (manifests, faults) = all(&Tree::of(&[("crates/x/Cargo.toml", FULL)]));
        assert_eq!(lines(&faults), [""; 0]);
        let [manifest] = manifests.as_slice() else { panic!("one manifest") };
        assert_eq!((manifest.folder.as_str(), manifest.tier), ("crates/x/", Tier::Edge));
        let mut found: Vec<(&str, usize)> =
            manifest.dependencies.iter().map(|found| (found.name.as_str(), found.line)).collect();
        found.sort_unstable();
        assert_eq!(found, [("libc", 11), ("real", 7), ("serde", 6), ("tabled", 8)]);
        assert_eq!(manifest.dev_dependencies, [Dependency { name: "proptest".into(), line: 13 }]);
    }

    #[test]
    fn a_manifest_without_a_known_tier_is_a_fault() {
        for manifest in ["[package]\nname = \"x\"\n", &FULL.replace("\"edge\"", "\"attic\"")] {
            let (_, faults) = all(&Tree::of(&[("examples/x/Cargo.toml", manifest)]));
            let [fault] = faults.as_slice() else { panic!("one fault") };
            assert!(fault.to_string().starts_with("examples/x/Cargo.toml:1: no known tier; write `tier`"), "{fault}");
        }
    }

    #[test]
    fn a_manifest_that_is_not_toml_is_a_fault() {
        let (_, faults) = all(&Tree::of(&[("crates/x/Cargo.toml", "[package\n")]));
        assert_eq!(faults.len(), 1);
    }
}
