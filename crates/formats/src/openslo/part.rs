//! What objectives refer to: indicators, services, policies of alerts and their conditions, sources.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::{Documents, SloPartDocument, Text};

use super::{Reading, indicator, invalid, referred, start};
use crate::fields::{Cx, Fields};

/// A part that only has its name.
pub(super) fn bare(kind: &str, name: Text, out: &mut Documents) {
    out.slo_parts.push(SloPartDocument { kind: kind.into(), name, references: Vec::new(), queries: Vec::new() });
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
    spec.node("description");
    match kind {
        "SLI" => queries = indicator::spec(spec, reading, cx),
        "AlertPolicy" => {
            ["alertWhenNoData", "alertWhenResolved", "alertWhenBreaching"].iter().for_each(|name| _ = spec.node(name));
            for node in spec.list("conditions", cx) {
                references.extend(referred(node, "conditionRef", "AlertCondition", reading, out, cx));
            }
            for node in spec.list("notificationTargets", cx) {
                references.extend(referred(node, "targetRef", "AlertNotificationTarget", reading, out, cx));
            }
        }
        "AlertCondition" => condition(spec, reading, cx),
        "DataSource" => {
            spec.node("type");
            spec.ignored(&["connectionDetails"], cx);
        }
        "AlertNotificationTarget" => _ = spec.node("target"),
        // A service says nothing more.
        _ => {}
    }
    reading.finish(spec, cx);
    out.slo_parts.push(SloPartDocument { kind: kind.into(), name, references, queries });
}

fn condition(spec: &mut Fields<'_>, reading: &Reading<'_>, cx: &mut Cx) {
    spec.node("severity");
    let place = start(spec.span);
    let Some(mut condition) = spec.mapping("condition", "a condition", cx) else {
        cx.push(invalid(place, "an alert's condition says nothing").help("write `condition:` with a burn rate"));
        return;
    };
    let kind = condition.text("kind", cx);
    let op = condition.text("op", cx);
    ["threshold", "lookbackWindow", "alertAfter"].iter().for_each(|name| _ = condition.node(name));
    reading.finish(&condition, cx);
    let burns = kind.is_none_or(|kind| kind.value.eq_ignore_ascii_case("burnrate"));
    if let Some(op) = op.filter(|op| burns && matches!(op.value, "lte" | "lt")) {
        let headline = "the alert fires while the error budget burns slowly, and is silent when it burns fast";
        let diag = Diagnostic::finding(codes::INVERTED_BURN_RATE, op.span, headline);
        cx.push(diag.help("write `gte`: a burn rate is bad when it is high"));
    }
}
