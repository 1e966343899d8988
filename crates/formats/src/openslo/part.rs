//! What objectives refer to: indicators, services, policies of alerts and their conditions, sources.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::{ConditionDocument, Documents, SloPartDocument, Text};

use super::{Reading, indicator, invalid, referred, start, window};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// A part that only has its name.
pub(super) fn bare(kind: &str, name: Text, out: &mut Documents) {
    let (references, queries) = (Vec::new(), Vec::new());
    let kind = kind.into();
    out.slo_parts.push(SloPartDocument { kind, name, references, queries, indicator: None, condition: None });
}

/// Reads a part.
pub(super) fn part(
    kind: &str,
    name: Text,
    spec: &mut Fields<'_>,
    reading: &Reading<'_>,
    out: &mut Documents,
    cx: &mut Cx,
) {
    let (mut references, mut queries) = (Vec::new(), Vec::new());
    let (mut indicator, mut condition) = (None, None);
    spec.node("description");
    match kind {
        "SLI" => (queries, indicator) = indicator::spec(spec, reading, cx),
        "AlertPolicy" => {
            ["alertWhenNoData", "alertWhenResolved", "alertWhenBreaching"].iter().for_each(|name| _ = spec.node(name));
            for node in spec.list("conditions", cx) {
                references.extend(referred(node, "conditionRef", "AlertCondition", reading, out, cx));
            }
            for node in spec.list("notificationTargets", cx) {
                references.extend(referred(node, "targetRef", "AlertNotificationTarget", reading, out, cx));
            }
        }
        "AlertCondition" => condition = self::condition(spec, reading, cx),
        "DataSource" => {
            spec.node("type");
            spec.ignored(&["connectionDetails"], cx);
        }
        "AlertNotificationTarget" => _ = spec.node("target"),
        // A service says nothing more.
        _ => {}
    }
    reading.finish(spec, cx);
    let kind = kind.into();
    out.slo_parts.push(SloPartDocument { kind, name, references, queries, indicator, condition });
}

fn condition(spec: &mut Fields<'_>, reading: &Reading<'_>, cx: &mut Cx) -> Option<ConditionDocument> {
    let severity = spec.text("severity", cx).map(|severity| Box::from(severity.value));
    let place = start(spec.span);
    let Some(mut condition) = spec.mapping("condition", "a condition", cx) else {
        cx.push(invalid(place, "an alert's condition says nothing").help("write `condition:` with a burn rate"));
        return None;
    };
    let kind = condition.text("kind", cx);
    let op = condition.text("op", cx);
    let threshold = condition.node("threshold").and_then(Node::as_text).and_then(|text| text.parse().ok());
    let lookback = window::length(&mut condition, "lookbackWindow", cx);
    let after = condition.text("alertAfter", cx).and_then(|text| window::parsed(text.value));
    reading.finish(&condition, cx);
    let burns = kind.is_none_or(|kind| kind.value.eq_ignore_ascii_case("burnrate"));
    if let Some(op) = op.filter(|op| burns && matches!(op.value, "lte" | "lt")) {
        let headline = "the alert fires while the error budget burns slowly, and is silent when it burns fast";
        let diag = Diagnostic::finding(codes::INVERTED_BURN_RATE, op.span, headline);
        cx.push(diag.help("write `gte`: a burn rate is bad when it is high"));
    }
    let after = after.unwrap_or_default();
    Some(ConditionDocument { threshold: threshold.filter(|_| burns)?, lookback: lookback?, after, severity })
}
