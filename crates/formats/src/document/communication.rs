//! `kind: CommunicationPlan`.

use evenkeel_model::UpdateTemplates;
use evenkeel_model::document::{AudienceDocument, CommunicationDocument};
use evenkeel_severity::Severity;

use super::names::{names, own_name, references};
use super::prose::severity;
use super::template::template;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// From this severity on an audience is told, unless it says otherwise.
const FROM_SEVERITY: Severity = Severity::Sev3;

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
