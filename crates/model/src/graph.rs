//! The catalogue as one graph: what stands on what, directly and through others, and who owns it and why.
//!
//! Circles end every walk: a workload is on no way to itself. A way is hard when each of its dependencies is.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

use crate::{Catalogue, Dependency};

/// The catalogue as one graph.
#[derive(Debug)]
pub struct Graph<'a> {
    catalogue: &'a Catalogue,
    /// What stands on each workload directly, by name, and whether it does hard.
    above: BTreeMap<&'a str, Vec<(&'a Arc<str>, bool)>>,
}

/// Who owns something, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner<'a> {
    /// A team or a person.
    pub who: &'a DocumentRef,
    /// The workload that it is inherited from; `None`: its own.
    pub inherited_from: Option<&'a Arc<str>>,
}

impl<'a> Graph<'a> {
    /// The graph of a catalogue.
    #[must_use]
    pub fn of(catalogue: &'a Catalogue) -> Self {
        let mut above: BTreeMap<&str, Vec<(&Arc<str>, bool)>> = BTreeMap::new();
        for workload in catalogue.workloads.values() {
            for dependency in &workload.depends_on {
                above.entry(&dependency.workload).or_default().push((&workload.name, dependency.hard));
            }
        }
        Self { catalogue, above }
    }

    /// What a workload stands on directly, in the order of the file.
    #[must_use]
    pub fn stands_on(&self, workload: &str) -> &'a [Dependency] {
        self.catalogue.workloads.get(workload).map_or(&[], |known| &known.depends_on)
    }

    /// What stands on a workload directly, by name, and whether it does hard.
    #[must_use]
    pub fn above(&self, workload: &str) -> &[(&'a Arc<str>, bool)] {
        self.above.get(workload).map_or(&[], Vec::as_slice)
    }

    /// All that a workload stands on, directly or not, and whether there is a hard way to it.
    #[must_use]
    pub fn all_below(&self, workload: &'a str) -> BTreeMap<&'a str, bool> {
        walk(workload, |name| {
            self.stands_on(name).iter().map(|dependency| (dependency.workload.as_ref(), dependency.hard)).collect()
        })
    }

    /// All that stands on a workload, directly or not, and whether there is a hard way to it.
    #[must_use]
    pub fn all_above(&self, workload: &'a str) -> BTreeMap<&'a str, bool> {
        walk(workload, |name| self.above(name).iter().map(|&(name, hard)| (name.as_ref(), hard)).collect())
    }

    /// Who owns a workload, and why.
    #[must_use]
    pub fn owner(&self, workload: &str) -> Option<Owner<'a>> {
        let who = self.catalogue.workloads.get(workload)?.owner.as_ref()?;
        Some(Owner { who, inherited_from: self.catalogue.origin.owner_from.get(workload) })
    }

    /// The workloads that a team or a person owns, by name.
    pub fn owned_by(&self, owner: &DocumentRef) -> impl Iterator<Item = &'a Arc<str>> {
        let owned = self.catalogue.workloads.values().filter(move |known| known.owner.as_ref() == Some(owner));
        owned.map(|workload| &workload.name)
    }
}

/// Everything that can be reached. What was found by a soft way is looked at again when a hard one is found.
fn walk<'a>(from: &'a str, next: impl Fn(&'a str) -> Vec<(&'a str, bool)>) -> BTreeMap<&'a str, bool> {
    let mut found: BTreeMap<&str, bool> = BTreeMap::new();
    let mut queue = VecDeque::from([(from, true)]);
    while let Some((at, hard)) = queue.pop_front() {
        for (name, edge) in next(at).into_iter().filter(|(name, _)| *name != from) {
            let way = hard && edge;
            if found.get(name).is_none_or(|known| way && !known) {
                found.insert(name, way);
                queue.push_back((name, way));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Impact, Workload};

    /// Workloads from lines such as `shop: orders mailer?`, a soft dependency marked by `?`.
    fn catalogue(lines: &str) -> Catalogue {
        let workload = |line: &str| {
            let (name, on) = line.trim().split_once(':').expect("a name");
            let dependency =
                |word: &str| Dependency { workload: word.trim_end_matches('?').into(), hard: !word.ends_with('?') };
            let depends_on = on.split_whitespace().map(dependency).collect();
            let workload = Workload {
                name: name.into(),
                owner: None,
                tier: 2,
                impact: Impact::default(),
                components: vec![],
                depends_on,
                environments: vec![],
                priority: None,
                labels: evenkeel_labels::LabelSet::default(),
            };
            (Arc::from(name), workload)
        };
        Catalogue { workloads: lines.lines().map(workload).collect(), ..Catalogue::default() }
    }

    fn shown(found: &BTreeMap<&str, bool>) -> String {
        let words = found.iter().map(|(name, hard)| format!("{name}{}", if *hard { "" } else { "?" }));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_below_and_above_is_found_once_and_a_hard_way_counts() {
        let known = catalogue("shop: cart? orders\ncart: orders\norders: ledger\nledger: clock?\nclock:");
        let graph = Graph::of(&known);
        assert_eq!(shown(&graph.all_below("shop")), "cart? clock? ledger orders");
        assert_eq!(shown(&graph.all_above("ledger")), "cart orders shop");
        assert_eq!(shown(&graph.all_above("clock")), "cart? ledger? orders? shop?");
        assert_eq!(graph.above("orders").len(), 2);
        assert_eq!(graph.stands_on("nothing"), []);
    }

    #[test]
    fn a_circle_ends() {
        let known = catalogue("a: b\nb: c\nc: a b");
        let graph = Graph::of(&known);
        assert_eq!(shown(&graph.all_below("a")), "b c");
        assert_eq!(shown(&graph.all_above("b")), "a c");
    }

    #[test]
    fn an_owner_says_where_it_comes_from() {
        let mut known = catalogue("shop:\ncart:");
        let team = DocumentRef::Team("shop".into());
        known.workloads.values_mut().for_each(|workload| workload.owner = Some(team.clone()));
        known.origin.owner_from.insert("cart".into(), "shop".into());
        let graph = Graph::of(&known);
        assert_eq!(graph.owner("shop"), Some(Owner { who: &team, inherited_from: None }));
        assert_eq!(graph.owner("cart"), Some(Owner { who: &team, inherited_from: Some(&"shop".into()) }));
        assert_eq!(graph.owned_by(&team).map(AsRef::as_ref).collect::<Vec<_>>(), ["cart", "shop"]);
    }
}
