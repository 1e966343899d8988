//! Workloads that fail with one that is two tiers less important, or more.
//!
//! One tier apart is how organisations are built; two apart, what the organisation lives from is only as good as what
//! nobody looks after at night. Only hard dependencies count, direct ones and those through others, and only tiers that
//! somebody wrote. Of a chain the nearest workload that can be named is reported, and no other.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::{Catalogue, Graph, codes, quoted};

use super::dependencies::Dependencies;
use crate::Repo;

/// Tiers may be so far apart and no further.
const APART: u8 = 1;
/// So many dependencies are followed in all.
const STEPS_MAX: usize = 200_000;
/// Of the workloads between two no more than so many are named.
const SHOWN_MAX: usize = 4;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let catalogue = repo.catalogue;
    if !repo.is_whole() || catalogue.workloads.is_empty() {
        return;
    }
    let graph = Graph::of(catalogue);
    let written = Dependencies::of(repo);
    let mut steps = STEPS_MAX;
    for name in catalogue.workloads.keys() {
        let Some(tier) = tier(catalogue, name) else { continue };
        for found in below(name, tier, catalogue, &graph, &mut steps) {
            diags.extend(described(name, tier, &found, &written, repo));
        }
    }
}

/// Something too far below, and the way to it without both ends.
struct Found<'a> {
    workload: &'a Arc<str>,
    tier: u8,
    through: Vec<&'a Arc<str>>,
}

/// The tier that somebody wrote.
fn tier(catalogue: &Catalogue, workload: &Arc<str>) -> Option<u8> {
    let known = catalogue.workloads.get(workload)?;
    (!catalogue.origin.untiered.contains(workload)).then_some(known.tier)
}

/// What a workload stands on hard that is too far below it. A workload that is as important is judged by itself, so
/// nothing is looked for behind it.
fn below<'a>(
    from: &'a Arc<str>,
    own: u8,
    catalogue: &'a Catalogue,
    graph: &Graph<'a>,
    steps: &mut usize,
) -> Vec<Found<'a>> {
    let mut before: BTreeMap<&Arc<str>, &Arc<str>> = BTreeMap::new();
    // With whether somebody is between who is judged too, and says so where it is too far below them.
    let mut queue = VecDeque::from([(from, false)]);
    let mut found = Vec::new();
    while let Some((at, judged)) = queue.pop_front() {
        for dependency in graph.stands_on(at).iter().filter(|dependency| dependency.hard) {
            let next = &dependency.workload;
            if *steps == 0 || next == from || before.contains_key(next) {
                continue;
            }
            *steps -= 1;
            before.insert(next, at);
            match tier(catalogue, next) {
                Some(tier) if tier > own + APART => {
                    if !judged || tier <= own + 2 * APART {
                        found.push(Found { workload: next, tier, through: way(from, at, &before) });
                    }
                }
                Some(tier) if tier > own => queue.push_back((next, true)),
                Some(_) => {}
                None => queue.push_back((next, judged)),
            }
        }
    }
    found
}

/// The workloads between two.
fn way<'a>(from: &Arc<str>, mut at: &'a Arc<str>, before: &BTreeMap<&Arc<str>, &'a Arc<str>>) -> Vec<&'a Arc<str>> {
    let mut way = Vec::new();
    while at != from {
        way.push(at);
        let Some(previous) = before.get(at) else { break };
        at = previous;
    }
    way.reverse();
    way
}

fn described(
    name: &Arc<str>,
    tier: u8,
    found: &Found<'_>,
    written: &Dependencies,
    repo: &Repo<'_>,
) -> Option<Diagnostic> {
    let first = found.through.first().unwrap_or(&found.workload);
    let declared = |workload: &Arc<str>| repo.place(&DocumentRef::Workload(Arc::clone(workload)));
    let place = written.place(name, first).or_else(|| declared(name))?;
    let (above, below) = (quoted(name), quoted(found.workload));
    let headline =
        format!("the workload {above} is tier {tier} and stands on {below}, tier {}{}", found.tier, through(found));
    let diag = Diagnostic::finding(codes::TIER_INVERSION, place, headline);
    let diag = match declared(found.workload) {
        Some(there) => diag.related(there, format!("tier {}", found.tier)),
        None => diag,
    };
    let better = tier + APART;
    let soft = match (repo.documents.workloads.iter().any(|known| *known.name.value == **name), &*found.through) {
        (true, []) => format!("let {above} do without it and say `hard: false`"),
        (false, []) => format!("let {above} do without it and say `hard: false` in a `Workload` of that name"),
        (_, _) => "let one of them do without the next and say `hard: false`".to_owned(),
    };
    Some(diag.help(format!("make {below} tier {better}, or {soft}")))
}

fn through(found: &Found<'_>) -> String {
    if found.through.is_empty() {
        return String::new();
    }
    let mut shown: Vec<String> = found.through.iter().take(SHOWN_MAX).map(|name| quoted(name)).collect();
    if found.through.len() > SHOWN_MAX {
        shown.push("…".to_owned());
    }
    format!(", through {}", shown.join(", "))
}
