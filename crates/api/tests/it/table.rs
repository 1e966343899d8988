//! The pages about the API name every route, and the table holds each once.

use std::collections::BTreeSet;

use evenkeel_api::{Action, Method, ROUTES, Route};

/// What our own API has is generated; the rest is written by hand.
const GENERATED: &str = include_str!("../../../../docs/api.md");
const WRITTEN: &str = include_str!("../../../../docs/http.md");

#[test]
fn the_pages_about_the_api_name_every_route() {
    for route in ROUTES {
        let row = format!("| {} | `{}` | {} |", route.method.as_str(), route.path, route.action.as_str());
        let named = [GENERATED, WRITTEN].iter().filter(|page| page.contains(&row)).count();
        assert_eq!(named, 1, "of docs/api.md and docs/http.md one has the row `{row}`");
    }
}

#[test]
fn each_route_stands_once_and_only_reads_are_got() {
    let distinct: BTreeSet<_> = ROUTES.iter().map(|route| (route.method.as_str(), route.path)).collect();
    assert_eq!(distinct.len(), ROUTES.len());
    let changes = |route: &Route| match route.action {
        Action::Intake | Action::Report | Action::Hook | Action::Respond | Action::Operate => true,
        Action::Probe | Action::Health => false,
        // A query may be too long for an address.
        Action::Measure => route.method == Method::Post,
        // Some look and some act; who may look makes tokens that may look.
        Action::Read if ["/api/v1/tokens", "/api/v1/silences/preview"].contains(&route.path) => {
            route.method != Method::Get
        }
        Action::Read => false,
        Action::Access | Action::Administer | Action::Link | Action::Login => route.method != Method::Get,
    };
    assert!(ROUTES.iter().all(|route| (route.method != Method::Get) == changes(route)));
}
