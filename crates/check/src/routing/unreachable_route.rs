//! `unreachable-route`: no alert can come to a route, since it contradicts itself or what is above it, or since earlier
//! ones take everything that it waits for.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::codes;
use evenkeel_model::document::RouteDocument;

use super::implication::{Certainty, Condition, Conditions, can_hold, implies};
use super::tree;
use crate::Repo;

/// Comparing routes takes time, so a tree gets so many comparisons; what is left is not judged.
const COMPARISONS_MAX: usize = 500_000;
/// A list of values longer than this is not gone through one by one.
const VALUES_MAX: usize = 32;
/// So many earlier routes are pointed at.
const SHOWN_MAX: usize = 3;

/// Reports routes to which nothing comes; of what is below them nothing more is said.
pub(super) fn unreachable_route(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(root) = tree::root(repo) else { return };
    let mut walk = Walk { left: COMPARISONS_MAX, levels: Vec::new(), diags };
    walk.children(root, &Conditions::new());
}

/// A route that keeps what it takes.
struct Earlier<'a> {
    route: &'a RouteDocument,
    wants: Conditions<'a>,
    /// How much a comparison with it takes.
    weight: usize,
}

/// The earlier siblings at one level of the path, found by a value that they wait for.
#[derive(Default)]
struct Level<'a> {
    routes: Vec<Earlier<'a>>,
    by_value: BTreeMap<(&'a str, String), Vec<usize>>,
    /// Those that wait for no value in particular.
    others: Vec<usize>,
}

struct Walk<'a, 'd> {
    left: usize,
    levels: Vec<Level<'a>>,
    diags: &'d mut Vec<Diagnostic>,
}

impl<'a> Walk<'a, '_> {
    fn children(&mut self, parent: &'a RouteDocument, above: &Conditions<'a>) {
        self.levels.push(Level::default());
        for route in &parent.routes {
            self.route(route, above);
        }
        self.levels.pop();
    }

    fn route(&mut self, route: &'a RouteDocument, above: &Conditions<'a>) {
        let own = tree::conditions(&route.matchers);
        if let Some(diag) = contradiction(route, above) {
            self.diags.push(diag);
            return;
        }
        let mut wants = above.clone();
        for (label, conditions) in &own {
            wants.entry(*label).or_default().extend(conditions.iter().cloned());
        }
        if let Some(earlier) = self.taken_by(&wants) {
            self.diags.push(taken(route, &earlier));
        } else {
            self.children(route, &wants);
        }
        if let Some(level) = self.levels.last_mut().filter(|_| !route.continue_matching) {
            let weight = own.values().flatten().map(Condition::weight).sum();
            level.add(Earlier { route, wants: own, weight });
        }
    }

    /// The earlier routes that take everything that comes by these conditions.
    fn taken_by(&mut self, wants: &Conditions<'a>) -> Option<Vec<&'a RouteDocument>> {
        if let Some(one) = self.one_that_takes(wants) {
            return Some(vec![one]);
        }
        wants.iter().find_map(|(label, conditions)| {
            let values: Vec<String> = conditions.iter().find_map(Condition::finite)?.map(str::to_owned).collect();
            let (label, conditions) = (*label, conditions.clone());
            let possible: Vec<String> =
                values.into_iter().filter(|value| conditions.iter().all(|one| one.takes(value))).collect();
            if !(2..=VALUES_MAX).contains(&possible.len()) {
                return None;
            }
            self.each_value_taken(wants, label, &possible)
        })
    }

    fn each_value_taken(
        &mut self,
        wants: &Conditions<'a>,
        label: &'a str,
        values: &[String],
    ) -> Option<Vec<&'a RouteDocument>> {
        let mut found: Vec<&RouteDocument> = Vec::new();
        for value in values {
            let mut narrowed: Conditions<'_> = wants.clone();
            narrowed.insert(label, vec![Condition::value(value)]);
            let one = self.one_that_takes(&narrowed)?;
            if !found.iter().any(|known| std::ptr::eq(*known, one)) {
                found.push(one);
            }
        }
        Some(found)
    }

    fn one_that_takes(&mut self, wants: &Conditions<'_>) -> Option<&'a RouteDocument> {
        let Self { levels, left, .. } = self;
        for level in levels {
            *left = left.checked_sub(level.others.len() + 1)?;
            let candidates = level.candidates(wants);
            *left = left.checked_sub(candidates.len())?;
            for earlier in candidates.into_iter().filter_map(|index| level.routes.get(index)) {
                *left = left.checked_sub(earlier.weight)?;
                if earlier.takes_all(wants) {
                    return Some(earlier.route);
                }
            }
        }
        None
    }
}

impl Earlier<'_> {
    fn takes_all(&self, wants: &Conditions<'_>) -> bool {
        let every = |(label, conditions): (&&str, &Vec<Condition<'_>>)| {
            let known = wants.get(label).map_or(&[] as &[_], Vec::as_slice);
            conditions.iter().all(|condition| implies(known, condition) == Certainty::Yes)
        };
        self.wants.iter().all(every)
    }
}

impl<'a> Level<'a> {
    fn add(&mut self, earlier: Earlier<'a>) {
        let index = self.routes.len();
        let listed = earlier.wants.iter().find_map(|(label, conditions)| {
            let values: Vec<String> = conditions.iter().find_map(Condition::finite)?.map(str::to_owned).collect();
            Some((*label, values))
        });
        match listed {
            Some((label, values)) => {
                for value in values {
                    self.by_value.entry((label, value)).or_default().push(index);
                }
            }
            None => self.others.push(index),
        }
        self.routes.push(earlier);
    }

    /// Those that may take everything that comes by these conditions: no other one waits for any of their values.
    fn candidates(&self, wants: &Conditions<'_>) -> Vec<usize> {
        let firsts = wants.iter().filter_map(|(label, conditions)| {
            let mut values = conditions.iter().find_map(Condition::finite)?;
            values.find(|value| conditions.iter().all(|one| one.takes(value))).map(|value| (*label, value.to_owned()))
        });
        let listed = firsts.filter_map(|(label, value)| self.by_value.get(&(label, value))).flatten();
        let mut found: Vec<usize> = listed.chain(&self.others).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What is wrong with a route whose matchers cannot hold together, or not with those above it.
fn contradiction(route: &RouteDocument, above: &Conditions<'_>) -> Option<Diagnostic> {
    let mut wants: BTreeMap<&str, Vec<Condition<'_>>> = BTreeMap::new();
    for (matcher, span) in route.matchers.0.iter().zip(&route.matcher_spans) {
        let inherited = above.get(matcher.name()).map_or(&[] as &[_], Vec::as_slice);
        let known = wants.entry(matcher.name()).or_insert_with(|| inherited.to_vec());
        let inherited = known.len() == inherited.len();
        known.push(Condition::of(matcher));
        if can_hold(known) != Certainty::No {
            continue;
        }
        let headline = format!("no alert can come to the route {}", tree::named(route));
        let label = match inherited {
            true => "contradicts a route above it",
            false => "contradicts the route's other matchers, and all have to hold",
        };
        let diag = Diagnostic::finding(codes::UNREACHABLE_ROUTE, *span, headline).label(label);
        return Some(diag.help("alternatives are one matcher, such as `severity=~\"page|critical\"`"));
    }
    None
}

fn taken(route: &RouteDocument, earlier: &[&RouteDocument]) -> Diagnostic {
    let place: Span = tree::place(route);
    if let [twin] = earlier
        && twin.matchers == route.matchers
        && !route.matchers.0.is_empty()
    {
        let headline = format!("the route {} is there twice, and no alert comes to the second", tree::named(route));
        let diag = Diagnostic::finding(codes::UNREACHABLE_ROUTE, place, headline);
        let diag = diag.related(tree::place(twin), "takes all of them, since it does not say `continue: true`");
        return diag.help("join the two, or let the first one say `continue: true`");
    }
    let headline = format!("no alert can come to the route {}, since earlier ones take them all", tree::named(route));
    let diag = Diagnostic::finding(codes::UNREACHABLE_ROUTE, place, headline);
    let shown = earlier.iter().take(SHOWN_MAX);
    let diag = shown.fold(diag, |diag, one| {
        let what = if earlier.len() == 1 { "takes all of them" } else { "takes some of them" };
        diag.related(tree::place(one), format!("{what}, and does not say `continue: true`"))
    });
    diag.help("move the route up, or let those before it say `continue: true`")
}
