//! What is measured: the queries of an indicator.

use evenkeel_diagnostic::Written;
use evenkeel_model::document::IndicatorDocument;

use super::{Reading, invalid, start};
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value, written};

/// Keys of a metric source whose values are queries.
const QUERIES: [&str; 4] = ["query", "promql", "expr", "queryString"];
/// Sources that are asked in PromQL.
const PROMQL: [&str; 6] = ["prometheus", "thanos", "mimir", "cortex", "victoria", "promql"];
/// Deeper than this no source keeps its query.
const DEPTH_MAX: usize = 6;

/// Reads an indicator's `spec`, and gives its queries.
pub(super) fn spec(
    spec: &mut Fields<'_>,
    reading: &Reading<'_>,
    cx: &mut Cx,
) -> (Vec<Written>, Option<IndicatorDocument>) {
    let threshold = spec.node("thresholdMetric");
    let ratio = spec.node("ratioMetric");
    spec.node("description");
    let place = start(spec.span);
    match (threshold, ratio) {
        (None, None) => {
            let diag = invalid(place, "an indicator measures nothing");
            cx.push(diag.help("write a `thresholdMetric` or a `ratioMetric`"));
        }
        (Some(_), Some(ratio)) => {
            let headline = "an indicator has both `thresholdMetric` and `ratioMetric`";
            cx.push(invalid(start(ratio.span), headline).help("make two indicators of it"));
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
    if let Some(mut fields) = ratio.and_then(|node| Fields::of(node, "a ratio", cx)) {
        self::ratio(&mut fields, reading, cx);
    }
    let mut found = Vec::new();
    for node in [threshold, ratio].into_iter().flatten() {
        queries(node, reading.text, true, 0, &mut found);
    }
    let measured = match (threshold, ratio) {
        (Some(threshold), None) => query(threshold, reading).map(|query| IndicatorDocument::Threshold { query }),
        (None, Some(ratio)) => measured(ratio, reading),
        (Some(_), Some(_)) | (None, None) => None,
    };
    (found, measured)
}

/// What a ratio is of, as far as it is asked in PromQL.
fn measured(ratio: &Node, reading: &Reading<'_>) -> Option<IndicatorDocument> {
    let of = |name: &str| ratio.get(name).and_then(|node| query(node, reading));
    if let Some(query) = of("raw") {
        let failures = ratio.get("rawType").and_then(Node::as_text) == Some("failure");
        return Some(IndicatorDocument::Ratio { query, good: !failures });
    }
    let (good, bad, total) = (of("good"), of("bad"), of("total")?);
    let is_good = good.is_some();
    Some(IndicatorDocument::Events { part: good.or(bad)?, good: is_good, total })
}

fn query(node: &Node, reading: &Reading<'_>) -> Option<Written> {
    let mut found = Vec::new();
    queries(node, reading.text, true, 0, &mut found);
    found.into_iter().next()
}

fn ratio(fields: &mut Fields<'_>, reading: &Reading<'_>, cx: &mut Cx) {
    let [good, bad, total, raw] = ["good", "bad", "total", "raw"].map(|name| fields.node(name).is_some());
    fields.node("counter");
    fields.node("rawType");
    reading.finish(fields, cx);
    let place = start(fields.span);
    if !raw && !(total && (good || bad)) {
        let diag = invalid(place, "a ratio needs `total` and one of `good` and `bad`, or `raw`");
        cx.push(diag.help("say which events count, and which of them are good"));
    } else if good && bad {
        let diag = invalid(place, "a ratio has both `good` and `bad`");
        cx.push(diag.help("remove one of the two; the other follows from `total`"));
    }
}

/// Collects what is asked in PromQL.
pub(super) fn queries(node: &Node, text: &str, asked: bool, depth: usize, found: &mut Vec<Written>) {
    if depth > DEPTH_MAX {
        return;
    }
    match &node.value {
        Value::Map(entries) => {
            let kind = ["type", "queryType"].iter().find_map(|key| node.get(key).and_then(Node::as_text));
            let kind = kind.map(str::to_ascii_lowercase);
            let asked = kind.map_or(asked, |kind| PROMQL.iter().any(|known| kind.contains(known)));
            for (key, value) in entries {
                if asked && QUERIES.contains(&key.value.as_str()) && matches!(value.value, Value::String(_)) {
                    found.extend(written(value, text));
                } else {
                    queries(value, text, asked, depth + 1, found);
                }
            }
        }
        Value::Seq(items) => items.iter().for_each(|item| queries(item, text, asked, depth + 1, found)),
        Value::Null | Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) => {}
    }
}
