//! One rule.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, Written};
use evenkeel_model::document::{Language, RuleDocument, Text};
use evenkeel_model::{RuleKind, codes, quoted};
use evenkeel_time::Duration;

use super::{labels, period};
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, written};

/// Fields of a rule that only `vmalert` and Mimir know.
const FIELDS_OF_OTHERS: [&str; 3] = ["debug", "update_entries_limit", "source_tenants"];

/// Reads a rule; `None` when nobody can say what it makes or of what.
pub(super) fn rule(node: &Node, language: Language, text: &str, cx: &mut Cx) -> Option<RuleDocument> {
    let mut fields = Fields::of(node, "a rule", cx)?;
    let made = made(&mut fields, cx);
    let expr = expr(&mut fields, text, made.as_ref(), cx);
    let recording = made.as_ref().is_some_and(|(kind, _)| *kind == RuleKind::Recording);
    let holds_for = period::period(&mut fields, "for", language, cx);
    let keep_firing_for = period::period(&mut fields, "keep_firing_for", language, cx);
    let labels = labels::labels(&mut fields, "labels", cx);
    let annotations = labels::annotations(&mut fields, cx);
    if recording {
        let set = |duration: Option<Duration>| duration.is_some_and(|duration| duration != Duration::ZERO);
        let held = [("for", set(holds_for)), ("keep_firing_for", set(keep_firing_for))];
        held.into_iter().filter(|(_, set)| *set).for_each(|(name, _)| only_alerts(&mut fields, name, cx));
        if !annotations.is_empty() {
            only_alerts(&mut fields, "annotations", cx);
        }
    }
    fields.ignored(&FIELDS_OF_OTHERS, cx);
    fields.finish_foreign(cx);
    let (kind, name) = made?;
    Some(RuleDocument {
        span: node.span,
        language,
        kind,
        name,
        expr: expr?,
        holds_for: holds_for.unwrap_or(Duration::ZERO),
        keep_firing_for: keep_firing_for.unwrap_or(Duration::ZERO),
        labels,
        annotations,
    })
}

/// What the rule makes, and the name of that.
fn made(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<(RuleKind, Text)> {
    let (alert, record) = (fields.entry("alert"), fields.entry("record"));
    let alerts = fields.text("alert", cx).map(|name| name.map(Box::from));
    let records = fields.text("record", cx).map(|name| name.map(Box::from));
    if let (Some((alert, _)), Some((record, _)), true, true) = (alert, record, alerts.is_some(), records.is_some()) {
        let diag = Diagnostic::error(codes::INVALID_RULE, record, "a rule has both `alert` and `record`");
        cx.push(diag.related(alert, "the other one").help("make two rules of it, or remove one of the two"));
    }
    match (alerts, records) {
        (Some(name), _) => Some((RuleKind::Alerting, name)),
        (None, Some(name)) => {
            check_metric(&name, cx);
            Some((RuleKind::Recording, name))
        }
        (None, None) => {
            nameless(fields.span, [alert, record].into_iter().flatten().map(|(_, node)| node), cx);
            None
        }
    }
}

/// A name of a wrong type is reported already.
fn nameless<'n>(rule: Span, mut named: impl Iterator<Item = &'n Node>, cx: &mut Cx) {
    let place = match named.next() {
        Some(node) if node.as_text().is_none() => return,
        Some(node) => node.span,
        None => Span { end: rule.start, ..rule },
    };
    let headline = "a rule says neither which alert it raises nor what it records";
    let diag = Diagnostic::error(codes::INVALID_RULE, place, headline);
    cx.push(diag.help("write `alert:` and the alert's name, or `record:` and the metric's"));
}

fn check_metric(name: &Text, cx: &mut Cx) {
    if name.contains(['{', '}']) {
        let headline = format!("{} is no metric's name: labels do not belong here", quoted(name));
        let diag = Diagnostic::error(codes::INVALID_RULE, name.span, headline);
        cx.push(diag.help("write the name alone, and its labels under `labels`"));
    } else if !labels::is_plain(name, true) {
        labels::non_portable(name, "metric", cx);
    }
}

fn expr(fields: &mut Fields<'_>, text: &str, made: Option<&(RuleKind, Text)>, cx: &mut Cx) -> Option<Written> {
    let found = fields.text("expr", cx);
    let node = fields.node("expr");
    if found.is_some() {
        return node.and_then(|node| written(node, text));
    }
    if node.is_some_and(|node| node.as_text() != Some("")) {
        return None;
    }
    let (place, what) = match made {
        Some((RuleKind::Alerting, name)) => (name.span, format!("the alert {}", quoted(name))),
        Some((RuleKind::Recording, name)) => (name.span, format!("the recording rule {}", quoted(name))),
        None => (Span { end: fields.span.start, ..fields.span }, "a rule".to_owned()),
    };
    let diag = Diagnostic::error(codes::INVALID_RULE, place, format!("{what} has no `expr`"));
    cx.push(diag.help("write the query that it is made of"));
    None
}

/// Reports a field that a recording rule cannot have.
fn only_alerts(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) {
    let Some((key, _)) = fields.entry(name) else { return };
    let key = Spanned::new(name, key);
    let headline = format!("a recording rule cannot have `{}`", key.value);
    let diag = Diagnostic::error(codes::INVALID_RULE, key.span, headline);
    cx.push(diag.help("remove it; only alerts have it, and Prometheus refuses the whole file"));
}
