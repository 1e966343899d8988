//! Groups that are each other's parents: nobody can say who is above whom.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::EntityKind;
use evenkeel_model::{EntityRef, codes, quoted};

use super::circles::{Ways, circles};
use crate::Repo;

/// Of a circle no more than so many are named.
const SHOWN_MAX: usize = 8;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let groups = || repo.documents.entities.iter().filter(|entity| entity.kind == EntityKind::Group);
    let places: BTreeMap<&EntityRef, Span> = groups().map(|group| (&group.id, group.name.span)).rev().collect();
    let mut above: Ways<'_> = BTreeMap::new();
    for group in groups() {
        above.entry(&group.id).or_default().extend(group.part_of.iter().map(|parent| &parent.value));
        for child in &group.children {
            above.entry(&child.value).or_default().push(&group.id);
        }
    }
    for parents in above.values_mut() {
        parents.sort_unstable();
        parents.dedup();
    }
    for circle in circles(&above) {
        let Some((first, place)) = circle.first().and_then(|first| Some((first, *places.get(first)?))) else {
            continue;
        };
        diags.push(described(first, place, &circle, &places));
    }
}

fn described(first: &EntityRef, place: Span, circle: &[&EntityRef], places: &BTreeMap<&EntityRef, Span>) -> Diagnostic {
    if circle.len() == 1 {
        let headline = format!("the group {} is its own parent", quoted(&short(first)));
        return Diagnostic::finding(codes::GROUP_CYCLE, place, headline)
            .help("remove it from its `parent` or `children`");
    }
    let mut shown: Vec<String> = circle.iter().take(SHOWN_MAX).map(|group| quoted(&short(group))).collect();
    if circle.len() > SHOWN_MAX {
        shown.push("…".to_owned());
    }
    shown.push(quoted(&short(first)));
    let headline = format!("groups are above each other in a circle: {}", shown.join(" → "));
    let diag = Diagnostic::finding(codes::GROUP_CYCLE, place, headline);
    let parents = circle.iter().skip(1).take(1).filter_map(|parent| places.get(parent));
    let diag = parents.fold(diag, |diag, parent| diag.related(*parent, "its parent"));
    diag.help("take one `parent` out, or the entry of `children` that says the same")
}

/// The name, and the namespace unless it is the default one.
fn short(group: &EntityRef) -> String {
    group.of_kind("").to_string()
}
