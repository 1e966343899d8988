//! Alerts as senders post them.

use serde_json::{Value, json};

/// An alert that fires, with these labels.
pub(crate) fn firing(labels: &[(&str, &str)]) -> Value {
    json!({ "labels": labels_of(labels), "annotations": { "summary": "from a test" } })
}

/// The same alert, over.
pub(crate) fn resolved(labels: &[(&str, &str)]) -> Value {
    json!({ "labels": labels_of(labels), "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-01T00:00:01Z" })
}

fn labels_of(labels: &[(&str, &str)]) -> Value {
    labels
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A silence on one label, for long enough.
pub(crate) fn silence(label: &str, value: &str) -> Value {
    json!({
        "matchers": [{ "name": label, "value": value, "isRegex": false, "isEqual": true }],
        "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2099-01-01T00:00:00Z",
        "createdBy": "a test", "comment": "be quiet"
    })
}
