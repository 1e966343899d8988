//! An update, as it arrives: what customers are told.

use std::time::Instant;

use serde_json::Value;

/// One update as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    pub(crate) at: Instant,
    /// `incident:17`
    pub(crate) incident: String,
    /// `first`, `progress` or `recovery`.
    pub(crate) kind: String,
    pub(crate) text: String,
}

impl Update {
    pub(super) fn read(body: &Value, at: Instant) -> Option<Self> {
        let text = |place: &str| body.get(place)?.as_str().map(str::to_owned);
        Some(Self { at, incident: text("incident")?, kind: text("update_kind")?, text: text("text")? })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As `docs/notices.md` has it.
    pub(in super::super) const BODY: &str = r#"{"version": "1", "kind": "update", "id": "update:30",
        "incident": "incident:17", "audience": "customers", "update_kind": "first", "title": "t", "text": "We look."}"#;

    #[test]
    fn an_update_says_whether_it_begins_or_is_over() {
        let body = serde_json::from_str(BODY).expect("JSON");
        let update = Update::read(&body, Instant::now()).expect("an update");
        assert_eq!((update.kind.as_str(), update.text.as_str()), ("first", "We look."));
        assert_eq!(Update::read(&Value::Null, Instant::now()), None);
    }
}
