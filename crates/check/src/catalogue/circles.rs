//! Circles in a graph of entities.

use std::collections::BTreeMap;

use evenkeel_model::EntityRef;

/// Where everything is above everything there are more circles than anybody wants to read.
const CIRCLES_MAX: usize = 20;

/// What leads where.
pub(super) type Ways<'a> = BTreeMap<&'a EntityRef, Vec<&'a EntityRef>>;

/// How far the search has come with one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// It is at this place of the path.
    OnPath(usize),
    /// All that is behind it is known.
    Done,
}

/// One circle for each way that closes one, each from its least member on. The path is a list of its own, since a chain
/// may be longer than any stack.
pub(super) fn circles<'a>(ways: &Ways<'a>) -> Vec<Vec<&'a EntityRef>> {
    let mut seen: BTreeMap<&EntityRef, Seen> = BTreeMap::new();
    let mut found = Vec::new();
    for start in ways.keys().copied() {
        let mut path: Vec<(&EntityRef, usize)> = Vec::new();
        if !seen.contains_key(start) {
            seen.insert(start, Seen::OnPath(0));
            path.push((start, 0));
        }
        while let Some((at, next)) = path.last_mut().filter(|_| found.len() < CIRCLES_MAX) {
            let Some(to) = ways.get(*at).and_then(|ways| ways.get(*next)).copied() else {
                seen.insert(at, Seen::Done);
                path.pop();
                continue;
            };
            *next += 1;
            match seen.get(to) {
                Some(Seen::Done) => {}
                Some(Seen::OnPath(place)) => {
                    found.push(from_the_least(path.iter().skip(*place).map(|(on, _)| *on).collect()));
                }
                None => {
                    seen.insert(to, Seen::OnPath(path.len()));
                    path.push((to, 0));
                }
            }
        }
    }
    found
}

fn from_the_least(mut circle: Vec<&EntityRef>) -> Vec<&EntityRef> {
    let least = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(place, _)| place);
    circle.rotate_left(least);
    circle
}
