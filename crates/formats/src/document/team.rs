//! `kind: Team`.

use std::sync::Arc;

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::{MemberDocument, TeamDocument};

use super::names::named;
use super::prose::prose;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Reads `spec`.
pub(super) fn team(spec: &mut Fields<'_>, cx: &mut Cx) -> TeamDocument {
    let members = spec.list("members", cx).iter().filter_map(|node| member(node, cx)).collect();
    let escalation = named(spec, "escalation", cx);
    spec.finish(cx);
    TeamDocument { members, escalation }
}

/// A person's name, or a mapping that says what they are in the team.
fn member(node: &Node, cx: &mut Cx) -> Option<MemberDocument> {
    if let Some(name) = node.as_text() {
        let person = Spanned::new(Arc::from(name), node.span);
        return Some(MemberDocument { person, role: None });
    }
    let mut fields = Fields::of(node, "a member", cx)?;
    let person = named(&mut fields, "person", cx);
    fields.require("person", cx);
    let role = prose(&mut fields, "role", cx);
    fields.finish(cx);
    Some(MemberDocument { person: person?, role })
}
