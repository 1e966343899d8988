//! Entities of Backstage's catalogue.
//!
//! Read as Backstage reads them: further fields, kinds and versions are left alone, and what Backstage refuses is a finding,
//! never an error. What nothing here reads, and what says where people are reached, is blanked.

mod envelope;
mod lenient;
mod reference;
mod spec;
#[cfg(test)]
mod tests;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{Documents, EntityKind};
use evenkeel_model::{codes, quoted};

use crate::fields::Cx;
use crate::yaml::Node;
use lenient::Lenient;

/// Whether a document is an entity of Backstage's.
pub(crate) fn is_ours(node: &Node) -> bool {
    let Some(version) = node.get("apiVersion").and_then(Node::as_text) else { return false };
    let group = version.split_once('/').map_or("", |(group, _)| group);
    group == "backstage.io" || group.ends_with(".backstage.io")
}

/// Reads one entity.
pub(crate) fn entity(node: &Node, out: &mut Documents, cx: &mut Cx) {
    let kind = match kind(node, cx) {
        Some(kind) if !is_skeleton(node) => kind,
        Some(_) | None => {
            cx.blank(node);
            return;
        }
    };
    let Some(mut fields) = Lenient::of(node, kind.word()) else { return };
    fields.skip(&["apiVersion", "kind"]);
    let metadata = fields.mapping("metadata", cx);
    let head = metadata.and_then(|metadata| envelope::metadata(metadata, kind, cx));
    let Some(head) = head else {
        no_name(node.span, kind, cx);
        cx.blank(node);
        return;
    };
    let spec = fields.mapping("spec", cx);
    out.entities.push(spec::entity(head, spec, node.span, cx));
    fields.leave(cx);
}

/// The kind, when it is one that is read. One in the wrong case is taken for what it was meant to be.
fn kind(node: &Node, cx: &mut Cx) -> Option<EntityKind> {
    // Templates and whatever else has a group of its own are other plugins'.
    if !node.get("apiVersion").and_then(Node::as_text)?.starts_with("backstage.io/") {
        return None;
    }
    let written = node.get("kind")?;
    let text = written.as_text()?;
    let kind = EntityKind::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text))?;
    if kind.as_str() != text {
        let headline = format!("no kind of entity is called {}", quoted(text));
        let diag = Diagnostic::finding(codes::INVALID_ENTITY, written.span, headline);
        cx.push(diag.help(format!("did you mean `{}`?", kind.as_str())));
    }
    Some(kind)
}

/// Whether it is no entity yet, but what Backstage's scaffolder makes one from.
fn is_skeleton(node: &Node) -> bool {
    let name = node.get("metadata").and_then(|metadata| metadata.get("name")).and_then(Node::as_text);
    name.is_some_and(|name| name.contains("{{") || name.contains("{%"))
}

fn no_name(span: Span, kind: EntityKind, cx: &mut Cx) {
    let start = Span { end: span.start, ..span };
    let diag = Diagnostic::finding(codes::INVALID_ENTITY, start, format!("the {} has no name", kind.word()));
    cx.push(diag.help("write `metadata.name`; Backstage leaves an entity without one out"));
}
