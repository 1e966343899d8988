//! `inhibit_rules`.

use evenkeel_model::InhibitRule;

use super::matchers::matchers;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Reads one rule.
pub(super) fn inhibit_rule(node: &Node, cx: &mut Cx) -> Option<InhibitRule> {
    let mut fields = Fields::of(node, "an inhibition rule", cx)?;
    let name = fields.text("name", cx).map(|name| name.value.into());
    let source = matchers(&mut fields, ["source_match", "source_match_re", "source_matchers"], cx);
    let target = matchers(&mut fields, ["target_match", "target_match_re", "target_matchers"], cx);
    let mut equal: Vec<Box<str>> = fields.texts("equal", cx).iter().map(|label| label.value.into()).collect();
    equal.sort();
    equal.dedup();
    fields.finish(cx);
    Some(InhibitRule { name, source, target, equal })
}
