//! Workloads that stand on each other in a circle: none of them can be started first.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;

use crate::resolve::names::Names;
use crate::{Catalogue, Workload, codes, quoted};

/// Of a circle no more than so many are named.
const SHOWN_MAX: usize = 8;
/// Where everything stands on everything there are more circles than anybody wants to read.
const CIRCLES_MAX: usize = 20;

/// Reports circles of hard dependencies, each once, at the workload that comes first in it.
pub(super) fn hard_dependencies(catalogue: &Catalogue, names: &mut Names<'_>) {
    for circle in circles(&catalogue.workloads) {
        let Some(first) = circle.first() else { continue };
        let Some(span) = names.workloads.span(first) else { continue };
        let mut shown: Vec<String> = circle.iter().take(SHOWN_MAX).map(|name| quoted(name)).collect();
        if circle.len() > SHOWN_MAX {
            shown.push("…".to_owned());
        }
        shown.push(quoted(first));
        let headline = format!("workloads stand on each other in a circle: {}", shown.join(" → "));
        let diag = Diagnostic::finding(codes::DEPENDENCY_CYCLE, span, headline);
        let help = "none of them can be started first: let one do without the other, and write `hard: false` there";
        names.diags.push(diag.help(help));
    }
}

/// How far the search has come with a workload.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// It is at this place of the path.
    OnPath(usize),
    /// All that is below it is known.
    Done,
}

/// One circle for each hard dependency that closes one, found depth first, up to a bound. The path is a list of its own, since a chain
/// of dependencies may be longer than any stack.
fn circles(workloads: &BTreeMap<Arc<str>, Workload>) -> Vec<Vec<Arc<str>>> {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    let mut found = Vec::new();
    for start in workloads.values() {
        let mut path: Vec<(&Workload, usize)> = Vec::new();
        if !seen.contains_key(start.name.as_ref()) {
            seen.insert(&start.name, Seen::OnPath(0));
            path.push((start, 0));
        }
        while let Some((workload, next)) = path.last_mut().filter(|_| found.len() < CIRCLES_MAX) {
            let Some(dependency) = workload.depends_on.get(*next) else {
                seen.insert(&workload.name, Seen::Done);
                path.pop();
                continue;
            };
            *next += 1;
            let Some(below) = workloads.get(&dependency.workload).filter(|_| dependency.hard) else { continue };
            match seen.get(below.name.as_ref()) {
                Some(Seen::Done) => {}
                Some(Seen::OnPath(at)) => found.push(from_the_first(path.iter().skip(*at).map(|(on, _)| &on.name))),
                None => {
                    seen.insert(&below.name, Seen::OnPath(path.len()));
                    path.push((below, 0));
                }
            }
        }
    }
    found
}

/// The circle turned so that it begins with the least name.
fn from_the_first<'a>(circle: impl Iterator<Item = &'a Arc<str>>) -> Vec<Arc<str>> {
    let mut circle: Vec<Arc<str>> = circle.cloned().collect();
    let least = circle.iter().enumerate().min_by_key(|(_, name)| Arc::clone(name)).map_or(0, |(at, _)| at);
    circle.rotate_left(least);
    circle
}
