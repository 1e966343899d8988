//! Foundation and core crates depend on nothing that runs, waits, rolls dice or touches the machine.

use super::fault::Fault;
use super::manifest;
use super::tree::Tree;

/// Each name stands for itself and for its family: `hyper` for `hyper-util` too.
const BANNED: &[&str] = &[
    "async-std",
    "axum",
    "chrono",
    "getrandom",
    "hyper",
    "lettre",
    "libc",
    "mio",
    "nix",
    "notify",
    "rand",
    "reqwest",
    "rusqlite",
    "rustix",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "tempfile",
    "tokio",
    "tracing",
    "ureq",
    "walkdir",
];

/// A fault for each such dependency. Tests of a pure crate may use what they like.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let (manifests, _) = manifest::all(tree);
    let mut faults = Vec::new();
    for pure in manifests.iter().filter(|manifest| manifest.tier.is_pure()) {
        for dependency in pure.dependencies.iter().filter(|dependency| is_banned(&dependency.name)) {
            let what = format!("{} crate `{}` depends on `{}`", pure.tier, pure.package, dependency.name);
            let remedy = "move the work to an edge crate, and hand its result in as a value";
            faults.push(Fault::new(&pure.path, dependency.line, what, remedy));
        }
    }
    faults
}

fn is_banned(name: &str) -> bool {
    BANNED
        .iter()
        .any(|banned| name.strip_prefix(banned).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_'])))
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    fn check_one(tier: &str, dependency: &str) -> Vec<String> {
        let manifest = format!(
            "[package]\nname = \"x\"\n[package.metadata.house]\ntier = \"{tier}\"\n[dependencies]\n{dependency} = \"1\"\n"
        );
        lines(&check(&Tree::of(&[("crates/x/Cargo.toml", &manifest)])))
    }

    #[test]
    fn a_runtime_in_the_core_is_a_fault() {
        assert_eq!(
            check_one("core", "tokio"),
            ["crates/x/Cargo.toml:6: core crate `x` depends on `tokio`; \
              move the work to an edge crate, and hand its result in as a value"]
        );
        for banned in ["hyper-util", "rand_core", "tracing-subscriber", "notify", "tempfile"] {
            assert_eq!(check_one("foundation", banned).len(), 1, "{banned}");
        }
    }

    #[test]
    fn value_crates_and_edges_are_free() {
        for (tier, dependency) in [("core", "serde"), ("core", "randomart"), ("core", "sha2"), ("edge", "tokio")] {
            assert_eq!(check_one(tier, dependency), [""; 0], "{dependency}");
        }
    }
}
