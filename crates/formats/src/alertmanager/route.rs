//! `route` and its children.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::RouteDocument;
use evenkeel_model::{GroupBy, codes, quoted};

use super::matchers::matchers;
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};

/// Reads the root, which every alert has to enter and none may leave untold.
pub(super) fn root(node: &Node, cx: &mut Cx) -> Option<RouteDocument> {
    let mut fields = Fields::of(node, "the root route", cx)?;
    for name in ["match", "match_re", "matchers", "mute_time_intervals", "active_time_intervals"] {
        if let Some((key, _)) = fields.entry(name).filter(|(_, node)| !is_empty(node)) {
            let headline = format!("the root route cannot have `{name}`, since every alert enters by it");
            cx.push(Diagnostic::error(codes::ROOT_ROUTE, key, headline).help("move it to a child route"));
        }
    }
    if let Some((key, Node { value: Value::Bool(true), .. })) = fields.entry("continue") {
        let headline = "the root route cannot have `continue`, it has no siblings";
        cx.push(Diagnostic::error(codes::ROOT_ROUTE, key, headline).help("remove it"));
    }
    fields.require("receiver", cx);
    let route = route(fields, cx);
    Some(route)
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Seq(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Null | Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) => false,
    }
}

fn route(mut fields: Fields<'_>, cx: &mut Cx) -> RouteDocument {
    let fields = &mut fields;
    let receiver = fields.text("receiver", cx).map(|name| name.map(Arc::from));
    let group_by = group_by(fields, cx);
    let group_wait = fields.duration("group_wait", cx).map(|wait| wait.value);
    let group_interval = fields.period("group_interval", cx);
    let repeat_interval = fields.period("repeat_interval", cx);
    let (matchers, matcher_spans) = matchers(fields, ["match", "match_re", "matchers"], cx);
    let mute_time_intervals = names(fields, "mute_time_intervals", cx);
    let active_time_intervals = names(fields, "active_time_intervals", cx);
    let continue_matching = fields.boolean("continue", cx).unwrap_or(false);
    fields.not_used(&["labels"], cx);
    let children = fields.list("routes", cx);
    let routes = children.iter().filter_map(|node| Some(route(Fields::of(node, "a route", cx)?, cx))).collect();
    fields.finish(cx);
    RouteDocument {
        span: fields.span,
        receiver,
        group_by,
        group_wait,
        group_interval,
        repeat_interval,
        matchers,
        matcher_spans,
        mute_time_intervals,
        active_time_intervals,
        continue_matching,
        routes,
    }
}

fn names(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Spanned<Arc<str>>> {
    fields.texts(name, cx).into_iter().map(|text| text.map(Arc::from)).collect()
}

/// An empty list says nothing: the parent's grouping holds, as in Alertmanager.
fn group_by(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<GroupBy> {
    let labels = fields.texts("group_by", cx);
    if labels.is_empty() {
        return None;
    }
    if let Some(every) = labels.iter().find(|label| label.value == "...") {
        if labels.len() > 1 {
            let headline = "`...` groups by every label, so it stands alone";
            let diag = Diagnostic::error(codes::DUPLICATE_LABEL, every.span, headline);
            cx.push(diag.help("remove the other labels; or remove `...` to group by those alone"));
        }
        return Some(GroupBy::All);
    }
    let mut sorted: Vec<Spanned<&str>> = labels.clone();
    sorted.sort_by_key(|label| (label.value, label.span.start));
    for pair in sorted.windows(2) {
        if let [first, again] = pair
            && first.value == again.value
        {
            let headline = format!("the label {} is in `group_by` twice", quoted(again.value));
            let diag = Diagnostic::error(codes::DUPLICATE_LABEL, again.span, headline);
            cx.push(diag.related(first.span, "first here").help("remove one of the two"));
        }
    }
    for label in labels.iter().filter(|label| label.value.is_empty()) {
        cx.push(Diagnostic::error(codes::INVALID_VALUE, label.span, "a label name cannot be empty"));
    }
    Some(GroupBy::Labels(sorted.iter().map(|label| label.value.into()).collect()))
}
