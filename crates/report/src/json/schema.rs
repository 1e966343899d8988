//! The form of a report in JSON, as JSON Schema.

use serde_json::{Value, json};

/// The JSON Schema (draft 2020-12) of what [`Report::json`](crate::Report::json) gives.
#[must_use]
pub fn report_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `evenkeel check --format json` prints",
        "description": "A field may be added at any time; `form` changes when one goes or means something else.",
        "type": "object",
        "required": ["form", "version", "at", "plan", "root", "counts", "diagnostics", "allowed"],
        "properties": {
            "form": { "const": super::FORM },
            "version": text("The version of Evenkeel"),
            "at": instant("The instant as of which the repo was judged"),
            "plan": { "type": ["string", "null"], "description": "The plan's hash; null when it cannot be taken" },
            "root": text("What stands before each `file` for the folder where the command ran; may be empty"),
            "counts": counts(),
            "diagnostics": { "type": "array", "items": { "$ref": "#/$defs/diagnostic" } },
            "allowed": { "type": "array", "items": { "$ref": "#/$defs/allowed" } },
        },
        "$defs": { "diagnostic": diagnostic(), "label": label(), "allowed": allowed() },
    })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn instant(description: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": description })
}

fn counts() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    json!({
        "type": "object",
        "required": ["errors", "findings", "allowed"],
        "properties": { "errors": count, "findings": count, "allowed": count },
    })
}

fn diagnostic() -> Value {
    json!({
        "type": "object",
        "required": ["code", "severity", "headline", "primary", "related", "help"],
        "properties": {
            "code": { "type": "string", "pattern": "^[a-z0-9-]+$", "description": "What `evenkeel explain` takes" },
            "severity": { "enum": ["error", "finding"] },
            "headline": text("What is wrong, in one line"),
            "primary": { "$ref": "#/$defs/label" },
            "related": { "type": "array", "items": { "$ref": "#/$defs/label" } },
            "help": { "type": ["string", "null"], "description": "What to do" },
        },
    })
}

fn label() -> Value {
    let count = json!({ "type": ["integer", "null"], "minimum": 1 });
    json!({
        "type": "object",
        "description": "A place and what is said there; lines and columns count from 1, columns in characters, the end \
                        is the first character behind",
        "required": ["file", "line", "column", "end_line", "end_column", "message"],
        "properties": {
            "file": { "type": ["string", "null"], "description": "Relative to the ops repo, with `/`" },
            "line": count,
            "column": count,
            "end_line": count,
            "end_column": count,
            "message": text("May be empty"),
        },
    })
}

fn allowed() -> Value {
    json!({
        "type": "object",
        "description": "A finding that an `Allowance` takes away",
        "required": ["diagnostic", "allowance", "place", "reason", "until"],
        "properties": {
            "diagnostic": { "$ref": "#/$defs/diagnostic" },
            "allowance": text("The allowance's name"),
            "place": { "$ref": "#/$defs/label" },
            "reason": text("Why it is allowed"),
            "until": instant("The first instant at which it is not allowed any more"),
        },
    })
}
