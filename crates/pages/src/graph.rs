//! What stands on what round a workload, and where in that something is open.

mod drawing;

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_incident::direct_dependants;
use evenkeel_severity::Severity;

use crate::mark::Mark;

pub(crate) use drawing::Drawing;

/// So many are drawn on each side; the count says how many there are.
const SIDE_MAX: usize = 12;

/// A workload in the middle, what stands on it above, what it stands on below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Graph {
    pub(crate) middle: Node,
    pub(crate) above: Side,
    pub(crate) below: Side,
}

/// What is drawn of one side: the worst first, then what fails with it, then by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Side {
    pub(crate) nodes: Vec<Node>,
    /// So many more there are.
    pub(crate) more: usize,
}

/// One workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) name: Arc<str>,
    /// Whether one fails with the other; else it only gets worse.
    pub(crate) hard: bool,
    /// So many incidents are open.
    pub(crate) open: usize,
    /// The worst of them.
    pub(crate) worst: Option<Severity>,
}

impl Graph {
    /// What is round a workload; `None` when the plan has no such workload.
    pub(crate) fn around(engine: &Engine, workload: &str) -> Option<Self> {
        let plan = engine.plan();
        let middle = plan.catalogue.workloads.get(workload)?;
        let below = middle.depends_on.iter().map(|edge| (edge.workload.clone(), edge.hard));
        let (below, above) = (below.collect::<Vec<_>>(), direct_dependants(plan, workload));
        let open = open(engine, &middle.name, &below, &above);
        Some(Self {
            middle: node(&open, middle.name.clone(), true),
            above: side(&open, above),
            below: side(&open, below),
        })
    }

    /// All of it in words, a sentence each.
    pub(crate) fn words(&self) -> Vec<String> {
        let middle = &self.middle.name;
        let below = |node: &Node| {
            let how = if node.hard { "fails with" } else { "gets worse with" };
            format!("{middle} {how} {}: {}.", node.name, node.said())
        };
        let above = |node: &Node| {
            let how = if node.hard { "fails with" } else { "gets worse with" };
            format!("{} {how} {middle}: {}.", node.name, node.said())
        };
        let more = |more: usize, what: &str| (more > 0).then(|| format!("{more} more {what} {middle}."));
        let own = format!("{middle}: {}.", self.middle.said());
        let above = self.above.nodes.iter().map(above).chain(more(self.above.more, "stand on"));
        let below = self.below.nodes.iter().map(below).chain(more(self.below.more, "stand below"));
        above.chain([own]).chain(below).collect()
    }
}

impl Node {
    /// What is open.
    pub(crate) fn said(&self) -> String {
        match (self.open, self.worst) {
            (1, Some(worst)) => format!("one incident is open, {worst}"),
            (open, Some(worst)) => format!("{open} incidents are open, the worst {worst}"),
            (_, None) => "nothing is open".to_owned(),
        }
    }

    fn mark(&self) -> Mark {
        self.worst.map_or(Mark::WELL, Mark::of)
    }
}

type Open = BTreeMap<Arc<str>, (usize, Severity)>;

/// How many incidents are open of each that is drawn, and the worst.
fn open(engine: &Engine, middle: &Arc<str>, below: &[(Arc<str>, bool)], above: &[(Arc<str>, bool)]) -> Open {
    let drawn = |name: &Arc<str>| name == middle || below.iter().chain(above).any(|(known, _)| known == name);
    let mut open = Open::new();
    for incident in engine.state().incident.incidents().filter(|incident| incident.active()) {
        if let Some(name) = incident.workload.as_ref().filter(|name| drawn(name)) {
            let (count, worst) = open.entry(name.clone()).or_insert((0, incident.severity));
            (*count, *worst) = (*count + 1, (*worst).min(incident.severity));
        }
    }
    open
}

fn node(open: &Open, name: Arc<str>, hard: bool) -> Node {
    let (count, worst) = open.get(&name).map_or((0, None), |(count, worst)| (*count, Some(*worst)));
    Node { name, hard, open: count, worst }
}

fn side(open: &Open, named: Vec<(Arc<str>, bool)>) -> Side {
    let mut nodes: Vec<Node> = named.into_iter().map(|(name, hard)| node(open, name, hard)).collect();
    let last = |worst: Option<Severity>| worst.map_or(u32::MAX, Severity::number);
    nodes.sort_by(|a, b| (last(a.worst), !a.hard, &a.name).cmp(&(last(b.worst), !b.hard, &b.name)));
    let more = nodes.len().saturating_sub(SIDE_MAX);
    nodes.truncate(SIDE_MAX);
    Side { nodes, more }
}
