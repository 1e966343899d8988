//! Routing tests that say what becomes of an alert today, so that a change of it is seen.

use crate::ImportedFile;
use crate::document::{Document, file};
use crate::emit::{Map, Value};

/// A case, as it was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedCase {
    /// The response plan that opens the incident; also the case's name.
    pub response_plan: String,
    /// When the alert fires: an instant with its offset.
    pub at: String,
    /// The alert's labels.
    pub labels: Vec<(String, String)>,
    /// When somebody answers.
    pub acknowledged_after: String,
    /// How long it is watched.
    pub watched_for: String,
    /// Who is told.
    pub receivers: Vec<String>,
    /// How bad it is.
    pub severity: String,
    /// Who is paged, and how long after the alert.
    pub pages: Vec<(String, String)>,
}

/// The document of all cases; nothing when there are none.
#[must_use]
pub fn routing_tests(cases: &[ProposedCase]) -> Option<ImportedFile> {
    let about = "What becomes of an alert, played by `evenkeel test`: as it was when this repo was made. Change it together \
                 with routes, schedules and policies.";
    let spec = Map::new().with("cases", Value::List(cases.iter().map(case).collect()));
    let document =
        Document { kind: "RoutingTest", name: "response-plans".to_owned(), owner: None, spec, comments: Vec::new() };
    if cases.is_empty() { None } else { file("tests.yml", about, &[document]) }
}

fn case(case: &ProposedCase) -> Value {
    let labels = case.labels.iter().fold(Map::new(), |map, (name, value)| map.with(name, value.as_str()));
    let incident =
        Map::new().with("responsePlan", case.response_plan.as_str()).with("severity", case.severity.as_str());
    let page = |(person, after): &(String, String)| {
        Value::Flow(Map::new().with("person", person.as_str()).with("after", after.as_str()))
    };
    let expect = Map::new()
        .with("receivers", case.receivers.clone())
        .with("incident", Value::Flow(incident))
        .with("pages", Value::List(case.pages.iter().map(page).collect()));
    Map::new()
        .with("name", case.response_plan.as_str())
        .with("at", case.at.as_str())
        .with("alert", Map::new().with("labels", labels))
        .with("acknowledgedAfter", case.acknowledged_after.as_str())
        .with("for", case.watched_for.as_str())
        .with("expect", expect)
        .into()
}
