//! Files of unit tests for rules, as `promtool test rules` takes them.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, Written};
use evenkeel_model::codes;
use evenkeel_model::document::{
    AlertTest, ExpectedFiring, ExpectedSample, ExpressionTest, InputSeries, Language, RuleTest, RuleTestFile, Text,
};
use evenkeel_time::{Duration, Timestamp};

use super::{File, labels, period, series};
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value, written};

/// What one of these stands in is a unit test.
const TELLING: [&str; 3] = ["input_series", "alert_rule_test", "promql_expr_test"];

/// Whether a document is a file of unit tests.
pub(super) fn is_test_file(node: &Node) -> bool {
    let Some(Value::Seq(tests)) = node.get("tests").map(|tests| &tests.value) else { return false };
    let telling = |test: &Node| TELLING.iter().any(|key| test.get(key).is_some());
    node.get("rule_files").is_some_and(|files| matches!(files.value, Value::Seq(_))) || tests.iter().any(telling)
}

/// Reads a file of unit tests.
pub(super) fn test_file(node: &Node, file: &File<'_>, cx: &mut Cx) -> Option<RuleTestFile> {
    let mut fields = Fields::of(node, "a file of rule tests", cx)?;
    let rule_files = owned(fields.texts("rule_files", cx));
    let evaluation_interval = period::period(&mut fields, "evaluation_interval", Language::PromQl, cx);
    let group_eval_order: Vec<_> = owned(fields.texts("group_eval_order", cx));
    each_once(&group_eval_order, cx);
    let fuzzy_compare = fields.boolean("fuzzy_compare", cx).unwrap_or(false);
    fields.ignored(&["start_timestamp"], cx);
    let nodes = fields.list("tests", cx);
    fields.finish_foreign(cx);
    let tests = nodes.iter().filter_map(|node| test(node, file.text, cx)).collect();
    let path = Arc::clone(&file.path);
    let span = node.span;
    Some(RuleTestFile { file: path, span, rule_files, evaluation_interval, group_eval_order, fuzzy_compare, tests })
}

fn owned(texts: Vec<Spanned<&str>>) -> Vec<Text> {
    texts.into_iter().map(|text| text.map(Box::from)).collect()
}

fn each_once(order: &[Text], cx: &mut Cx) {
    let mut sorted: Vec<&Text> = order.iter().collect();
    sorted.sort_by_key(|name| (&name.value, name.span));
    for pair in sorted.windows(2) {
        if let [first, again] = pair
            && first.value == again.value
        {
            let headline = "`group_eval_order` names a rule group twice";
            let diag = Diagnostic::error(codes::INVALID_RULE_TEST, again.span, headline);
            cx.push(diag.related(first.span, "first here").help("remove one of the two"));
        }
    }
}

fn test(node: &Node, text: &str, cx: &mut Cx) -> Option<RuleTest> {
    let mut fields = Fields::of(node, "a rule test", cx)?;
    let name = fields.text("name", cx).map(|name| name.map(Box::from));
    let interval = period::period(&mut fields, "interval", Language::PromQl, cx);
    let series = fields.list("input_series", cx);
    let alerts = fields.list("alert_rule_test", cx);
    let expressions = fields.list("promql_expr_test", cx);
    let external_labels = labels::texts(&mut fields, "external_labels", cx);
    let external_url = fields.text("external_url", cx).map(|url| url.map(Box::from));
    let start = start(&mut fields, cx);
    fields.ignored(&["metricsql_expr_test", "disable_alertgroup_label"], cx);
    fields.finish_foreign(cx);
    Some(RuleTest {
        span: node.span,
        name,
        interval,
        series: series.iter().filter_map(|node| input_series(node, text, cx)).collect(),
        alerts: alerts.iter().filter_map(|node| alert_test(node, cx)).collect(),
        expressions: expressions.iter().filter_map(|node| expression_test(node, text, cx)).collect(),
        external_labels,
        external_url,
        start,
    })
}

/// Reads when a test begins: RFC 3339, or seconds since 1970.
fn start(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<Timestamp> {
    let text = fields.any_text("start_timestamp", cx)?;
    let seconds = text.value.parse::<f64>().ok().filter(|seconds| seconds.abs() < 1e11);
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    let instant = seconds.map(|seconds| Timestamp((seconds * 1000.0).round() as i64));
    let instant = instant.or_else(|| text.value.parse().ok());
    if instant.is_none() {
        let diag = Diagnostic::error(codes::INVALID_RULE_TEST, text.span, "`start_timestamp` is no instant");
        cx.push(diag.help("write `2024-01-01T00:00:00Z`, or seconds since 1970"));
    }
    instant
}

/// The text of a field with the place of each part; says when it is not there.
fn required(fields: &mut Fields<'_>, name: &'static str, text: &str, cx: &mut Cx) -> Option<Written> {
    let found = fields.text(name, cx);
    if found.is_none() && fields.node(name).is_none_or(|node| node.as_text() == Some("")) {
        let place = Span { end: fields.span.start, ..fields.span };
        cx.push(Diagnostic::error(codes::INVALID_RULE_TEST, place, format!("a rule test lacks `{name}`")));
    }
    found.and(fields.node(name)).and_then(|node| written(node, text))
}

fn input_series(node: &Node, text: &str, cx: &mut Cx) -> Option<InputSeries> {
    let mut fields = Fields::of(node, "an input series", cx)?;
    let series = required(&mut fields, "series", text, cx);
    // Without values it is a series that is never there, which promtool takes.
    let values = fields.any_text("values", cx).and(fields.node("values")).and_then(|node| written(node, text));
    fields.finish_foreign(cx);
    let series = series?;
    let values = values.unwrap_or_else(|| Written::plain("", Span { end: node.span.start, ..node.span }));
    for (written, fault) in [(&series, series::selector(&series.text)), (&values, series::values(&values.text))] {
        if let Err(fault) = fault {
            let place = written.place(fault.place);
            cx.push(Diagnostic::error(codes::INVALID_RULE_TEST, place, fault.headline).help(fault.help));
        }
    }
    Some(InputSeries { series, values })
}

fn alert_test(node: &Node, cx: &mut Cx) -> Option<AlertTest> {
    let mut fields = Fields::of(node, "an alert's test", cx)?;
    let at = eval_time(&mut fields, cx);
    let alert = fields.text("alertname", cx);
    if alert.is_none() && fields.node("alertname").is_none_or(|node| node.as_text().is_some()) {
        let place = Span { end: node.span.start, ..node.span };
        let diag = Diagnostic::error(codes::INVALID_RULE_TEST, place, "an alert's test does not say which alert");
        cx.push(diag.help("write `alertname:` and the alert's name"));
    }
    let expected = fields.list("exp_alerts", cx);
    fields.ignored(&["groupname"], cx);
    fields.finish_foreign(cx);
    let expected = expected.iter().filter_map(|node| firing(node, cx)).collect();
    alert.map(|alert| AlertTest { at, span: node.span, alert: alert.map(Box::from), expected })
}

fn firing(node: &Node, cx: &mut Cx) -> Option<ExpectedFiring> {
    if node.value == Value::Null {
        return Some(ExpectedFiring { labels: Vec::new(), annotations: Vec::new() });
    }
    let mut fields = Fields::of(node, "an expected alert", cx)?;
    let labels = labels::texts(&mut fields, "exp_labels", cx);
    let annotations = labels::texts(&mut fields, "exp_annotations", cx);
    fields.finish_foreign(cx);
    Some(ExpectedFiring { labels, annotations })
}

fn expression_test(node: &Node, text: &str, cx: &mut Cx) -> Option<ExpressionTest> {
    let mut fields = Fields::of(node, "an expression's test", cx)?;
    let expr = required(&mut fields, "expr", text, cx);
    let at = eval_time(&mut fields, cx);
    let samples = fields.list("exp_samples", cx);
    fields.finish_foreign(cx);
    let samples = samples.iter().filter_map(|node| sample(node, cx)).collect();
    expr.map(|expr| ExpressionTest { expr, at, samples })
}

fn sample(node: &Node, cx: &mut Cx) -> Option<ExpectedSample> {
    let mut fields = Fields::of(node, "an expected sample", cx)?;
    let nothing = Spanned::new("", Span { end: node.span.start, ..node.span });
    let labels = fields.any_text("labels", cx).unwrap_or(nothing);
    let value = fields.any_text("value", cx);
    let histogram = fields.any_text("histogram", cx);
    fields.finish_foreign(cx);
    let [value, histogram] = [value, histogram].map(|text| text.map(|text| text.map(Box::from)));
    Some(ExpectedSample { labels: labels.map(Box::from), value, histogram })
}

fn eval_time(fields: &mut Fields<'_>, cx: &mut Cx) -> Duration {
    period::period(fields, "eval_time", Language::PromQl, cx).unwrap_or(Duration::ZERO)
}
