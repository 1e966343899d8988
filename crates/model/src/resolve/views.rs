//! Views of the overview: every name in them is looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use super::naming::Distinct;
use crate::document::{Declared, Name, ViewDocument};
use crate::{View, ViewPart, quoted};

/// Resolves views; of two with one name the first stays.
pub(super) fn views(documents: Vec<Declared<ViewDocument>>, names: &mut Names<'_>) -> BTreeMap<Arc<str>, View> {
    let mut known = Distinct::new("view");
    let mut views = BTreeMap::new();
    for document in documents {
        let name = document.shared_name();
        if !known.is_new(&name, names.diags) {
            continue;
        }
        names.owner(document.owner.as_ref());
        let ViewDocument { title, roles, teams, people, tiers, workloads_of, own, parts, detail } = document.spec;
        let parts = names.each_once(parts, "the view", |part| format!("the part {}", quoted(part.as_str())));
        let view = View {
            name: Arc::clone(&name.value),
            title,
            roles: names.each_once(roles, "the view", |role| format!("the role {}", quoted(role.as_str()))),
            teams: teams_once(&teams, names),
            people: names.people_once(&people, "the view"),
            tiers,
            workloads_of: teams_once(&workloads_of, names),
            own,
            parts: if parts.is_empty() { ViewPart::ALL.into() } else { parts },
            detail,
        };
        views.insert(name.value, view);
    }
    views
}

fn teams_once(written: &[Name], names: &mut Names<'_>) -> Vec<Arc<str>> {
    let known = |name: &&Name| names.teams.look_up(name, names.diags).is_some();
    let found: Vec<Name> = written.iter().filter(known).cloned().collect();
    names.each_once(found, "the view", |name: &Arc<str>| format!("team {}", quoted(name)))
}
