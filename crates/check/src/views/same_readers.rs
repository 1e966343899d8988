//! `same-readers`: which view somebody sees first would hang on its name.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::{codes, quoted};

use crate::Repo;

/// Reports views that name a person, a team or a role that another names already, and a second one for everybody.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, (Span, &str)> = BTreeMap::new();
    for document in &repo.documents.views {
        let spec = &document.spec;
        let people = spec.people.iter().map(|name| (format!("person {}", quoted(&name.value)), name.span));
        let teams = spec.teams.iter().map(|name| (format!("team {}", quoted(&name.value)), name.span));
        let roles = spec.roles.iter().map(|role| (format!("role {}", quoted(role.value.as_str())), role.span));
        let named: Vec<(String, Span)> = people.chain(teams).chain(roles).collect();
        let all = (named.is_empty() && !spec.own).then(|| ("everybody".to_owned(), document.name.span));
        for (readers, span) in named.into_iter().chain(all) {
            let Some((before, other)) = known.get(&readers) else {
                known.insert(readers, (span, &document.name.value));
                continue;
            };
            if *other == &*document.name.value {
                continue;
            }
            let headline =
                format!("the views {} and {} are both for {readers}", quoted(other), quoted(&document.name.value));
            let diag = Diagnostic::finding(codes::SAME_READERS, span, headline);
            diags.push(diag.related(*before, "first here").help("leave it to one of them; the others are tabs anyway"));
        }
    }
}
