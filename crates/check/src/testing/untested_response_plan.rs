//! A response plan that no routing test expects, in a repo that has such tests.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use crate::Repo;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let tests = &repo.documents.routing_tests;
    if tests.is_empty() || !repo.is_whole() {
        return;
    }
    let incidents = tests.iter().flat_map(|test| &test.spec.cases).filter_map(|case| case.expect.incident.as_ref());
    let plans = incidents.filter_map(|expected| expected.value.as_ref()?.response_plan.as_ref());
    let expected: BTreeSet<&str> = plans.map(|name| &*name.value).collect();
    for plan in &repo.documents.response_plans {
        // One without receivers is for people to open incidents by: no alert leads to it.
        if plan.spec.receivers.is_empty() || expected.contains(&*plan.name.value) {
            continue;
        }
        let headline = format!("no routing test expects the response plan {}", quoted(&plan.name.value));
        let diag = Diagnostic::finding(codes::UNTESTED_RESPONSE_PLAN, plan.name.span, headline);
        diags.push(
            diag.help("write a case that says who is paged, and when: `expect: { incident: { responsePlan: … } }`"),
        );
    }
}
