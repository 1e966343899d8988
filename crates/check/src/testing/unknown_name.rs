//! A routing test that expects somebody or something that the ops repo does not have.

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::document::{ExpectedPage, Name, RoutingCase};
use evenkeel_model::{Plan, codes, quoted};

use crate::Repo;

/// Longer names are not compared with known ones.
const NAME_COMPARED_BYTES_MAX: usize = 64;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    // Without a plan nobody knows all names.
    let Some(plan) = repo.plan else { return };
    for case in repo.documents.routing_tests.iter().flat_map(|test| &test.spec.cases) {
        self::case(case, plan, diags);
    }
}

fn case(case: &RoutingCase, plan: &Plan, diags: &mut Vec<Diagnostic>) {
    let catalogue = &plan.catalogue;
    let receivers = || plan.receivers.keys().map(AsRef::as_ref);
    for name in case.expect.receivers.iter().flat_map(|receivers| &receivers.value) {
        unknown("receiver", name, receivers(), diags);
    }
    let incident = case.expect.incident.as_ref().and_then(|expected| expected.value.as_ref());
    if let Some(name) = incident.and_then(|incident| incident.response_plan.as_ref()) {
        unknown("response plan", name, catalogue.response_plans.keys().map(AsRef::as_ref), diags);
    }
    for page in case.expect.pages.iter().flat_map(|pages| &pages.value) {
        let people = catalogue.people.keys().map(AsRef::as_ref);
        unknown("person", &page.person, people.chain(receivers()), diags);
        contacts(page, plan, diags);
    }
}

fn contacts(page: &ExpectedPage, plan: &Plan, diags: &mut Vec<Diagnostic>) {
    let Some(person) = plan.catalogue.people.get(&page.person.value) else { return };
    let what = format!("contact of `{}`", person.name);
    for name in page.contacts.iter().flatten() {
        unknown(&what, name, person.contacts.keys().map(AsRef::as_ref), diags);
    }
}

fn unknown<'a>(kind: &str, name: &Name, known: impl Iterator<Item = &'a str> + Clone, diags: &mut Vec<Diagnostic>) {
    if known.clone().any(|known| known == &*name.value) {
        return;
    }
    let headline = format!("a routing test expects the {kind} {}, and there is none", quoted(&name.value));
    let diag = Diagnostic::finding(codes::UNKNOWN_NAME_IN_TEST, name.span, headline);
    let near = (name.value.len() <= NAME_COMPARED_BYTES_MAX).then(|| did_you_mean(&name.value, known)).flatten();
    diags.push(match near {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help("the case can only fail: name one that is declared"),
    });
}
