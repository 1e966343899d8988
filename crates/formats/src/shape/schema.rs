//! The declarations as JSON Schema (draft 2020-12), for editors.
//!
//! Text may be given as a number or boolean, and an empty value counts as absent: the schema takes both, as reading does.

use serde_json::{Map, Value, json};

use super::form::address::PATH_BYTES_MAX;
use super::form::template::TEMPLATE_BYTES_MAX;
use super::pattern::pattern;
use super::{Field, Form, Kind, Least, Record, Rule, Sort};
use crate::document::{API_VERSION, DOCUMENT, METADATA, kinds};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a kind, or of all of them told apart by `kind`; `None` when no kind is called so.
#[must_use]
pub fn json_schema(kind: Option<&str>) -> Option<String> {
    let schema = match kind {
        None => of_all(),
        Some(name) => of_kind(kinds().iter().find(|kind| kind.name == name)?),
    };
    Some(format!("{schema:#}\n"))
}

fn of_kind(kind: &Kind) -> Value {
    let mut schema = document(json!({ "const": kind.name }), record(kind.spec));
    put(&mut schema, "description", json!(kind.about));
    schema
}

fn of_all() -> Value {
    let names: Vec<&str> = kinds().iter().map(|kind| kind.name).collect();
    let mut schema = document(json!({ "enum": names }), json!({ "type": "object" }));
    let choices = kinds().iter().map(|kind| {
        json!({
            "if": { "properties": { "kind": { "const": kind.name } }, "required": ["kind"] },
            "then": { "description": kind.about, "properties": { "spec": { "$ref": format!("#/$defs/{}", kind.name) } } },
        })
    });
    put(&mut schema, "allOf", choices.collect());
    let specs: Map<String, Value> = kinds().iter().map(|kind| (kind.name.to_owned(), record(kind.spec))).collect();
    put(&mut schema, "$defs", Value::Object(specs));
    schema
}

/// What all documents have in common.
fn document(kind: Value, spec: Value) -> Value {
    let mut schema = record(&DOCUMENT);
    put(&mut schema, "$schema", json!(DRAFT));
    put(&mut schema, "title", json!("A document of an Evenkeel ops repo"));
    let about = |name: &str| DOCUMENT.fields.iter().find(|field| field.name == name).map_or("", |field| field.about);
    let with_about = |mut schema: Value, name: &str| {
        put(&mut schema, "description", json!(about(name)));
        schema
    };
    if let Some(properties) = schema.get_mut("properties") {
        put(properties, "apiVersion", with_about(json!({ "const": API_VERSION }), "apiVersion"));
        put(properties, "kind", with_about(kind, "kind"));
        put(properties, "metadata", with_about(record(&METADATA), "metadata"));
        put(properties, "spec", with_about(spec, "spec"));
    }
    schema
}

fn put(schema: &mut Value, key: &str, value: Value) {
    if let Value::Object(entries) = schema {
        entries.insert(key.to_owned(), value);
    }
}

fn record(record: &Record) -> Value {
    let properties: Map<String, Value> =
        record.fields.iter().map(|field| (field.name.to_owned(), self::field(field))).collect();
    let required: Vec<&str> = record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        put(&mut schema, "required", json!(required));
    }
    if !record.rules.is_empty() {
        put(&mut schema, "allOf", record.rules.iter().map(rule).collect());
    }
    schema
}

fn field(field: &Field) -> Value {
    let mut schema = sort(field.sort);
    if !field.required {
        schema = or_nothing(schema, field.sort);
    }
    let about = field.hint.map_or(field.about.to_owned(), |hint| format!("{} {hint}", field.about));
    put(&mut schema, "description", json!(about));
    if let Some(default) = field.default {
        let plain: Value = default.parse().ok().filter(|_| !takes_text(field.sort)).unwrap_or_else(|| json!(default));
        put(&mut schema, "default", plain);
    }
    schema
}

fn takes_text(sort: Sort) -> bool {
    matches!(sort, Sort::Text(_) | Sort::OneOrMany(..) | Sort::Either(..) | Sort::Group(..))
}

/// The schema, or a value that says nothing.
fn or_nothing(schema: Value, of: Sort) -> Value {
    let nothing = if takes_text(of) { json!({ "enum": [null, ""] }) } else { json!({ "type": "null" }) };
    json!({ "anyOf": [schema, nothing] })
}

fn sort(sort: Sort) -> Value {
    match sort {
        Sort::Text(form) => text(form),
        Sort::Bool => json!({ "type": "boolean" }),
        Sort::Whole(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Sort::List(of, least) => list(self::sort(*of), least),
        Sort::OneOrMany(form, least) => json!({ "anyOf": [text(form), list(text(form), least)] }),
        Sort::Map(key, of) => map(key, *of),
        Sort::Record(record) => self::record(record),
        Sort::Either(form, record) => json!({ "anyOf": [text(form), self::record(record)] }),
        Sort::Group(form, ..) => json!({ "anyOf": [text(form), list(text(form), Least::One)] }),
        Sort::Foreign(_) => json!({ "type": "object" }),
    }
}

fn list(item: Value, least: Least) -> Value {
    let mut schema = json!({ "type": "array", "items": item });
    if least == Least::One {
        put(&mut schema, "minItems", json!(1));
    }
    schema
}

fn map(key: Form, of: Sort) -> Value {
    // A key may be there without a value, or with an empty text.
    let mut schema =
        json!({ "type": "object", "additionalProperties": { "anyOf": [value_of_key(of), { "type": "null" }] } });
    if let Some(pattern) = pattern(key) {
        put(&mut schema, "propertyNames", json!({ "pattern": whole(&pattern) }));
    }
    schema
}

/// The value of a key; a text that may be anything may be empty too.
fn value_of_key(of: Sort) -> Value {
    let any = json!({ "type": ["string", "number", "boolean"] });
    if matches!(of, Sort::Text(Form::Any | Form::LabelValue)) {
        return any;
    }
    if let Sort::OneOrMany(form @ (Form::Any | Form::LabelValue), least) = of {
        return json!({ "anyOf": [any, list(text(form), least)] });
    }
    sort(of)
}

/// A text that is not empty.
fn text(form: Form) -> Value {
    let mut schema = json!({ "type": types(form) });
    match form {
        Form::Word(words) => return json!({ "enum": words }),
        Form::Name(_) => put(&mut schema, "minimum", json!(0)),
        // The number 0 is a duration, and any other is none.
        Form::Duration => ["minimum", "maximum"].iter().for_each(|bound| put(&mut schema, bound, json!(0))),
        Form::Prose(max) => put(&mut schema, "maxLength", json!(max)),
        Form::Template => put(&mut schema, "maxLength", json!(TEMPLATE_BYTES_MAX)),
        Form::PathOrUrl => put(&mut schema, "maxLength", json!(PATH_BYTES_MAX)),
        Form::Any
        | Form::Named(_)
        | Form::Reference(_)
        | Form::Number
        | Form::LabelName
        | Form::LabelValue
        | Form::Period
        | Form::Patience
        | Form::Civil
        | Form::CivilOrInstant
        | Form::Instant
        | Form::DayOrInstant
        | Form::Zone
        | Form::Times
        | Form::Weekday
        | Form::Url
        | Form::SecretUrl
        | Form::Secret
        | Form::Path
        | Form::Matcher => {}
    }
    match pattern(form) {
        Some(pattern) => put(&mut schema, "pattern", json!(whole(&pattern))),
        None => put(&mut schema, "minLength", json!(1)),
    }
    schema
}

/// Numbers and booleans are taken as they are spelled, where that can be of the form.
fn types(form: Form) -> Value {
    match form {
        Form::Any
        | Form::Prose(_)
        | Form::Named(_)
        | Form::LabelValue
        | Form::Secret
        | Form::Template
        | Form::Path
        | Form::PathOrUrl => json!(["string", "number", "boolean"]),
        Form::Name(_) => json!(["string", "integer", "boolean"]),
        Form::Number => json!(["string", "number"]),
        Form::Duration => json!(["string", "integer"]),
        Form::Reference(_)
        | Form::LabelName
        | Form::Period
        | Form::Patience
        | Form::Civil
        | Form::CivilOrInstant
        | Form::Instant
        | Form::DayOrInstant
        | Form::Zone
        | Form::Times
        | Form::Weekday
        | Form::Word(_)
        | Form::Url
        | Form::SecretUrl
        | Form::Matcher => json!("string"),
    }
}

fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

fn rule(rule: &Rule) -> Value {
    match rule {
        Rule::Some(names) => json!({ "anyOf": names.iter().map(|name| given(name)).collect::<Vec<_>>() }),
        Rule::One(names, _) => json!({ "oneOf": names.iter().map(|name| given(name)).collect::<Vec<_>>() }),
        Rule::NotBoth(one, other) => json!({ "not": { "allOf": [given(one), given(other)] } }),
        Rule::Needs(field, also) => json!({ "if": given_items(field), "then": given(also) }),
    }
}

/// A field that is there and says something.
fn given(name: &str) -> Value {
    json!({ "required": [name], "properties": { name: { "not": { "enum": [null, ""] } } } })
}

/// The same, but an empty list says nothing.
fn given_items(name: &str) -> Value {
    json!({ "required": [name], "properties": { name: { "not": { "enum": [null, "", []] } } } })
}
