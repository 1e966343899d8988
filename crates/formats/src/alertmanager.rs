//! Alertmanager's configuration format, up to 0.28 and what later versions added.
//!
//! Accepted and refused as Alertmanager does, with every fault at its place. What Alertmanager has and we do not is
//! kept apart: settings without effect are findings, receiver types and HTTP options are left for resolving to
//! judge. Every value that may be secret is remembered by its place.

mod email;
mod global;
mod http;
mod inhibit;
pub(crate) mod interval;
pub(crate) mod matchers;
pub(crate) mod receiver;
mod route;
pub(crate) mod secret;
mod slack;
mod text;
mod webhook;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::AlertmanagerConfig;

use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};

/// What a configuration has at its top.
const KEYS: [&str; 9] = [
    "event_recorder",
    "global",
    "inhibit_rules",
    "mute_time_intervals",
    "receivers",
    "route",
    "templates",
    "time_intervals",
    "tracing",
];

/// Whether a document is meant as an Alertmanager configuration: it has a part that nothing else has, or no other parts.
pub(crate) fn is_config(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    let only_these = !entries.is_empty() && entries.iter().all(|(key, _)| KEYS.contains(&key.value.as_str()));
    only_these || node.get("route").is_some() || node.get("receivers").is_some()
}

/// Reads a configuration.
pub(crate) fn config(node: &Node, cx: &mut Cx) -> Option<AlertmanagerConfig> {
    let mut fields = Fields::of(node, "an Alertmanager configuration", cx)?;
    let global = global::global(&mut fields, cx);
    let before = cx.diags.len();
    let route = fields.node("route").and_then(|node| route::root(node, cx));
    let rules = fields.list("inhibit_rules", cx);
    let (inhibit_rules, inhibit_spans) = rules.iter().filter_map(|node| inhibit::inhibit_rule(node, cx)).unzip();
    let mut time_intervals = Vec::new();
    for name in ["mute_time_intervals", "time_intervals"] {
        let lists = fields.list(name, cx);
        time_intervals.extend(lists.iter().filter_map(|node| interval::named(node, cx)));
    }
    let routing_faulty = cx.diags.iter().skip(before).any(Diagnostic::blocks);
    let receivers = fields.list("receivers", cx).iter().filter_map(|node| receiver::receiver(node, cx)).collect();
    if let Some(first) = fields.texts("templates", cx).first() {
        let diag = Diagnostic::finding(codes::TEMPLATE_NOT_SUPPORTED, first.span, "template files are not read");
        cx.push(diag.help("the default texts are sent; literal texts in receivers are kept"));
    }
    fields.not_used(&["tracing", "event_recorder"], cx);
    fields.finish(cx);
    let span = first_byte(node);
    Some(AlertmanagerConfig {
        span,
        global,
        route,
        inhibit_rules,
        inhibit_spans,
        routing_faulty,
        time_intervals,
        receivers,
    })
}

fn first_byte(node: &Node) -> evenkeel_diagnostic::Span {
    evenkeel_diagnostic::Span { end: node.span.start, ..node.span }
}
