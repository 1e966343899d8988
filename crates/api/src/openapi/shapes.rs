//! Schemas of what core crates write themselves, and which know nothing of schemas.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

/// Declares stand-ins: a name, and the schema.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

shapes! {
    /// An instant.
    Time = {"type": "string", "format": "date-time", "description": "RFC 3339, UTC, with milliseconds"};
    /// A document of the ops repo.
    Ref = {
        "type": "string",
        "pattern": "^(person|team|schedule|policy|receiver|workload):.+$",
        "description": "a document of the ops repo, such as `person:ada`",
    };
    /// Labels or annotations.
    Labels = {"type": "object", "additionalProperties": {"type": "string"}};
    /// How bad.
    SeverityWord = {"type": "string", "enum": ["sev1", "sev2", "sev3", "sev4", "sev5"]};
    /// A role in an incident.
    IncidentRoleWord = {"type": "string", "enum": ["responder", "commander", "communicator", "scribe"]};
    /// Persons by their role in an incident.
    Roles = {
        "type": "object",
        "propertyNames": {"enum": ["responder", "commander", "communicator", "scribe"]},
        "additionalProperties": {"type": "string", "pattern": "^person:.+$"},
    };
    /// A token's role.
    RoleWord = {"type": "string", "enum": ["sender", "recorder", "viewer", "responder", "operator", "admin"]};
    /// Where a problem comes from.
    CauseWord = {"type": "string", "enum": ["recurrence", "workaround", "person"]};
    /// What an update is.
    UpdateKindWord = {"type": "string", "enum": ["first", "progress", "recovery"]};
    /// A SHA-256.
    HashDigits = {"type": "string", "pattern": "^[0-9a-f]{64}$"};
    /// The status of an incident.
    PhaseWord = {"type": "string", "enum": ["open", "acknowledged", "resolved", "closed", "merged"]};
    /// Facts as they are told.
    Facts = {
        "description": "one fact, or at most 1,000 of them",
        "anyOf": [
            {"$ref": "#/components/schemas/Fact"},
            {"type": "array", "maxItems": 1000, "items": {"$ref": "#/components/schemas/Fact"}},
        ],
    };
    /// CloudEvents.
    CloudEvents = {
        "description": "a CloudEvent 1.0, or a batch of at most 1,000",
        "anyOf": [
            {"$ref": "#/components/schemas/CloudEvent"},
            {"type": "array", "maxItems": 1000, "items": {"$ref": "#/components/schemas/CloudEvent"}},
        ],
    };
    /// What a forge sends.
    Delivery = {"type": "object", "description": "as GitHub or GitLab sends it"};
    /// A record as the journal's export has it.
    Record = {"$ref": "#/components/schemas/Record"};
    /// Records.
    Records = {"type": "array", "items": {"$ref": "#/components/schemas/Record"}};
    /// Any object.
    AnyObject = {"type": "object"};
}

/// Schemas that are named, and stand for no type of ours.
pub(super) fn named() -> [(&'static str, Value); 3] {
    let fact = serde_json::json!({
        "type": "object",
        "description": "a fact: its envelope, and beside it the fields of its kind; `evenkeel record KIND --fields` lists them",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string"},
            "key": {"type": ["string", "null"], "description": "which thing it is; without it its content is the key"},
            "at": {"type": ["string", "null"], "format": "date-time", "description": "when it happened; now unless said"},
            "workload": {"type": ["string", "null"]},
            "team": {"type": ["string", "null"]},
            "person": {"type": ["string", "null"]},
        },
    });
    let event = serde_json::json!({
        "type": "object",
        "required": ["specversion", "type", "source", "id"],
        "properties": {
            "specversion": {"const": "1.0"},
            "type": {"type": "string", "description": "evenkeel.KIND.v1"},
            "source": {"type": "string"},
            "id": {"type": "string"},
            "time": {"type": "string", "format": "date-time"},
            "data": {"type": "object"},
        },
    });
    let hash = serde_json::json!({"type": "string", "pattern": "^[0-9a-f]{64}$"});
    let record = serde_json::json!({
        "type": "object",
        "description": "a record as the journal's export has it; docs/design/journal.md says how it is hashed",
        "required": ["seq", "at", "origin", "kind", "version", "actor", "subject", "plan", "body_hash", "prev", "hash"],
        "properties": {
            "seq": {"type": "integer", "minimum": 1},
            "at": {"type": "string", "format": "date-time"},
            "origin": {"type": "string", "enum": ["observed", "reported", "imported"]},
            "kind": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            "actor": {"type": "string"},
            "subject": {"type": "string", "description": "what it is about"},
            "plan": hash, "body_hash": hash, "prev": hash, "hash": hash,
            "salt": {"type": ["string", "null"]},
            "body": {"description": "what happened; null when it was erased"},
            "body_hex": {"type": "string", "description": "a body that is no line of JSON"},
            "erased_by": {"type": "integer", "description": "the record that says that the body was erased"},
        },
    });
    [("Fact", fact), ("CloudEvent", event), ("Record", record)]
}
