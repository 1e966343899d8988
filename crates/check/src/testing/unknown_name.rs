//! A routing test that expects somebody or something that the ops repo does not have.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::document::{Declared, ExpectedPage, Name, RoutingCase};
use evenkeel_model::{Catalogue, codes, quoted};

use crate::Repo;

/// Longer names are not compared with known ones.
const NAME_COMPARED_BYTES_MAX: usize = 64;

/// Names that tests may expect, also where there is no plan for another reason.
struct Known<'a> {
    receivers: BTreeSet<&'a str>,
    response_plans: BTreeSet<&'a str>,
    people: BTreeSet<&'a str>,
    catalogue: &'a Catalogue,
}

impl<'a> Known<'a> {
    fn of(repo: &'a Repo<'_>) -> Self {
        let (documents, catalogue) = (repo.documents, repo.catalogue);
        let routed = documents.alertmanager.iter().flat_map(|config| &config.receivers);
        let receivers = routed.map(|receiver| &*receiver.name.value).chain(names(&documents.receivers));
        let response_plans = catalogue.response_plans.keys().map(AsRef::as_ref).chain(names(&documents.response_plans));
        let people = catalogue.people.keys().map(AsRef::as_ref).chain(names(&documents.people));
        let (receivers, people) = (receivers.collect(), people.collect());
        Self { receivers, response_plans: response_plans.collect(), people, catalogue }
    }
}

fn names<T>(documents: &[Declared<T>]) -> impl Iterator<Item = &str> {
    documents.iter().map(|document| &*document.name.value)
}

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    // What is not known may be written where nothing could be read; without a routing tree that is said, and enough.
    if repo.documents.routing_tests.is_empty() || !repo.is_whole() || repo.documents.alertmanager.is_empty() {
        return;
    }
    let known = Known::of(repo);
    for case in repo.documents.routing_tests.iter().flat_map(|test| &test.spec.cases) {
        self::case(case, &known, diags);
    }
}

fn case(case: &RoutingCase, known: &Known<'_>, diags: &mut Vec<Diagnostic>) {
    let receivers = || known.receivers.iter().copied();
    for name in case.expect.receivers.iter().flat_map(|receivers| &receivers.value) {
        unknown("receiver", name, receivers(), diags);
    }
    let incident = case.expect.incident.as_ref().and_then(|expected| expected.value.as_ref());
    if let Some(name) = incident.and_then(|incident| incident.response_plan.as_ref()) {
        unknown("response plan", name, known.response_plans.iter().copied(), diags);
    }
    for page in case.expect.pages.iter().flat_map(|pages| &pages.value) {
        unknown("person", &page.person, known.people.iter().copied().chain(receivers()), diags);
        contacts(page, known.catalogue, diags);
    }
}

fn contacts(page: &ExpectedPage, catalogue: &Catalogue, diags: &mut Vec<Diagnostic>) {
    let Some(person) = catalogue.people.get(&page.person.value) else { return };
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
