//! `alertmanager.yml`: who is told of which alert, by the severities that rules give.

use std::collections::BTreeSet;

use super::EVERYTHING;
use crate::ImportedFile;
use crate::answers::Answers;
use crate::document::commented;
use crate::emit::{Map, Value};

/// Values of `severity` by which people say that somebody has to act now.
const PAGING: [&str; 11] =
    ["critical", "page", "pager", "emergency", "disaster", "fatal", "sev1", "sev2", "p1", "p2", "crit"];

/// The receiver whose alerts become incidents.
pub(super) fn receiver(answers: &Answers) -> String {
    format!("{}-incidents", answers.workload)
}

pub(super) fn file(answers: &Answers, severities: &BTreeSet<String>) -> ImportedFile {
    let about = "Who is told of which alert. This is Alertmanager's own format: a configuration you have works as it \
                 is. Prometheus sends its alerts to Evenkeel as it would to an Alertmanager."
        .to_owned();
    let receiver = Map::new().with_comments(
        "name",
        vec!["It sends nothing itself: people are paged by the response plan that is attached to it.".to_owned()],
        receiver(answers),
    );
    let map = Map::new().with("route", root(answers, severities)).with("receivers", Value::List(vec![receiver.into()]));
    ImportedFile { path: "alertmanager.yml".to_owned(), text: commented(&[about], &map.to_text()) }
}

fn root(answers: &Answers, severities: &BTreeSet<String>) -> Map {
    let (paging, others) = parted(severities);
    let act = "What somebody has to act on now. The response plan in operations.yml makes an incident of it.";
    let mut routes = vec![route(&paging, &receiver(answers), act)];
    if !others.is_empty() {
        routes.push(route(&others, EVERYTHING, "What can wait until somebody looks."));
    }
    let rest = "Alerts that no child route takes are written to a file, so that none is lost. See organization.yml.";
    let group = "Alerts that are equal in these labels are one notice, and one incident.";
    Map::new()
        .with_comments("receiver", vec![rest.to_owned()], EVERYTHING)
        .with_comments("group_by", vec![group.to_owned()], vec!["alertname", "service"])
        .with("routes", Value::List(routes))
}

fn route(values: &[&str], receiver: &str, comment: &str) -> Value {
    let matcher = match values {
        [value] => format!("severity=\"{value}\""),
        _ => format!("severity=~\"{}\"", values.join("|")),
    };
    Map::new().with_comments("matchers", vec![comment.to_owned()], vec![matcher]).with("receiver", receiver).into()
}

/// What pages, and what does not; values that a matcher cannot simply name are left to the root.
fn parted(severities: &BTreeSet<String>) -> (Vec<&str>, Vec<&str>) {
    let plain =
        |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let (mut paging, others): (Vec<&str>, Vec<&str>) = severities
        .iter()
        .map(String::as_str)
        .filter(plain)
        .partition(|value| PAGING.contains(&value.to_ascii_lowercase().as_str()));
    if paging.is_empty() {
        paging.push("critical");
    }
    (paging, others)
}
