//! `kind: Workload`.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{ComponentDocument, DependencyDocument, EnvironmentDocument, WorkloadDocument};
use evenkeel_model::{Impact, codes};

use super::metadata::Metadata;
use super::names::{checked, named, own_name};
use super::prose::prose;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Tiers go from 1, what the organisation lives from, to this.
const TIER_MAX: u8 = 4;
/// Environments of these names are production unless they say otherwise.
const PRODUCTION: [&str; 2] = ["production", "prod"];

/// Reads `spec`.
pub(super) fn workload(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> WorkloadDocument {
    let document = WorkloadDocument {
        tier: Some(tier(spec, cx)),
        impact: impact(spec, cx),
        components: spec.list("components", cx).iter().filter_map(|node| component(node, cx)).collect(),
        depends_on: spec.list("dependsOn", cx).iter().filter_map(|node| dependency(node, cx)).collect(),
        environments: spec.list("environments", cx).iter().filter_map(|node| environment(node, cx)).collect(),
        priority: named(spec, "priority", cx),
        labels: head.labels.clone(),
        part_of: Vec::new(),
        owned_elsewhere: false,
    };
    spec.finish(cx);
    document
}

/// The severity of every incident is computed from it, so nothing stands in for one that is not written.
fn tier(spec: &mut Fields<'_>, cx: &mut Cx) -> u8 {
    let tier = spec.whole("tier", u64::from(u8::MAX), cx).and_then(|tier| u8::try_from(tier).ok());
    spec.require("tier", cx);
    if tier.is_some_and(|tier| !(1..=TIER_MAX).contains(&tier)) {
        let span = spec.node("tier").map_or(spec.span, |node| node.span);
        let diag = Diagnostic::error(codes::INVALID_VALUE, span, "`tier` has to be between 1 and 4");
        cx.push(diag.help("1 is what the organisation lives from, 4 what it can do without for days"));
    }
    tier.unwrap_or(TIER_MAX)
}

fn impact(spec: &mut Fields<'_>, cx: &mut Cx) -> Impact {
    let Some(mut fields) = spec.mapping("impact", "`impact`", cx) else { return Impact::default() };
    let who = prose(&mut fields, "who", cx).unwrap_or_default();
    let what = prose(&mut fields, "what", cx).unwrap_or_default();
    let customers = fields.boolean("customers", cx).unwrap_or(false);
    fields.finish(cx);
    Impact { who, what, customers }
}

fn component(node: &Node, cx: &mut Cx) -> Option<ComponentDocument> {
    let mut fields = Fields::of(node, "a component", cx)?;
    let name = own_name(&mut fields, "a component", cx);
    let description = prose(&mut fields, "description", cx).unwrap_or_default();
    fields.finish(cx);
    Some(ComponentDocument { name: name?, description })
}

/// A workload's name, which is hard, or a mapping.
fn dependency(node: &Node, cx: &mut Cx) -> Option<DependencyDocument> {
    if let Some(name) = node.as_text() {
        let workload = Spanned::new(Arc::from(name), node.span);
        return Some(DependencyDocument { workload, hard: true });
    }
    let mut fields = Fields::of(node, "a dependency", cx)?;
    let workload = named(&mut fields, "workload", cx);
    fields.require("workload", cx);
    let hard = fields.boolean("hard", cx).unwrap_or(true);
    fields.finish(cx);
    Some(DependencyDocument { workload: workload?, hard })
}

/// A name, or a mapping.
fn environment(node: &Node, cx: &mut Cx) -> Option<EnvironmentDocument> {
    if let Some(name) = node.as_text() {
        let name = checked(Spanned::new(name, node.span), "an environment", cx);
        let production = PRODUCTION.contains(&name.value.as_ref());
        return Some(EnvironmentDocument { name, production });
    }
    let mut fields = Fields::of(node, "an environment", cx)?;
    let name = own_name(&mut fields, "an environment", cx);
    let production = fields.boolean("production", cx);
    fields.finish(cx);
    let name = name?;
    let production = production.unwrap_or_else(|| PRODUCTION.contains(&name.value.as_ref()));
    Some(EnvironmentDocument { name, production })
}
