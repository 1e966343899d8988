//! The OpenAPI document, put together from the table of routes, the operations and the types.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_identity::{Action, role_that_may};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operation::{Body, Given};
use super::{Code, Operation, Place, Tag, shapes, table};
use crate::refused::Problem;
use crate::{Method, ROUTES, Route};

const ABOUT: &str = "Every resource and action that Evenkeel's pages show, for programs. Ids are written `incident:17`, in \
paths also `17`; times are RFC 3339 in UTC with milliseconds. Lists give at most `limit` things and, where there are \
more, `next`: the `cursor` to go on with, which stays good when things come and go. Refusals are problems (RFC 9457) \
with a `code` that stays. An `Idempotency-Key` makes a POST safe to send again.";

/// The whole document. `version` is the program's.
#[must_use]
pub fn document(version: &str) -> Value {
    let mut writer = Writer::new();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in ROUTES {
        let Some(operation) = table::of(route.method, route.path) else { continue };
        let said = writer.operation(operation, route);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_ascii_lowercase(), said);
    }
    let tags: Vec<Value> = Tag::ALL.iter().map(|tag| json!({"name": tag.name(), "description": tag.about()})).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Evenkeel",
            "version": version,
            "summary": "The operation of software as a working system.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": "/", "description": "where this document was got"}],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": writer.schemas(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "a token, `ek_…`; `evenkeel token create` makes one"},
                "basic": {"type": "http", "scheme": "basic", "description": "any user, with a token as the password"},
                "session": {"type": "apiKey", "in": "cookie", "name": "evenkeel_session", "description": "a browser that logged in"},
            },
            "headers": headers(),
        },
    })
}

/// Writes operations, and collects the schemas that they name.
struct Writer {
    answered: SchemaGenerator,
    asked: SchemaGenerator,
}

impl Writer {
    fn new() -> Self {
        let settings = || SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
        let (answered, asked) = (settings().for_serialize(), settings().for_deserialize());
        Self { answered: answered.into_generator(), asked: asked.into_generator() }
    }

    fn operation(&mut self, operation: &Operation, route: &Route) -> Value {
        let mut parameters: Vec<Value> = operation.params.iter().map(super::Param::described).collect();
        let refer = |name: &str| json!({"name": name, "in": "header", "required": false, "schema": {"type": "string", "maxLength": 255}});
        if operation.method == Method::Post {
            let mut key = refer("Idempotency-Key");
            describe(
                &mut key,
                "makes it safe to send again: the same key and body within 24 hours give the same answer",
            );
            parameters.push(key);
        }
        if operation.matched {
            let mut tag = refer("If-Match");
            describe(&mut tag, "the ETag of the incident as it was looked at; 412 when it changed meanwhile");
            parameters.push(tag);
        }
        let mut said = json!({
            "operationId": operation.id,
            "tags": [operation.tag.name()],
            "summary": operation.summary,
            "parameters": parameters,
            "responses": self.responses(operation, route.action),
            "security": security(route.action),
            "x-action": route.action.as_str(),
            "x-role": role(route.action),
        });
        if !operation.about.is_empty() {
            describe(&mut said, operation.about);
        }
        if let (Some(body), Some(said)) = (&operation.body, said.as_object_mut()) {
            said.insert("requestBody".to_owned(), self.body(body));
        }
        said
    }

    fn body(&mut self, body: &Body) -> Value {
        let schema = (body.schema)(&mut self.asked);
        let example: Value = serde_json::from_str(body.example).unwrap_or(Value::Null);
        let media = |media: &&str| ((*media).to_owned(), json!({"schema": schema, "example": example}));
        let content: Map<String, Value> = body.media.iter().map(media).collect();
        json!({"required": body.needed, "content": content})
    }

    fn responses(&mut self, operation: &Operation, action: Action) -> Map<String, Value> {
        let mut responses: BTreeMap<u16, Value> = BTreeMap::new();
        for answer in operation.answers {
            self.answer(answer, operation, &mut responses);
        }
        if operation.method == Method::Get && operation.answers.iter().any(|answer| answer.media == "application/json")
        {
            responses.insert(304, json!({"description": "as the ETag in `If-None-Match` says, nothing changed"}));
        }
        if operation.params.iter().any(|param| param.place == Place::Query) {
            responses.insert(414, json!({"description": "the address is longer than 64 KiB"}));
        }
        let mut by_status: BTreeMap<u16, BTreeSet<&str>> = BTreeMap::new();
        for Code { status, code } in operation.all_refusals(action) {
            by_status.entry(status).or_default().insert(code);
        }
        for (status, codes) in by_status {
            let problem = self.problem(&codes);
            let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            let response = responses.entry(status).or_insert_with(|| json!({"description": "", "content": {}}));
            describe_more(response, &codes.join(", "));
            if let Some(content) = response.get_mut("content") {
                put(content, "application/problem+json", json!({"schema": problem}));
            }
            put(response, "headers", refused_headers(status));
        }
        responses.into_iter().map(|(status, response)| (status.to_string(), response)).collect()
    }

    fn answer(&mut self, answer: &Given, operation: &Operation, responses: &mut BTreeMap<u16, Value>) {
        let schema = match answer.schema {
            Some(schema) => schema(&mut self.answered),
            None => Schema::try_from(json!({"type": "string"})).unwrap_or_default(),
        };
        let mut headers = json!({"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}});
        for name in ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"] {
            put(&mut headers, name, json!({"$ref": format!("#/components/headers/{name}")}));
        }
        if answer.media == "application/json" && operation.method == Method::Get && answer.status == 200 {
            put(&mut headers, "ETag", json!({"$ref": "#/components/headers/ETag"}));
        }
        if operation.params.iter().any(|param| param.name == "cursor") {
            put(&mut headers, "Link", json!({"$ref": "#/components/headers/Link"}));
        }
        let content = json!({"schema": schema});
        let known =
            responses.entry(answer.status).or_insert_with(|| json!({"description": answer.about, "headers": headers}));
        if known.get("content").is_none() {
            put(known, "content", json!({}));
        }
        if let Some(media) = known.get_mut("content") {
            put(media, answer.media, content);
        }
    }

    /// A problem with one of these codes.
    fn problem(&mut self, codes: &BTreeSet<&str>) -> Value {
        let problem = self.answered.subschema_for::<Problem<'_>>();
        json!({"allOf": [problem, {"properties": {"code": {"enum": codes}}}]})
    }

    fn schemas(&mut self) -> Map<String, Value> {
        let mut all = self.answered.take_definitions(true);
        for (name, schema) in self.asked.take_definitions(true) {
            let known = all.get(&name).is_some_and(|known| *known != schema);
            assert!(!known, "two schemas are named {name}: give one another name by `schemars(rename)`");
            all.insert(name, schema);
        }
        all.extend(shapes::named().map(|(name, schema)| (name.to_owned(), schema)));
        all
    }
}

/// What may be shown to prove who calls; nothing: nobody is asked.
fn security(action: Action) -> Value {
    match action {
        Action::Probe | Action::Link | Action::Login | Action::Hook => json!([]),
        Action::Health | Action::Measure | Action::Intake => json!([{}, {"token": []}, {"basic": []}, {"session": []}]),
        Action::Access | Action::Report | Action::Read | Action::Respond | Action::Operate | Action::Administer => {
            json!([{"token": []}, {"basic": []}, {"session": []}])
        }
    }
}

/// The least role that may; in words where none is needed.
pub(super) fn role(action: Action) -> &'static str {
    match action {
        Action::Probe => "anyone",
        Action::Link | Action::Login | Action::Hook => "a signature",
        Action::Health => "anyone on this machine, any token",
        Action::Access => "any token",
        Action::Intake
        | Action::Report
        | Action::Read
        | Action::Measure
        | Action::Respond
        | Action::Operate
        | Action::Administer => role_that_may(action).as_str(),
    }
}

fn headers() -> Value {
    let text = |about: &str| json!({"description": about, "schema": {"type": "string"}});
    let number = |about: &str| json!({"description": about, "schema": {"type": "integer", "minimum": 0}});
    json!({
        "X-Request-Id": text("the id that came along, else one of ours; problems and the log name it"),
        "ETag": text("changes with the answer; `If-None-Match` with it is answered 304 while it is the same"),
        "Link": text("`<?…>; rel=\"next\"`, relative to the address that was asked, while there is more"),
        "Retry-After": number("when to come again. Units: seconds"),
        "WWW-Authenticate": text("`Bearer`"),
        "RateLimit-Limit": number("so many calls are taken in a minute"),
        "RateLimit-Remaining": number("so many of them are left"),
        "RateLimit-Reset": number("when there are as many again. Units: seconds"),
    })
}

fn refused_headers(status: u16) -> Value {
    let mut headers = json!({"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}});
    let more = match status {
        401 => Some("WWW-Authenticate"),
        429 | 503 => Some("Retry-After"),
        _ => None,
    };
    if let Some(name) = more {
        put(&mut headers, name, json!({"$ref": format!("#/components/headers/{name}")}));
    }
    headers
}

fn put(into: &mut Value, name: &str, value: Value) {
    if let Some(object) = into.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn describe(what: &mut Value, text: &str) {
    put(what, "description", json!(text));
}

fn describe_more(what: &mut Value, text: &str) {
    let said = what.get("description").and_then(Value::as_str).unwrap_or_default();
    let joined = if said.is_empty() { text.to_owned() } else { format!("{said}; {text}") };
    describe(what, &joined);
}
