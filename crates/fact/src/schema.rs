//! Kinds of facts as JSON Schema, for editors and for those who send them.

use serde_json::{Map, Value, json};

use crate::{
    AT_MAX, AT_MIN, Envelope, FactKind, Field, KEY_BYTES_MAX, LIST_ITEMS_MAX, NAME_BYTES_MAX, Sort, TEXT_CHARS_MAX,
    WHOLE_MAX,
};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// No control characters, and something that is no blank. Blanks are named one by one, since `\s` is not everywhere the
/// same.
const ONE_LINE: &str = concat!(
    r"^[^\u0000-\u001f\u007f-\u009f]*",
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]",
    r"[^\u0000-\u001f\u007f-\u009f]*$"
);
/// No control characters but line feeds and tabs.
const SHOWN: &str = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$";

/// The shape of RFC 3339, since `format` alone is no demand.
const DATE_TIME: &str =
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

/// The JSON Schema of what is told of a kind: envelope and fields side by side, as in the `data` of a CloudEvent.
///
/// It lets through names of more than 200 bytes that have no more than 200 characters, and days such as 31 February;
/// all else is as it is enforced.
#[must_use]
pub fn schema(kind: &FactKind) -> Value {
    let mut properties = Map::new();
    let about = "What makes it one thing among those of its kind; told again, it is the same thing.";
    properties.insert("key".to_owned(), described(name(KEY_BYTES_MAX), about));
    let about = "When it happened; left out, the time of the event that carries it.";
    properties.insert("at".to_owned(), described(value(Sort::Instant), about));
    for part in Envelope::ALL {
        properties.insert(part.as_str().to_owned(), described(name(NAME_BYTES_MAX), part.about()));
    }
    for Field { name, sort, about, .. } in kind.fields {
        properties.insert((*name).to_owned(), described(value(*sort), about));
    }
    let demanded = kind.requires.iter().map(|part| part.as_str());
    let fields = kind.fields.iter().filter(|field| field.required).map(|field| field.name);
    let required: Vec<&str> = ["key"].into_iter().chain(demanded).chain(fields).collect();
    json!({
        "$schema": DRAFT,
        "title": format!("Evenkeel fact: {}", kind.name),
        "description": kind.about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn described(mut schema: Value, about: &str) -> Value {
    if let Value::Object(entries) = &mut schema {
        entries.insert("description".to_owned(), about.into());
    }
    schema
}

fn name(bytes_max: usize) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": bytes_max, "pattern": ONE_LINE })
}

fn value(sort: Sort) -> Value {
    match sort {
        Sort::Text => json!({ "type": "string", "maxLength": TEXT_CHARS_MAX, "pattern": SHOWN }),
        Sort::Whole => json!({ "type": "integer", "minimum": -WHOLE_MAX, "maximum": WHOLE_MAX }),
        Sort::Flag => json!({ "type": "boolean" }),
        Sort::List => json!({ "type": "array", "items": name(NAME_BYTES_MAX), "maxItems": LIST_ITEMS_MAX }),
        Sort::Word(words) => json!({ "enum": words }),
        Sort::Instant => json!({ "oneOf": [
            { "type": "string", "format": "date-time", "pattern": DATE_TIME },
            { "type": "integer", "minimum": AT_MIN.0, "maximum": AT_MAX.0 },
        ] }),
    }
}
