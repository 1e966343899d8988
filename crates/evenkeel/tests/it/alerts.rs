//! Alerts as senders post them.

use std::time::{SystemTime, UNIX_EPOCH};

use evenkeel_time::Timestamp;
use serde_json::{Value, json};

/// An alert that fires, with these labels.
pub(crate) fn firing(labels: &[(&str, &str)]) -> Value {
    json!({ "labels": labels_of(labels), "annotations": { "summary": "from a test" } })
}

/// The same alert, over as of now.
pub(crate) fn resolved(labels: &[(&str, &str)]) -> Value {
    json!({ "labels": labels_of(labels), "endsAt": now().to_string() })
}

/// The instant of the wall clock.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
    Timestamp(i64::try_from(since.as_millis()).expect("a date of these days"))
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
