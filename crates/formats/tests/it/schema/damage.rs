//! What goes wrong in documents: a field gone, one too many, a value of another sort.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// What another tool's reader reads, about which the schema says nothing.
const FOREIGN: [&str; 3] = ["email", "slack", "webhook"];

#[derive(Debug, Clone)]
pub(super) enum Damage {
    /// One of all fields goes.
    Drop(Index),
    /// One of all mappings gets a field.
    Add(Index),
    /// One of all values becomes this.
    Replace(Index, Value),
}

pub(super) fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let values = vec![
        json!(null),
        json!(""),
        json!("text"),
        json!("Not A Name!"),
        json!("ada"),
        json!("5 minutes"),
        json!("0s"),
        json!("999ms"),
        json!("2026-02-30T09:00"),
        json!("2026-13-01"),
        json!("24:30-25:00"),
        json!("mondy"),
        json!("ftp://a"),
        json!("https://a b/"),
        json!("../etc/passwd"),
        json!("a//b"),
        json!("x".repeat(1025)),
        json!(0),
        json!(-1),
        json!(7),
        json!(100_000),
        json!(1.5),
        json!(true),
        json!([]),
        json!([""]),
        json!([null]),
        json!(["text"]),
        json!([[]]),
        json!([{}]),
        json!({}),
        json!({ "text": "text" }),
    ];
    let one = prop_oneof![
        any::<Index>().prop_map(Damage::Drop),
        any::<Index>().prop_map(Damage::Add),
        (any::<Index>(), select(values.clone())).prop_map(|(at, value)| Damage::Replace(at, value)),
        (any::<Index>(), select(values)).prop_map(|(at, value)| Damage::Replace(at, value)),
    ];
    proptest::collection::vec(one, 1..3)
}

impl Damage {
    pub(super) fn apply(&self, document: &mut Value) {
        let (mut fields, mut mappings, mut values) = (Vec::new(), vec![String::new()], Vec::new());
        walk(document, "", &mut fields, &mut mappings, &mut values);
        match self {
            Self::Drop(at) if !fields.is_empty() => {
                let (mapping, name) = at.get(&fields);
                if let Some(Value::Object(entries)) = document.pointer_mut(mapping) {
                    entries.remove(name);
                }
            }
            Self::Add(at) => {
                if let Some(Value::Object(entries)) = document.pointer_mut(at.get::<String>(&mappings)) {
                    entries.insert("no-such-field".to_owned(), json!(true));
                }
            }
            Self::Replace(at, new) if !values.is_empty() => {
                if let Some(value) = document.pointer_mut(at.get::<String>(&values)) {
                    *value = new.clone();
                }
            }
            Self::Drop(_) | Self::Replace(..) => {}
        }
    }
}

/// Collects the places of fields, mappings and values. What says that a document is one of ours is left alone.
fn walk(
    value: &Value,
    at: &str,
    fields: &mut Vec<(String, String)>,
    mappings: &mut Vec<String>,
    values: &mut Vec<String>,
) {
    match value {
        Value::Object(entries) => {
            mappings.push(at.to_owned());
            for (name, value) in entries {
                if at.is_empty() && (name == "apiVersion" || name == "kind") {
                    continue;
                }
                fields.push((at.to_owned(), name.clone()));
                if FOREIGN.contains(&name.as_str()) {
                    continue;
                }
                let below = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                values.push(below.clone());
                walk(value, &below, fields, mappings, values);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let below = format!("{at}/{index}");
                values.push(below.clone());
                walk(value, &below, fields, mappings, values);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
