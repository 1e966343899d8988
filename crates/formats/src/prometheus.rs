//! Prometheus's rule files and their unit tests.
//!
//! What looks like a rule file is read the same way wherever it stands: a file of its own, a `PrometheusRule` of the
//! Prometheus operator or one of the resources made after it, or a list of those. Loki, Mimir, Thanos and VictoriaMetrics
//! use the same form with fields and languages of their own, so only what no reader of the form takes is an error.

mod group;
mod labels;
mod language;
mod period;
mod print;
mod rule;
mod series;
mod test_file;

use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::document::{Documents, Language};

use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};
pub use print::print_rule_file;

/// Kinds of Kubernetes resources with `spec.groups`, each with the language of its expressions.
const KINDS: [(&str, Language); 8] = [
    ("PrometheusRule", Language::PromQl),
    // OpenShift's, and Loki's by the API's group.
    ("AlertingRule", Language::PromQl),
    ("RecordingRule", Language::LogQl),
    // Google's managed service for Prometheus.
    ("Rules", Language::PromQl),
    ("ClusterRules", Language::PromQl),
    ("GlobalRules", Language::PromQl),
    ("VMRule", Language::MetricsQl),
    // Thanos's and others' copies.
    ("ThanosRule", Language::PromQl),
];
/// Lists of resources.
const LISTS: [&str; 2] = ["List", "PrometheusRuleList"];

/// Whether a document is a rule file, or a file of unit tests for rules.
pub(crate) fn is_ours(node: &Node) -> bool {
    is_rule_file(node) || test_file::is_test_file(node) || resource(node).is_some() || is_list(node)
}

/// Reads one document. `text` is the whole file's.
pub(crate) fn document(node: &Node, path: &str, text: &str, out: &mut Documents, cx: &mut Cx) {
    let before = cx.diags.len();
    let file = File { path: Arc::from(path), text };
    if is_list(node) {
        items(node).iter().for_each(|item| one_resource(item, &file, out, cx));
    } else if resource(node).is_some() {
        one_resource(node, &file, out, cx);
    } else if test_file::is_test_file(node) {
        out.rule_tests.extend(test_file::test_file(node, &file, cx));
    } else {
        rule_file(node, &file, out, cx);
    }
    out.incomplete |= cx.diags.iter().skip(before).any(Diagnostic::blocks);
}

/// The file that is being read.
struct File<'t> {
    path: Arc<str>,
    text: &'t str,
}

/// `groups` by itself is what many tools call something; a rule file is nothing but a list of groups with rules.
fn is_rule_file(node: &Node) -> bool {
    let foreign = ["apiVersion", "kind"].iter().any(|key| node.get(key).is_some());
    let Some(groups) = node.get("groups").filter(|_| !foreign) else { return false };
    let Value::Map(entries) = &node.value else { return false };
    let alone = entries.iter().all(|(key, _)| matches!(key.value.as_str(), "groups" | "namespace"));
    match &groups.value {
        Value::Seq(groups) => groups.iter().any(is_group) || (alone && groups.iter().all(is_named)),
        Value::Null => alone,
        Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) | Value::Map(_) => false,
    }
}

fn is_group(node: &Node) -> bool {
    let is_rules = |rules: &Node| match &rules.value {
        Value::Null => true,
        Value::Seq(rules) => rules.iter().all(|rule| matches!(rule.value, Value::Map(_))),
        Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) | Value::Map(_) => false,
    };
    node.get("rules").is_some_and(is_rules)
}

fn is_named(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    matches!(entries.as_slice(), [(key, _)] if key.value == "name")
}

/// The language of a resource with `spec.groups`.
fn resource(node: &Node) -> Option<Language> {
    let version = node.get("apiVersion").and_then(Node::as_text)?;
    let kind = node.get("kind").and_then(Node::as_text)?;
    let (_, language) = KINDS.iter().find(|(known, _)| *known == kind)?;
    node.get("spec")?.get("groups")?;
    Some(if version.starts_with("loki.") { Language::LogQl } else { *language })
}

fn is_list(node: &Node) -> bool {
    let kind = node.get("kind").and_then(Node::as_text);
    kind.is_some_and(|kind| LISTS.contains(&kind)) && items(node).iter().any(|item| resource(item).is_some())
}

fn items(node: &Node) -> &[Node] {
    match node.get("items") {
        Some(Node { value: Value::Seq(items), .. }) => items,
        Some(_) | None => &[],
    }
}

fn one_resource(node: &Node, file: &File<'_>, out: &mut Documents, cx: &mut Cx) {
    let Some(language) = resource(node) else {
        cx.blank(node);
        return;
    };
    let Some(mut fields) = Fields::of(node, "a resource", cx) else { return };
    fields.ignored(&["metadata", "status"], cx);
    if let Some(mut spec) = fields.mapping("spec", "`spec`", cx) {
        spec.ignored(&["tenantID", "tenant", "partialResponseStrategy"], cx);
        group::groups(&mut spec, language, file, out, cx);
        spec.finish_foreign(cx);
    }
}

fn rule_file(node: &Node, file: &File<'_>, out: &mut Documents, cx: &mut Cx) {
    let Some(mut fields) = Fields::of(node, "a rule file", cx) else { return };
    fields.node("namespace");
    group::groups(&mut fields, Language::PromQl, file, out, cx);
    fields.finish_foreign(cx);
}
