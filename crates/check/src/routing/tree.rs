//! The routing tree as written, and what each of its routes waits for.

use evenkeel_diagnostic::Span;
use evenkeel_labels::Matchers;
use evenkeel_model::document::{AlertmanagerConfig, RouteDocument};
use evenkeel_model::quoted;

use super::implication::{Condition, Conditions};
use crate::Repo;

/// The configuration that counts, when all of its routing could be read.
pub(super) fn config<'a>(repo: &Repo<'a>) -> Option<&'a AlertmanagerConfig> {
    repo.documents.alertmanager.first().filter(|config| !config.routing_faulty)
}

/// The root of the tree, when all of it could be read.
pub(super) fn root<'a>(repo: &Repo<'a>) -> Option<&'a RouteDocument> {
    config(repo)?.route.as_ref()
}

/// A route and everything below it, parents first.
pub(super) fn all(root: &RouteDocument) -> Vec<&RouteDocument> {
    let (mut found, mut open) = (Vec::new(), vec![root]);
    while let Some(route) = open.pop() {
        found.push(route);
        open.extend(route.routes.iter().rev());
    }
    found
}

/// What points at a route: its first matcher, else its receiver, else where it begins.
pub(super) fn place(route: &RouteDocument) -> Span {
    let first = route.matcher_spans.iter().min().copied();
    let receiver = || route.receiver.as_ref().map(|receiver| receiver.span);
    first.or_else(receiver).unwrap_or(Span { end: route.span.start, ..route.span })
}

/// A route as a message names it.
pub(super) fn named(route: &RouteDocument) -> String {
    quoted(&route.matchers.to_string())
}

/// What matchers demand, by label.
pub(super) fn conditions(matchers: &Matchers) -> Conditions<'_> {
    let mut found = Conditions::new();
    for matcher in &matchers.0 {
        found.entry(matcher.name()).or_default().push(Condition::of(matcher));
    }
    found
}
