//! Dependencies point down the tiers, and between core crates only along the listed edges.

use super::fault::Fault;
use super::manifest::{self, Dependency, Manifest, Tier};
use super::tree::Tree;

/// Which core crate may build on which others; the same map is drawn in `ARCHITECTURE.md`.
const CORE_EDGES: &[(&str, &[&str])] = &[
    ("evenkeel-alerting", &["evenkeel-model", "evenkeel-record"]),
    ("evenkeel-check", &["evenkeel-lens", "evenkeel-model", "evenkeel-oncall", "evenkeel-promql", "evenkeel-record"]),
    (
        "evenkeel-engine",
        &[
            "evenkeel-alerting",
            "evenkeel-fact",
            "evenkeel-identity",
            "evenkeel-impact",
            "evenkeel-incident",
            "evenkeel-ledger",
            "evenkeel-model",
            "evenkeel-oncall",
            "evenkeel-record",
            "evenkeel-subscription",
        ],
    ),
    ("evenkeel-evidence-sql", &["evenkeel-fact"]),
    ("evenkeel-fact", &["evenkeel-record"]),
    ("evenkeel-identity", &["evenkeel-record"]),
    ("evenkeel-impact", &["evenkeel-record"]),
    ("evenkeel-incident", &["evenkeel-model", "evenkeel-oncall", "evenkeel-record"]),
    ("evenkeel-ledger", &["evenkeel-fact", "evenkeel-model", "evenkeel-record"]),
    ("evenkeel-lens", &["evenkeel-evidence-sql", "evenkeel-model", "evenkeel-record"]),
    ("evenkeel-model", &["evenkeel-record"]),
    ("evenkeel-plan-diff", &["evenkeel-incident", "evenkeel-model", "evenkeel-oncall"]),
    ("evenkeel-promql", &[]),
    ("evenkeel-promql-eval", &["evenkeel-promql"]),
    (
        "evenkeel-rules",
        &["evenkeel-model", "evenkeel-promql", "evenkeel-promql-eval", "evenkeel-record", "evenkeel-slo"],
    ),
    (
        "evenkeel-rule-test",
        &["evenkeel-model", "evenkeel-promql", "evenkeel-promql-eval", "evenkeel-rules", "evenkeel-series-notation"],
    ),
    ("evenkeel-series-notation", &["evenkeel-promql"]),
    ("evenkeel-slo", &["evenkeel-model", "evenkeel-promql"]),
    ("evenkeel-routing-test", &["evenkeel-engine", "evenkeel-incident", "evenkeel-model", "evenkeel-record"]),
    ("evenkeel-oncall", &["evenkeel-model", "evenkeel-record"]),
    ("evenkeel-record", &[]),
    ("evenkeel-subscription", &["evenkeel-model", "evenkeel-record"]),
];

const fn allowed(tier: Tier) -> &'static [Tier] {
    match tier {
        Tier::Foundation => &[Tier::Foundation],
        Tier::Core => &[Tier::Foundation, Tier::Core],
        Tier::Edge => &[Tier::Foundation, Tier::Core, Tier::Edge],
        Tier::Face => &[Tier::Foundation, Tier::Core, Tier::Face],
        Tier::Binary => &[Tier::Foundation, Tier::Core, Tier::Edge, Tier::Face, Tier::Binary, Tier::Example],
        Tier::Dev => &[Tier::Foundation, Tier::Core, Tier::Edge, Tier::Face, Tier::Binary, Tier::Dev, Tier::Example],
        Tier::Example => &[Tier::Example],
    }
}

/// A fault for each manifest without a tier and each dependency that points the wrong way.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let (manifests, mut faults) = manifest::all(tree);
    for from in &manifests {
        for (to, dependency) in ours(&manifests, &from.dependencies) {
            faults.extend(direction(from, to, dependency));
        }
        for (to, dependency) in ours(&manifests, &from.dev_dependencies) {
            if from.tier.is_pure() && to.tier == Tier::Binary {
                faults.push(upwards(from, to, dependency, "even the tests of"));
            }
        }
    }
    faults
}

fn ours<'a>(
    manifests: &'a [Manifest],
    dependencies: &'a [Dependency],
) -> impl Iterator<Item = (&'a Manifest, &'a Dependency)> {
    dependencies.iter().filter_map(|dependency| {
        let to = manifests.iter().find(|known| known.package == dependency.name)?;
        Some((to, dependency))
    })
}

fn direction(from: &Manifest, to: &Manifest, dependency: &Dependency) -> Option<Fault> {
    if !allowed(from.tier).contains(&to.tier) {
        return Some(upwards(from, to, dependency, "a crate of"));
    }
    let between_peers = from.tier == Tier::Core && to.tier == Tier::Core;
    let listed = CORE_EDGES.iter().any(|(name, peers)| *name == from.package && peers.contains(&to.package.as_str()));
    (between_peers && !listed).then(|| {
        let what =
            format!("core crate `{}` builds on core crate `{}`, which is not in the map", from.package, to.package);
        Fault::new(
            &from.path,
            dependency.line,
            what,
            "drop it, or add it to the map in ARCHITECTURE.md and here (crates/xtask/src/tidy/tiers.rs)",
        )
    })
}

fn upwards(from: &Manifest, to: &Manifest, dependency: &Dependency, who: &str) -> Fault {
    let what = format!("{who} tier {} may not depend on `{}` of tier {}", from.tier, to.package, to.tier);
    let remedy = "turn it round: take a value or a trait from below, and wire it up in the binary";
    Fault::new(&from.path, dependency.line, what, remedy)
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    const TIERS: &[(&str, Tier)] = &[
        ("foundation", Tier::Foundation),
        ("core", Tier::Core),
        ("edge", Tier::Edge),
        ("face", Tier::Face),
        ("binary", Tier::Binary),
        ("dev", Tier::Dev),
        ("example", Tier::Example),
    ];

    fn manifest(package: &str, tier: &str, section: &str, dependency: &str) -> String {
        format!(
            "[package]\nname = \"{package}\"\n[package.metadata.house]\ntier = \"{tier}\"\n\
             [{section}]\n{dependency}.workspace = true\n"
        )
    }

    fn check_pair(from: (&str, &str), to: (&str, &str), section: &str) -> Vec<String> {
        let from = manifest(from.0, from.1, section, to.0);
        let to = manifest(to.0, to.1, "dependencies", "serde");
        lines(&check(&Tree::of(&[("crates/from/Cargo.toml", &from), ("crates/to/Cargo.toml", &to)])))
    }

    #[test]
    fn each_pair_of_tiers_is_as_the_table_says() {
        for (from, tier) in TIERS {
            for (to, target) in TIERS {
                let good = check_pair((from, from), (&format!("to-{to}"), to), "dependencies").is_empty();
                // Core to core is decided by the map, below.
                let core_peers = *from == "core" && *to == "core";
                assert_eq!(good, allowed(*tier).contains(target) && !core_peers, "{from} -> {to}");
            }
        }
    }

    #[test]
    fn a_face_may_not_import_an_edge() {
        assert_eq!(
            check_pair(("evenkeel-api", "face"), ("evenkeel-journal", "edge"), "dependencies"),
            ["crates/from/Cargo.toml:6: a crate of tier face may not depend on `evenkeel-journal` of tier edge; \
              turn it round: take a value or a trait from below, and wire it up in the binary"]
        );
    }

    #[test]
    fn core_peers_follow_the_map() {
        let engine_on_alerting = check_pair(("evenkeel-engine", "core"), ("evenkeel-alerting", "core"), "dependencies");
        assert_eq!(engine_on_alerting, [""; 0]);
        let back = check_pair(("evenkeel-record", "core"), ("evenkeel-model", "core"), "dependencies");
        let [fault] = back.as_slice() else { panic!("one fault: {back:?}") };
        assert!(fault.contains("add it to the map in ARCHITECTURE.md and here"), "{fault}");
    }

    #[test]
    fn tests_may_reach_up_but_the_core_not_to_the_binary() {
        assert_eq!(check_pair(("a", "core"), ("b", "edge"), "dev-dependencies"), [""; 0]);
        assert_eq!(check_pair(("a", "face"), ("b", "binary"), "dev-dependencies"), [""; 0]);
        assert_eq!(check_pair(("a", "core"), ("b", "binary"), "dev-dependencies").len(), 1);
        assert_eq!(check_pair(("a", "foundation"), ("b", "binary"), "dev-dependencies").len(), 1);
    }
}
