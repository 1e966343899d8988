//! Groups of rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::{Documents, Language, RuleGroupDocument, Text};
use evenkeel_model::{codes, quoted};

use super::{File, labels, language, period, rule};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Fields of a group that Loki, Mimir and Thanos know.
const FIELDS_OF_OTHERS: [&str; 8] = [
    "partial_response_strategy",
    "source_tenants",
    "evaluation_delay",
    "align_evaluation_time_on_interval",
    "rwconfigs",
    "remote_write",
    "tenant_federation",
    "folder",
];
/// Fields of a group that only `vmalert` knows.
const FIELDS_OF_VMALERT: [&str; 11] = [
    "type",
    "concurrency",
    "params",
    "headers",
    "notifier_headers",
    "eval_offset",
    "eval_delay",
    "eval_alignment",
    "tenant",
    "debug",
    "checksum",
];

/// Reads `groups` into the list of them.
pub(super) fn groups(fields: &mut Fields<'_>, language: Language, file: &File<'_>, out: &mut Documents, cx: &mut Cx) {
    let mut names: BTreeMap<Box<str>, Span> = BTreeMap::new();
    for node in fields.list("groups", cx) {
        let Some(group) = group(node, language, file, cx) else { continue };
        if let Some(first) = names.get(&group.name.value) {
            let headline = format!("there is a second rule group named {} in the file", quoted(&group.name));
            let diag = Diagnostic::error(codes::DUPLICATE_RULE_GROUP, group.name.span, headline);
            cx.push(diag.related(*first, "first here").help("rename one of the two; Prometheus refuses such a file"));
        } else if !group.name.is_empty() {
            names.insert(group.name.value.clone(), group.name.span);
        }
        out.rule_groups.push(group);
    }
}

fn group(node: &Node, language: Language, file: &File<'_>, cx: &mut Cx) -> Option<RuleGroupDocument> {
    let mut fields = Fields::of(node, "a rule group", cx)?;
    let name = name(&mut fields, cx);
    fields.ignored(&FIELDS_OF_OTHERS, cx);
    let of_vmalert = FIELDS_OF_VMALERT.iter().filter(|field| node.get(field).is_some()).count() > 0;
    fields.ignored(&FIELDS_OF_VMALERT, cx);
    let limit = limit(&mut fields, cx);
    let rules = fields.list("rules", cx);
    let language = language::of_group(rules, if of_vmalert { Language::MetricsQl } else { language });
    let interval = period::period(&mut fields, "interval", language, cx);
    let query_offset = period::period(&mut fields, "query_offset", language, cx);
    let labels = labels::labels(&mut fields, "labels", cx);
    fields.finish_foreign(cx);
    let mut read: Vec<_> = rules.iter().filter_map(|node| rule::rule(node, language, file.text, cx)).collect();
    for rule in &mut read {
        labels::inherit(&mut rule.labels, &labels);
    }
    let file = Arc::clone(&file.path);
    Some(RuleGroupDocument { file, span: node.span, language, name, interval, query_offset, limit, rules: read })
}

/// How many alerts or series one rule may give. As Prometheus has it, less than none is any number.
fn limit(fields: &mut Fields<'_>, cx: &mut Cx) -> u64 {
    match fields.node("limit") {
        Some(node) if node.as_text().is_some_and(|text| text.starts_with('-')) => 0,
        Some(_) => fields.whole("limit", u64::MAX, cx).unwrap_or(0),
        None => 0,
    }
}

/// The name; a group without one is refused by all who read groups.
fn name(fields: &mut Fields<'_>, cx: &mut Cx) -> Text {
    let name = fields.text("name", cx);
    fields.require("name", cx);
    let nameless = Spanned::new("", Span { end: fields.span.start, ..fields.span });
    name.unwrap_or(nameless).map(Box::from)
}
