//! `kind: Heartbeat` and `kind: ExpectedAlert`: the watcher watched.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::Matchers;
use evenkeel_model::{ExpectedAlert, Heartbeat, codes};
use evenkeel_time::Duration;

use super::metadata::Metadata;
use super::probe::web_address;
use crate::alertmanager::matchers::parsed;
use crate::fields::{Cx, Fields};

const INTERVAL: Duration = Duration::minutes(1);
const WITHIN: Duration = Duration::minutes(5);
/// Prometheus says again what fires once a minute; one push may be late or lost.
const WITHIN_MIN: Duration = Duration::minutes(2);

/// Reads a heartbeat's `spec`. Its address is all that is needed to keep it alive, so it is blanked.
pub(super) fn heartbeat(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> Option<Heartbeat> {
    let url = spec.secret("url", cx);
    spec.require("url", cx);
    let url = url.and_then(|url| web_address("url", url, cx));
    let interval = spec.period("interval", cx).unwrap_or(INTERVAL);
    spec.finish(cx);
    Some(Heartbeat { name: head.name.value.clone(), url: url?, interval })
}

/// Reads an expected alert's `spec`.
pub(super) fn expected_alert(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> Option<ExpectedAlert> {
    let lines = spec.texts("matchers", cx);
    if lines.is_empty() {
        spec.missing("matchers", cx);
    }
    let matchers = lines.iter().flat_map(|line| parsed(line.value, line.span, cx).0).collect();
    let place = spec.node("within").map(|node| node.span);
    let within = spec.period("within", cx).unwrap_or(WITHIN);
    if let Some(span) = place.filter(|_| within < WITHIN_MIN) {
        let headline = format!("alerts that keep coming may stay away for {within} without anything being wrong");
        let diag = Diagnostic::finding(codes::SHORT_EXPECTATION, span, headline);
        cx.push(diag.help("Prometheus repeats alerts once a minute: write `2m` or more"));
    }
    spec.finish(cx);
    Some(ExpectedAlert {
        name: head.name.value.clone(),
        matchers: Matchers(matchers),
        within,
        labels: head.labels.clone(),
        annotations: head.annotations.clone(),
    })
}
