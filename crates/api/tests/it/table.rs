//! The page about the API names every route, and the table holds each once.

use std::collections::BTreeSet;

use evenkeel_api::{Action, Method, ROUTES, Route};

const PAGE: &str = include_str!("../../../../docs/api.md");

#[test]
fn the_page_about_the_api_names_every_route() {
    for route in ROUTES {
        let prefixed = if route.alertmanager { "yes" } else { "no" };
        let row = format!("| {} | `{}` | {} | {prefixed} |", route.method.as_str(), route.path, route.action.as_str());
        assert!(PAGE.contains(&row), "docs/api.md lacks the row `{row}`");
    }
    let rows = PAGE
        .lines()
        .filter(|line| line.starts_with("| GET ") || line.starts_with("| POST ") || line.starts_with("| DELETE "));
    assert_eq!(rows.count(), ROUTES.len());
}

#[test]
fn each_route_stands_once_and_only_reads_are_got() {
    let distinct: BTreeSet<_> = ROUTES.iter().map(|route| (route.method.as_str(), route.path)).collect();
    assert_eq!(distinct.len(), ROUTES.len());
    let changes = |route: &Route| match route.action {
        Action::Intake | Action::Report | Action::Hook | Action::Respond | Action::Operate => true,
        Action::Probe | Action::Health => false,
        // Some look and some act; who may look makes tokens that may look.
        Action::Read if route.path == "/api/v1/tokens" => true,
        Action::Read => false,
        Action::Access | Action::Administer | Action::Link | Action::Login => route.method != Method::Get,
    };
    assert!(ROUTES.iter().all(|route| (route.method != Method::Get) == changes(route)));
}
