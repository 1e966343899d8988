//! `kind: CommunicationPlan`.

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{AudienceDocument, CommunicationDocument};
use evenkeel_model::{UpdateTemplates, codes};
use evenkeel_severity::Severity;

use super::names::{names, own_name, references};
use super::prose::{severity, within};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// From this severity on an audience is told, unless it says otherwise.
const FROM_SEVERITY: Severity = Severity::Sev3;
const TEMPLATE_BYTES_MAX: usize = 8 << 10;

/// Reads `spec`.
pub(super) fn communication_plan(spec: &mut Fields<'_>, cx: &mut Cx) -> CommunicationDocument {
    let audiences = spec.list("audiences", cx).iter().filter_map(|node| audience(node, cx)).collect();
    spec.require_items("audiences", cx);
    spec.finish(cx);
    CommunicationDocument { audiences }
}

fn audience(node: &Node, cx: &mut Cx) -> Option<AudienceDocument> {
    let mut fields = Fields::of(node, "an audience", cx)?;
    let fields = &mut fields;
    let name = own_name(fields, "an audience", cx);
    let receivers = names(fields, "receivers", cx);
    fields.require_items("receivers", cx);
    let customers = fields.boolean("customers", cx).unwrap_or(false);
    let from_severity = severity(fields, "fromSeverity", cx).unwrap_or(FROM_SEVERITY);
    let cadence = fields.period("cadence", cx);
    let approvers = references(fields, "approvers", cx);
    let templates = templates(fields, cx);
    fields.finish(cx);
    Some(AudienceDocument { name: name?, customers, receivers, from_severity, cadence, approvers, templates })
}

fn templates(fields: &mut Fields<'_>, cx: &mut Cx) -> UpdateTemplates {
    let Some(mut fields) = fields.mapping("templates", "`templates`", cx) else { return UpdateTemplates::default() };
    let mut read = |name| template(&mut fields, name, cx);
    let templates = UpdateTemplates { first: read("first"), update: read("update"), recovery: read("recovery") };
    fields.finish(cx);
    templates
}

/// A text is sent when nobody has time to correct it, so it is checked now.
fn template(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Box<str>> {
    let text = fields.text(name, cx)?;
    within(text, name, TEMPLATE_BYTES_MAX, cx);
    if text.value.len() > TEMPLATE_BYTES_MAX {
        return None;
    }
    if let Err(error) = evenkeel_template::check(text.value) {
        let start = Span { end: text.span.start, ..text.span };
        let diag = Diagnostic::error(codes::INVALID_TEMPLATE, start, format!("`{name}` is no template: {error}"));
        cx.push(match error.line {
            Some(line) => diag.label(format!("in line {line} of the text")),
            None => diag,
        });
    }
    Some(text.value.into())
}
