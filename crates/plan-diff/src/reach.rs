//! Which routes an alert may take of which only some labels are known.
//!
//! A rule says its alerts' name and some labels; the others come from the series and are known only when it fires. A
//! matcher on such a label may hold or not, so an alert may have several ways. None that it can take is left out.

use std::collections::BTreeSet;

use evenkeel_labels::{LabelSet, Matcher, Matchers};
use evenkeel_model::{Route, RouteTree};

/// What is known of the labels of an alert.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    /// These it has for certain.
    pub(crate) labels: &'a LabelSet,
    /// Of these it has a value that nobody knows before it fires.
    pub(crate) templated: &'a BTreeSet<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    Maybe,
    No,
}

/// The routes at which alerts may end, in the order of the tree.
pub(crate) fn reachable<'a>(tree: &'a RouteTree, known: &Known<'_>) -> Vec<&'a Route> {
    let mut found = Vec::new();
    if let Some(root) = tree.routes.first() {
        descend(tree, root, known, &mut found);
    }
    found
}

/// Adds where an alert at the route may end; its matchers hold, or may.
fn descend<'a>(tree: &'a RouteTree, route: &'a Route, known: &Known<'_>, found: &mut Vec<&'a Route>) {
    let mut stays = true;
    for child in route.children.iter().filter_map(|index| tree.routes.get(*index)) {
        let holds = all_hold(&child.matchers, known);
        if holds == Holds::No {
            continue;
        }
        descend(tree, child, known, found);
        if holds == Holds::Yes {
            stays = false;
            if !child.continue_matching {
                return;
            }
        }
    }
    if stays {
        found.push(route);
    }
}

fn all_hold(matchers: &Matchers, known: &Known<'_>) -> Holds {
    let mut all = Holds::Yes;
    for matcher in &matchers.0 {
        match holds(matcher, known) {
            Holds::No => return Holds::No,
            Holds::Maybe => all = Holds::Maybe,
            Holds::Yes => {}
        }
    }
    all
}

fn holds(matcher: &Matcher, known: &Known<'_>) -> Holds {
    let value = known.labels.get(matcher.name());
    if value.is_empty() || known.templated.contains(matcher.name()) {
        return Holds::Maybe;
    }
    if matcher.matches_value(value) { Holds::Yes } else { Holds::No }
}
