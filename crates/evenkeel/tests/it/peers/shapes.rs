//! The same notice from two servers, field by field.
//!
//! Tolerated: the external URL's address (its form is compared); instants, which we keep to the millisecond and
//! Alertmanager as they were sent.

use std::collections::BTreeMap;

use evenkeel_time::Timestamp;
use serde_json::Value;

use crate::sink::Delivery;

/// The fields of a webhook's body, in the order in which Alertmanager writes them by name.
const FIELDS: [&str; 10] = [
    "alerts",
    "commonAnnotations",
    "commonLabels",
    "externalURL",
    "groupKey",
    "groupLabels",
    "receiver",
    "status",
    "truncatedAlerts",
    "version",
];

/// The same notice: to whom, of which group, and each alert's fingerprint, status, start and annotations.
type Notice = (String, String, u64, Vec<String>);

/// How many notices both sent, each compared.
///
/// # Panics
/// When a body differs.
pub(super) fn compare(ours: &[Delivery], theirs: &[Delivery]) -> usize {
    let (ours, theirs) = (notices(ours), notices(theirs));
    let both: Vec<_> = ours.iter().filter_map(|(notice, body)| Some((body, theirs.get(notice)?))).collect();
    both.iter().for_each(|(ours, theirs)| same_body(ours, theirs));
    both.len()
}

fn notices(deliveries: &[Delivery]) -> BTreeMap<Notice, Value> {
    let bodies = deliveries.iter().filter(|delivery| delivery.taken()).map(|delivery| &delivery.body);
    bodies.map(|body| (notice(body), body.clone())).collect()
}

fn notice(body: &Value) -> Notice {
    let alerts = body["alerts"].as_array().expect("alerts").iter().map(|alert| {
        let starts_at = millis(&alert["startsAt"]);
        format!("{} {} {starts_at:?} {}", alert["fingerprint"], alert["status"], alert["annotations"])
    });
    let mut alerts: Vec<String> = alerts.collect();
    alerts.sort();
    (
        body["receiver"].to_string(),
        body["groupKey"].to_string(),
        body["truncatedAlerts"].as_u64().expect("a number"),
        alerts,
    )
}

fn same_body(ours: &Value, theirs: &Value) {
    let names = |body: &Value| body.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(ours), names(theirs));
    let mut sorted = names(ours);
    sorted.sort();
    assert_eq!(sorted, FIELDS);
    for name in FIELDS.iter().filter(|name| !["alerts", "externalURL"].contains(*name)) {
        assert_eq!(ours[name], theirs[name], "{name}\nwe told\n{ours:#}\nthey told\n{theirs:#}");
    }
    for body in [ours, theirs] {
        let url = body["externalURL"].as_str().expect("a text");
        assert!(url.starts_with("http://") && !url.ends_with('/'), "{url}");
    }
    let alerts = |body: &Value| body["alerts"].as_array().expect("alerts").clone();
    let (ours, theirs) = (alerts(ours), alerts(theirs));
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(&theirs).for_each(|(ours, theirs)| same_alert(ours, theirs));
}

/// The alerts of a notice come in the same order, so each is compared with the one at its place.
fn same_alert(ours: &Value, theirs: &Value) {
    let names = |alert: &Value| alert.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(ours), names(theirs));
    for name in names(ours) {
        let same = match name.as_str() {
            "startsAt" | "endsAt" => millis(&ours[&name]) == millis(&theirs[&name]),
            _ => ours[&name] == theirs[&name],
        };
        assert!(same, "{name}: we told\n{ours:#}\nthey told\n{theirs:#}");
    }
}

/// An instant to the millisecond.
fn millis(value: &Value) -> Timestamp {
    let text = value.as_str().expect("a text");
    text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
}
