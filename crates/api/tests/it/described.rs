//! Every answer that a test gets of our own API is held against the OpenAPI document.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use http::Method;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::bench::Reply;

/// The document.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| evenkeel_api::document("0.1.0"));

static VALIDATORS: LazyLock<Mutex<BTreeMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// Panics when an answer is not as the document has it.
pub(crate) fn check(method: &Method, path: &str, reply: &Reply) {
    let method = if method == Method::HEAD { "get".to_owned() } else { method.as_str().to_ascii_lowercase() };
    let Some((template, operation)) = operation(&method, path) else { return };
    let place = format!("{method} {template} {}", reply.status.as_u16());
    let said = operation.pointer(&format!("/responses/{}", reply.status.as_u16()));
    let said = said.unwrap_or_else(|| panic!("{place} is not documented: {}", reply.text));
    if reply.text.is_empty() {
        return;
    }
    let media = reply.header("content-type");
    let content = said.get("content").and_then(|content| content.get(media));
    let content = content.unwrap_or_else(|| panic!("{place} is not documented as `{media}`"));
    if media.ends_with("json") {
        matches(&format!("{place} {media}"), &content["schema"], &reply.json());
    }
}

/// Panics when a value does not match a schema of the document.
pub(crate) fn matches(place: &str, schema: &Value, value: &Value) {
    let mut known = VALIDATORS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let validator = known.entry(place.to_owned()).or_insert_with(|| {
        let whole = json!({"allOf": [schema], "components": DOCUMENT["components"]});
        Arc::new(jsonschema::validator_for(&whole).expect("a schema"))
    });
    let validator = validator.clone();
    drop(known);
    let faults: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{place}: {faults:#?}\n{value:#}");
}

fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let fits = |template: &str| {
        let (template, path) = (template.split('/').collect::<Vec<_>>(), path.split('/').collect::<Vec<_>>());
        template.len() == path.len()
            && template
                .iter()
                .zip(&path)
                .all(|(known, part)| known == part || (known.starts_with('{') && !part.is_empty()))
    };
    let mut fitting: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
    // What is written out goes before what stands for anything.
    fitting.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, methods) = fitting.first()?;
    Some((template.as_str(), methods.get(method)?))
}
