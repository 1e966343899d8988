//! `kind: Organization`.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::Priority;
use evenkeel_model::document::{LastResortDocument, Organization};

use super::names::{named, own_name};
use super::prose::prose;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Reads `spec`.
pub(super) fn organization(spec: &mut Fields<'_>, cx: &mut Cx) -> Organization {
    let last_resort = spec.mapping("lastResort", "`lastResort`", cx).map(|fields| last_resort(fields, cx));
    let priorities = spec.list("priorities", cx).iter().filter_map(|node| priority(node, cx)).collect();
    spec.finish(cx);
    Organization { last_resort, priorities }
}

fn last_resort(mut fields: Fields<'_>, cx: &mut Cx) -> LastResortDocument {
    let receiver = named(&mut fields, "receiver", cx);
    let policy = named(&mut fields, "policy", cx);
    if fields.node("policy").is_none() {
        fields.require("receiver", cx);
    }
    fields.finish(cx);
    LastResortDocument { span: fields.span, receiver, policy }
}

fn priority(node: &Node, cx: &mut Cx) -> Option<Spanned<Priority>> {
    let mut fields = Fields::of(node, "a priority", cx)?;
    let name = own_name(&mut fields, "a priority", cx);
    let description = prose(&mut fields, "description", cx).unwrap_or_default();
    fields.finish(cx);
    name.map(|name| name.map(|name| Priority { name, description }))
}
