//! `parameters` of a runbook or playbook.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{Name, ParameterDocument, Text};
use evenkeel_model::{ParameterSort, codes, quoted};
use evenkeel_time::Duration;

use super::template::is_parameter_name;
use crate::fields::{Cx, Fields, nearest};
use crate::yaml::{Node, Value};

/// Reads the mapping from names to parameters.
pub(super) fn parameters(fields: &mut Fields<'_>, cx: &mut Cx) -> Vec<ParameterDocument> {
    match fields.node("parameters") {
        None => Vec::new(),
        Some(Node { value: Value::Map(entries), .. }) => {
            entries.iter().filter_map(|(key, node)| parameter(key, node, cx)).collect()
        }
        Some(node) => {
            let headline = format!("`parameters` has to be a mapping from names to parameters, not {}", node.sort());
            let diag = Diagnostic::error(codes::WRONG_TYPE, node.span, headline);
            cx.push(diag.help("write such as `parameters: { host: { type: string, required: true } }`"));
            Vec::new()
        }
    }
}

fn parameter(key: &Spanned<String>, node: &Node, cx: &mut Cx) -> Option<ParameterDocument> {
    let name = name(key, cx);
    // `host:` with nothing behind it is a text that may be left out.
    if node.value == Value::Null {
        return Some(ParameterDocument {
            name,
            sort: ParameterSort::String,
            required: false,
            default: None,
            description: None,
        });
    }
    let mut fields = Fields::of(node, "a parameter", cx)?;
    let sort = fields.text("type", cx).map_or(Some(ParameterSort::String), |text| sort(text, cx));
    let required = fields.boolean("required", cx).unwrap_or(false);
    let default = fields.node("default").and_then(|node| default(&name, node, sort, cx));
    let description = fields.text("description", cx).map(|text| text.value.into());
    if required {
        fields_exclude(&fields, default.as_ref(), cx);
    }
    fields.finish(cx);
    Some(ParameterDocument { name, sort: sort.unwrap_or(ParameterSort::String), required, default, description })
}

fn fields_exclude(fields: &Fields<'_>, default: Option<&Text>, cx: &mut Cx) {
    if let Some(default) = default {
        let headline = "a required parameter has no use for a `default`";
        let diag = Diagnostic::error(codes::CONFLICTING_FIELDS, default.span, headline);
        let start = evenkeel_diagnostic::Span { end: fields.span.start, ..fields.span };
        cx.push(diag.related(start, "required here").help("remove one of the two"));
    }
}

fn name(key: &Spanned<String>, cx: &mut Cx) -> Name {
    if !is_parameter_name(&key.value) {
        let headline = format!("{} is no name for a parameter", quoted(&key.value));
        let help = "names are made of letters, digits and `_`, and do not start with a digit, such as `queue_name`";
        cx.push(Diagnostic::error(codes::INVALID_NAME, key.span, headline).help(help));
    }
    Spanned::new(Arc::from(key.value.as_str()), key.span)
}

fn sort(text: Spanned<&str>, cx: &mut Cx) -> Option<ParameterSort> {
    let found = ParameterSort::ALL.into_iter().find(|sort| sort.as_str() == text.value);
    if found.is_none() {
        let headline = format!("no parameter is of the type {}", quoted(text.value));
        let diag = Diagnostic::error(codes::INVALID_VALUE, text.span, headline);
        let near = match text.value {
            "bool" => Some("boolean"),
            "int" | "number" => Some("integer"),
            "str" | "text" => Some("string"),
            other => nearest(other, ParameterSort::ALL.map(ParameterSort::as_str)),
        };
        cx.push(match near {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help("the types are `string`, `integer`, `boolean` and `duration`"),
        });
    }
    found
}

/// The default as written, if it is of the parameter's type.
fn default(name: &Name, node: &Node, sort: Option<ParameterSort>, cx: &mut Cx) -> Option<Text> {
    let text = node.as_text();
    let (right, wanted) = match sort {
        None => (true, ""),
        Some(ParameterSort::String) => (text.is_some(), "text"),
        Some(ParameterSort::Integer) => (matches!(node.value, Value::Int(..)), "a whole number"),
        Some(ParameterSort::Boolean) => (matches!(node.value, Value::Bool(_)), "`true` or `false`"),
        Some(ParameterSort::Duration) => {
            (text.is_some_and(|text| text.parse::<Duration>().is_ok()), "a duration such as `5m`")
        }
    };
    if !right {
        let headline = format!("the default of the parameter {} has to be {wanted}", quoted(&name.value));
        cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
        return None;
    }
    text.map(|text| Spanned::new(text.into(), node.span))
}
