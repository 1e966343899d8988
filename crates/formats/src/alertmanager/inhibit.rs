//! `inhibit_rules`.

use evenkeel_diagnostic::Span;
use evenkeel_model::InhibitRule;

use super::matchers::matchers;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Reads one rule, and where its first matcher is.
pub(super) fn inhibit_rule(node: &Node, cx: &mut Cx) -> Option<(InhibitRule, Span)> {
    let mut fields = Fields::of(node, "an inhibition rule", cx)?;
    let name = fields.text("name", cx).map(|name| name.value.into());
    let (source, source_spans) = matchers(&mut fields, ["source_match", "source_match_re", "source_matchers"], cx);
    let (target, target_spans) = matchers(&mut fields, ["target_match", "target_match_re", "target_matchers"], cx);
    let mut equal: Vec<Box<str>> = fields.texts("equal", cx).iter().map(|label| label.value.into()).collect();
    equal.sort();
    equal.dedup();
    fields.finish(cx);
    let written = target_spans.into_iter().chain(source_spans).min();
    let span = written.unwrap_or(Span { end: node.span.start, ..node.span });
    Some((InhibitRule { name, source, target, equal }, span))
}
