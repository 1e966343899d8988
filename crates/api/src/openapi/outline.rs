//! The document as people read it: operations by what they are about, problems, objects with their fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The document as people read it.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) version: String,
    pub(super) about: String,
    pub(super) tags: Vec<About>,
    pub(super) problems: Vec<Fault>,
    pub(super) objects: Vec<Object>,
}

/// Operations that are about one thing.
#[derive(Debug)]
pub(super) struct About {
    /// Leads to it on the page.
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) about: String,
    pub(super) action: String,
    pub(super) role: String,
    pub(super) params: Vec<Field>,
    /// What is sent: its type, and one such.
    pub(super) body: Option<(String, String)>,
    pub(super) answers: Vec<Answer>,
    /// Status and codes.
    pub(super) refusals: Vec<(String, Vec<String>)>,
}

/// What comes back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: String,
    pub(super) media: String,
    pub(super) sort: String,
    pub(super) about: String,
}

/// A parameter, or a field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// Where a parameter stands.
    pub(super) place: String,
    pub(super) sort: String,
    pub(super) needed: bool,
    pub(super) about: String,
}

/// A code of problems.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) statuses: String,
    /// So many operations refuse with it.
    pub(super) count: usize,
}

/// A named object.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) fields: Vec<Field>,
}

impl Outline {
    pub(super) fn of(document: &Value) -> Self {
        let operations: Vec<(String, Operation)> = operations(document);
        let mut faults: BTreeMap<String, (BTreeSet<String>, usize)> = BTreeMap::new();
        for (status, codes) in operations.iter().flat_map(|(_, operation)| &operation.refusals) {
            for code in codes {
                let (statuses, count) = faults.entry(code.clone()).or_default();
                statuses.insert(status.clone());
                *count += 1;
            }
        }
        let mut by_tag: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        for (tag, operation) in operations {
            by_tag.entry(tag).or_default().push(operation);
        }
        let tags = list(document, "/tags").iter().map(|tag| {
            let name = text(tag, "/name");
            let anchor = name.to_ascii_lowercase().replace(' ', "-");
            About {
                anchor,
                about: text(tag, "/description"),
                operations: by_tag.remove(&name).unwrap_or_default(),
                name,
            }
        });
        let fault = |(code, (statuses, count)): (String, (BTreeSet<String>, usize))| Fault {
            title: title(&code),
            statuses: statuses.into_iter().collect::<Vec<_>>().join(", "),
            count,
            code,
        };
        Self {
            version: text(document, "/info/version"),
            about: text(document, "/info/description"),
            tags: tags.collect(),
            problems: faults.into_iter().map(fault).collect(),
            objects: objects(document),
        }
    }
}

/// What a code says, in words.
pub(crate) fn title(code: &str) -> String {
    let words = code.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Each with the tag that it bears.
fn operations(document: &Value) -> Vec<(String, Operation)> {
    let mut all = Vec::new();
    for (path, methods) in members(document.pointer("/paths")) {
        for (method, said) in members(Some(methods)) {
            all.push((text(said, "/tags/0"), operation(path, method, said)));
        }
    }
    all
}

fn operation(path: &str, method: &str, said: &Value) -> Operation {
    let mut answers = Vec::new();
    let mut refusals = Vec::new();
    for (status, response) in members(said.pointer("/responses")) {
        for (media, content) in members(response.pointer("/content")) {
            let codes = list(content, "/schema/allOf/1/properties/code/enum");
            if media == "application/problem+json" {
                let codes = codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                refusals.push((status.clone(), codes));
            } else {
                let sort = content.pointer("/schema").map(sort).unwrap_or_default();
                let about = text(response, "/description");
                answers.push(Answer { status: status.clone(), media: media.clone(), sort, about });
            }
        }
    }
    let body = members(said.pointer("/requestBody/content")).next().map(|(_, content)| {
        let example = content.pointer("/example").map(Value::to_string).unwrap_or_default();
        (content.pointer("/schema").map(sort).unwrap_or_default(), example)
    });
    Operation {
        id: text(said, "/operationId"),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(said, "/summary"),
        about: text(said, "/description"),
        action: text(said, "/x-action"),
        role: text(said, "/x-role"),
        params: list(said, "/parameters").iter().map(param).collect(),
        body,
        answers,
        refusals,
    }
}

fn param(said: &Value) -> Field {
    let mut sort = said.pointer("/schema").map(sort).unwrap_or_default();
    if let Some(usual) = said.pointer("/schema/default") {
        sort = format!("{sort}; {usual} unless given");
    }
    Field {
        name: text(said, "/name"),
        place: text(said, "/in"),
        sort,
        needed: said.pointer("/required").and_then(Value::as_bool).unwrap_or(false),
        about: text(said, "/description"),
    }
}

fn objects(document: &Value) -> Vec<Object> {
    let known = members(document.pointer("/components/schemas"));
    let objects = known.map(|(name, schema)| {
        let needed: BTreeSet<&str> = list(schema, "/required").iter().filter_map(Value::as_str).collect();
        let fields = members(schema.pointer("/properties")).map(|(name, said)| Field {
            name: name.clone(),
            place: String::new(),
            sort: sort(said),
            needed: needed.contains(name.as_str()),
            about: text(said, "/description"),
        });
        Object { name: name.clone(), about: text(schema, "/description"), fields: fields.collect() }
    });
    objects.collect()
}

/// What a value is, in words.
fn sort(schema: &Value) -> String {
    let several = |of: &[Value]| {
        let words: BTreeSet<String> = of.iter().map(sort).filter(|word| !word.is_empty()).collect();
        words.into_iter().collect::<Vec<_>>().join(" or ")
    };
    if let Some(name) = schema.pointer("/$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or(name).to_owned();
    }
    for of in ["/anyOf", "/oneOf", "/allOf"] {
        if schema.pointer(of).is_some() {
            return several(list(schema, of));
        }
    }
    if schema.pointer("/enum").is_some() {
        let words: Vec<String> = list(schema, "/enum").iter().map(|word| word.to_string().replace('"', "")).collect();
        return words.join(", ");
    }
    if let Some(only) = schema.pointer("/const") {
        return only.to_string();
    }
    let types: Vec<&str> = match schema.pointer("/type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => vec!["anything"],
    };
    types.into_iter().map(|sort| one_sort(sort, schema)).collect::<Vec<_>>().join(" or ")
}

fn one_sort(sort_of: &str, schema: &Value) -> String {
    let number = |name: &str| schema.pointer(name).and_then(Value::as_u64);
    match sort_of {
        "string" if text(schema, "/format") == "date-time" => "time".to_owned(),
        "string" => match (text(schema, "/pattern").as_str(), number("/maxLength")) {
            ("", Some(most)) => format!("text, at most {most} characters"),
            ("", None) => "text".to_owned(),
            (pattern, _) => format!("text like {pattern}"),
        },
        "integer" => match (number("/minimum"), number("/maximum")) {
            (Some(least), Some(most)) if most > 0 => format!("{least} to {most}"),
            (_, _) => "whole number".to_owned(),
        },
        "array" => format!("list of {}", schema.pointer("/items").map_or_else(|| "anything".to_owned(), sort)),
        "object" => match schema.pointer("/additionalProperties").filter(|of| of.is_object()) {
            Some(of) => format!("object of {}", sort(of)),
            None => "object".to_owned(),
        },
        other => other.to_owned(),
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
