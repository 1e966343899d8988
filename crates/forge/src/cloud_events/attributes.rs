//! The attributes of one event, whichever mode brings them, and its data.

use serde_json::Value;

/// The attributes of one event, and its data.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) specversion: Option<String>,
    pub(super) id: Option<String>,
    pub(super) source: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) time: Option<String>,
    pub(super) datacontenttype: Option<String>,
    pub(super) data: Option<Value>,
}

impl Attributes {
    /// Of an event in the JSON format.
    pub(super) fn of_json(event: Value) -> Result<Self, Vec<String>> {
        let Value::Object(mut members) = event else { return Err(vec!["an event is an object".to_owned()]) };
        let mut faults = Vec::new();
        let mut text = |name: &str| match members.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                faults.push(format!("`{name}` is no text"));
                // It is there, so that it is not called missing too.
                Some(String::new())
            }
        };
        let attributes = Self {
            specversion: text("specversion"),
            id: text("id"),
            source: text("source"),
            kind: text("type"),
            time: text("time"),
            datacontenttype: text("datacontenttype"),
            data: None,
        };
        if members.contains_key("data_base64") {
            faults.push("`data_base64` is not read; send the data as JSON in `data`".to_owned());
        }
        let data = members.remove("data");
        if faults.is_empty() { Ok(Self { data, ..attributes }) } else { Err(faults) }
    }
}
